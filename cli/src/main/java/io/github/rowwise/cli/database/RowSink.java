package io.github.rowwise.cli.database;

import org.jspecify.annotations.Nullable;

/** Receives the rows of a table: the values of a row in the order of the columns, then {@link #endRow}. */
public interface RowSink {

    /**
     * Adds a text.
     *
     * @param value the text, or {@code null} for an empty cell
     */
    void text(@Nullable String value);

    /**
     * Adds an integer.
     *
     * @param value the number
     */
    void whole(int value);

    /**
     * Adds a number.
     *
     * @param value the number, or NaN for an empty cell
     */
    void number(double value);

    /** Ends the row. */
    void endRow();
}
