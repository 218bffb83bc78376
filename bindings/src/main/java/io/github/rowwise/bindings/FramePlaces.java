package io.github.rowwise.bindings;

import io.github.rowwise.internal.text.Quoted;

/**
 * Names rows of a data frame in messages.
 *
 * @param units the units of the rows
 * @param periods the periods of the rows
 * @param firstRow the number of the first row
 */
record FramePlaces(Codes units, Codes periods, int firstRow) {

    static final String TABLE = "data frame";

    /** Returns the beginning of a message about a column. */
    String of(String column) {
        return TABLE + ", column " + Quoted.value(column) + ": ";
    }

    /** Returns the beginning of a message about one or two rows. */
    String of(String column, int... rows) {
        return rows(rows) + ", column " + Quoted.value(column) + ": ";
    }

    /** Returns the place of one or two rows. */
    String rows(int... rows) {
        return TABLE
                + (rows.length == 1 ? ", row " : ", rows ")
                + (rows[0] + firstRow)
                + (rows.length == 1 ? "" : " and " + (rows[1] + firstRow));
    }
}
