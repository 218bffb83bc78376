package io.github.rowwise.cli.input.panel;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.DatabaseException;
import io.github.rowwise.cli.input.ColumnNames;
import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.input.TableSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the file as a DuckDB view {@code observation}: unit, time, treatment, row (its number in the file), text (of
 * the outcome), outcome (a number or empty) and status (what the outcome's text was). No row is kept: each question reads
 * the file again, which takes less than to keep its texts.
 *
 * <p>Its values that differ are kept in a table {@code census} of value, first (row), last (row) and size (rows): of the
 * units, the times, and the treatments by status. The other two are empty, so that {@code what} distinguishes them.
 */
final class ObservationView {

    static final int NUMBER = 0;
    static final int EMPTY = 1;
    static final int NA = 2;
    static final int NAN = 3;
    static final int NULL_TEXT = 4;
    static final int TEXT = 5;
    static final int INFINITE = 6;

    /** Types whose values differ where their texts do, so that only the text of different values is needed. */
    private static final Set<String> EXACT =
            Set.of("VARCHAR", "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "DATE", "TIMESTAMP");

    private final Database database;
    private final PanelSource source;
    private final TableSource table;
    private final ColumnNames columns;
    private final @Nullable WhereClause where;

    ObservationView(Database database, PanelSource source, TableSource table) {
        this.database = database;
        this.source = source;
        this.table = table;
        this.columns = ColumnNames.find(source, table.columns());
        this.where = source.where() == null ? null : new WhereClause(source, table);
        create();
    }

    private void create() {
        String raw = TableSource.name(columns.outcome());
        String text = "CAST(" + raw + " AS VARCHAR)";
        String number = "isfinite(number)"
                + (table.type(columns.outcome()).equals("VARCHAR") ? " AND NOT contains(" + raw + ", '_')" : "");
        String rows = rows();
        reading(() -> {
            database.execute("CREATE VIEW observation AS SELECT unit, time, treatment, row, " + text + " AS text,"
                    + " CASE WHEN " + number + " THEN number END AS outcome,"
                    + " (CASE WHEN " + number + " THEN " + NUMBER
                    + " WHEN " + raw + " IS NULL OR trim(" + text + ") = '' THEN " + EMPTY
                    + " WHEN lower(trim(" + text + ")) = 'na' THEN " + NA
                    + " WHEN isnan(number) THEN " + NAN
                    + " WHEN lower(trim(" + text + ")) = 'null' THEN " + NULL_TEXT
                    + " WHEN isinf(number) THEN " + INFINITE
                    + " ELSE " + TEXT + " END)::UTINYINT AS status FROM (SELECT "
                    + value(columns.unit()) + " AS unit, "
                    + value(columns.time()) + " AS time, "
                    + value(columns.treatment()) + " AS treatment, "
                    + TableSource.ROW + " AS row, " + raw + ", "
                    + "TRY_CAST(" + raw + " AS DOUBLE) AS number FROM " + rows + ")");
            String census = "CREATE TABLE census AS SELECT unit, time, treatment, status, min(row) AS first,"
                    + " max(row) AS last, count(*) AS size, CASE grouping(unit, time, treatment) WHEN 3 THEN 'unit'"
                    + " WHEN 5 THEN 'time' ELSE 'treatment' END AS what FROM observation"
                    + " GROUP BY GROUPING SETS ((unit), (time), (treatment, status))";
            if (table.countsRows()) {
                database.executeOnOneThread(census);
            } else {
                database.execute(census);
            }
        });
    }

    private String value(int column) {
        String name = TableSource.name(column);
        return EXACT.contains(table.type(column)) ? name : "CAST(" + name + " AS VARCHAR)";
    }

    /** A statement's FROM: the rows that are used. */
    private String rows() {
        Set<Integer> used = Set.of(columns.unit(), columns.time(), columns.outcome(), columns.treatment());
        if (where == null) {
            return table.from(used);
        }
        String rows;
        try {
            rows = where.from(used, database);
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

    /** Does what reads the file, and says what is wrong with it where DuckDB cannot. */
    void reading(Runnable task) {
        try {
            task.run();
        } catch (DatabaseException e) {
            if (e.isDiskFull()) {
                throw TableSource.noSpace(source.name(), e);
            }
            throw where != null && e.getMessage() != null && e.getMessage().startsWith("Conversion Error")
                    ? where.explain(e)
                    : table.explain(e);
        }
    }

    /** How many rows meet a condition on one of unit, time and treatment (with status). */
    long count(String what, String condition) {
        long[] count = new long[1];
        database.query(
                "SELECT coalesce(sum(size), 0)::BIGINT FROM census WHERE what = '" + what + "' AND (" + condition + ")",
                row -> count[0] = row.getLong(1));
        return count[0];
    }

    /** How many rows have this status. */
    long count(int status) {
        return count("treatment", "status = " + status);
    }

    /** How many rows there are. */
    long count() {
        return count("treatment", "true");
    }

    /** How many rows do not meet the user's condition. */
    long rowsExcluded() {
        return where == null ? 0 : where.rows() - count();
    }

    /** The numbers of rows that meet a condition, first ones first. */
    List<Long> find(String condition, int most) {
        List<Long> found = new ArrayList<>();
        database.query(
                "SELECT row FROM observation WHERE " + condition + " ORDER BY row LIMIT " + most,
                row -> found.add(row.getLong(1)));
        return found;
    }

    /** The outcomes of rows, as the file has them. */
    List<String> outcomeTexts(List<Long> rows) {
        List<String> texts = new ArrayList<>();
        String wanted = rows.stream().map(String::valueOf).collect(Collectors.joining(", "));
        database.query(
                "SELECT text FROM observation WHERE row IN (" + wanted + ") ORDER BY row",
                row -> texts.add(String.valueOf(row.getString(1))));
        return texts;
    }

    /** File and lines of rows, such as {@code sales.csv, lines 3 and 9}. */
    String place(List<Long> rows) {
        return source.name() + ", " + table.place(rows);
    }
}
