package io.github.rowwise.cli.input;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.DatabaseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the file as a DuckDB table {@code observation}: unit, time, treatment (texts), outcome (a number or empty)
 * and status (what the outcome's text was). Its rowid counts the rows in the file's order.
 */
final class Observations {

    static final int NUMBER = 0;
    static final int EMPTY = 1;
    static final int NA = 2;
    static final int NAN = 3;
    static final int NULL_TEXT = 4;
    static final int TEXT = 5;
    static final int INFINITE = 6;

    /** Texts that mean that a value is missing. */
    static final String MISSING_TEXTS = "('', 'na', 'nan', 'null')";

    private final Database database;
    private final PanelSource source;
    private final TableSource table;
    private final Columns columns;
    private final @Nullable WhereClause where;

    Observations(Database database, PanelSource source, TableSource table) {
        this.database = database;
        this.source = source;
        this.table = table;
        this.columns = Columns.find(source, table.columns());
        this.where = source.where() == null ? null : new WhereClause(source, table);
        create();
    }

    private void create() {
        String number = "isfinite(number) AND NOT contains(text, '_')";
        String raw = TableSource.name(columns.outcome());
        String rows = rows(false);
        try {
            database.execute("CREATE TABLE observation AS SELECT unit, time, treatment,"
                    + " CASE WHEN " + number + " THEN number END AS outcome,"
                    + " (CASE WHEN " + number + " THEN " + NUMBER
                    + " WHEN text IS NULL OR trim(text) = '' THEN " + EMPTY
                    + " WHEN lower(trim(text)) = 'na' THEN " + NA
                    + " WHEN isnan(number) THEN " + NAN
                    + " WHEN lower(trim(text)) = 'null' THEN " + NULL_TEXT
                    + " WHEN isinf(number) THEN " + INFINITE
                    + " ELSE " + TEXT + " END)::UTINYINT AS status FROM (SELECT "
                    + text(columns.unit()) + " AS unit, "
                    + text(columns.time()) + " AS time, "
                    + text(columns.treatment()) + " AS treatment, "
                    + text(columns.outcome()) + " AS text, "
                    + "TRY_CAST(" + raw + " AS DOUBLE) AS number FROM " + rows + ")");
        } catch (DatabaseException e) {
            throw where != null && e.getMessage() != null && e.getMessage().startsWith("Conversion Error")
                    ? where.explain(e)
                    : table.explain(e);
        }
    }

    private static String text(int column) {
        return "CAST(" + TableSource.name(column) + " AS VARCHAR)";
    }

    /** A statement's FROM: the rows that are used. */
    private String rows(boolean numbered) {
        Set<Integer> used = Set.of(columns.unit(), columns.time(), columns.outcome(), columns.treatment());
        if (where == null) {
            return table.from(used);
        }
        String rows;
        try {
            rows = where.from(used, database, numbered);
        } catch (DatabaseException e) {
            throw table.explain(e);
        }
        try {
            database.execute("EXPLAIN SELECT * FROM " + rows);
        } catch (DatabaseException e) {
            throw where.explain(e);
        }
        return rows;
    }

    /** How many rows have this status, or all where it is negative. */
    long count(int status) {
        long[] count = new long[1];
        database.query(
                "SELECT count(*) FROM observation" + (status < 0 ? "" : " WHERE status = " + status),
                row -> count[0] = row.getLong(1));
        return count[0];
    }

    /** The rows that meet a condition, first ones first. */
    List<Long> find(String condition, int most) {
        List<Long> found = new ArrayList<>();
        database.query(
                "SELECT rowid FROM observation WHERE " + condition + " ORDER BY rowid LIMIT " + most,
                row -> found.add(row.getLong(1)));
        return found;
    }

    /** The value of a column in a row of the table, as the file has it. */
    String outcomeText(long rowid) {
        String[] text = {""};
        database.query(
                "SELECT text FROM (SELECT " + text(columns.outcome()) + " AS text, row_number() OVER () - 1 AS k FROM "
                        + rows(false) + ") WHERE k = " + rowid,
                row -> text[0] = String.valueOf(row.getString(1)));
        return text[0];
    }

    /** File and lines of rows, such as {@code sales.csv, lines 3 and 9}. */
    String place(List<Long> rowids) {
        List<Long> inFile = rowids;
        if (where != null) {
            List<Long> found = new ArrayList<>();
            String wanted = rowids.toString();
            database.query(
                    "SELECT n FROM (SELECT \"row of the file\" AS n, row_number() OVER () - 1 AS k FROM " + rows(true)
                            + ") WHERE k IN (" + wanted.substring(1, wanted.length() - 1) + ") ORDER BY n",
                    row -> found.add(row.getLong(1)));
            inFile = found;
        }
        return source.name() + ", " + table.place(inFile);
    }
}
