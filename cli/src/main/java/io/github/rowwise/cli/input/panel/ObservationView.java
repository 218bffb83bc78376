package io.github.rowwise.cli.input.panel;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.DatabaseException;
import io.github.rowwise.cli.database.RowVisitor;
import io.github.rowwise.cli.database.Sql;
import io.github.rowwise.cli.input.ColumnNames;
import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.input.TableSource;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.tables.MissingCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the input as DuckDB relations.
 *
 * <p>The view {@code observation} has one row per row of the input. It is not stored: each query reads the input again, which
 * is cheaper than storing its texts.
 *
 * <table>
 * <caption>Columns of {@code observation}</caption>
 * <tr><td>{@code unit}, {@code time}, {@code treatment}</td><td>values as in the input</td></tr>
 * <tr><td>{@code row}</td><td>number of the row in the input, from 0</td></tr>
 * <tr><td>{@code text}</td><td>outcome as in the input</td></tr>
 * <tr><td>{@code outcome}</td><td>outcome as a number, or empty</td></tr>
 * <tr><td>{@code status}</td><td>code of {@link OutcomeStatus}</td></tr>
 * <tr><td>{@code covariate_0}, ...</td><td>covariates as numbers, empty where missing</td></tr>
 * <tr><td>{@code unit_text_0}, {@code unit_number_0}, ...</td><td>the further columns with one value per unit, as texts and as
 * numbers; empty where the value is missing or no number</td></tr>
 * </table>
 *
 * <p>The table {@code distinct_value} has one row per distinct unit, per distinct time, and per distinct combination of
 * treatment and status. The other columns of these three are empty.
 *
 * <table>
 * <caption>Columns of {@code distinct_value}</caption>
 * <tr><td>{@code what}</td><td>{@code unit}, {@code time} or {@code treatment}</td></tr>
 * <tr><td>{@code unit}, {@code time}, {@code treatment}, {@code status}</td><td>the value</td></tr>
 * <tr><td>{@code first}, {@code last}</td><td>first and last row with the value</td></tr>
 * <tr><td>{@code size}</td><td>number of rows with the value</td></tr>
 * </table>
 */
final class ObservationView {

    /** Types whose values are equal if and only if their texts are, so that only distinct values need a text. */
    private static final Set<String> EXACT =
            Set.of("VARCHAR", "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "DATE", "TIMESTAMP");

    private static final int MAX_OTHERS = 100;

    private final Database database;
    private final PanelSource source;
    private final TableSource table;
    private final ColumnNames columns;
    private final List<Integer> covariates;
    private final List<Integer> unitColumns;
    private final @Nullable WhereClause where;

    ObservationView(Database database, PanelSource source, TableSource table) {
        this.database = database;
        this.source = source;
        this.table = table;
        this.columns = ColumnNames.find(source, table.columns());
        this.covariates = source.covariates().stream()
                .map(column -> ColumnNames.find(source.name(), table.columns(), "--covariates", column))
                .toList();
        this.unitColumns = source.unitColumns().stream()
                .map(column -> ColumnNames.find(source.name(), table.columns(), column.option(), column.name()))
                .toList();
        this.where = source.where() == null ? null : new WhereClause("--where", source.where(), null, table);
        create();
    }

    private void create() {
        String raw = TableSource.name(columns.outcome());
        String text = "CAST(" + raw + " AS VARCHAR)";
        String number = "NOT is_code AND abs(number) <= " + OutcomeStorage.LARGEST_OUTCOME
                + (table.type(columns.outcome()).equals("VARCHAR") ? " AND NOT contains(" + raw + ", '_')" : "");
        String rows = rows();
        explainingErrors(() -> {
            database.execute("CREATE VIEW observation AS SELECT unit, time, treatment, row" + covariateNames()
                    + unitColumnNames() + ", "
                    + text
                    + " AS text,"
                    + " CASE WHEN " + number + " AND NOT lacks_covariate THEN number END AS outcome,"
                    + " (CASE WHEN " + number + " THEN CASE WHEN has_covariate_text THEN "
                    + OutcomeStatus.COVARIATE_TEXT
                    + " WHEN lacks_covariate THEN " + OutcomeStatus.COVARIATE_MISSING
                    + " ELSE " + OutcomeStatus.NUMBER + " END"
                    + " WHEN " + raw + " IS NULL OR trim(" + text + ") = '' THEN " + OutcomeStatus.EMPTY
                    + " WHEN lower(trim(" + text + ")) = 'na' THEN " + OutcomeStatus.NA
                    + " WHEN is_code OR lower(trim(" + text + ")) IN " + OutcomeStatus.MISSING_TEXTS
                    + " AND lower(trim(" + text + ")) NOT IN ('nan', 'null') THEN " + OutcomeStatus.CODE
                    + " WHEN isnan(number) THEN " + OutcomeStatus.NAN
                    + " WHEN lower(trim(" + text + ")) = 'null' THEN " + OutcomeStatus.NULL_TEXT
                    + " WHEN abs(number) > " + OutcomeStorage.LARGEST_OUTCOME + " THEN " + OutcomeStatus.INFINITE
                    + " ELSE " + OutcomeStatus.TEXT + " END)::UTINYINT AS status FROM (SELECT "
                    + value(columns.unit()) + " AS unit, "
                    + value(columns.time()) + " AS time, "
                    + "CASE WHEN NOT " + isCode(columns.treatment()) + " THEN " + value(columns.treatment())
                    + " END AS treatment, " + isCode(columns.outcome()) + " AS is_code, "
                    + TableSource.ROW + " AS row" + covariateValues() + unitColumnValues() + ", " + raw + ", "
                    + number(columns.outcome()) + " AS number FROM " + rows + ")");
            String distinctValues =
                    "CREATE TABLE distinct_value AS SELECT unit, time, treatment, status, min(row) AS first,"
                            + " max(row) AS last, count(*) AS size, CASE grouping(unit, time, treatment) WHEN 3 THEN 'unit'"
                            + " WHEN 5 THEN 'time' ELSE 'treatment' END AS what FROM observation"
                            + " GROUP BY GROUPING SETS ((unit), (time), (treatment, status))";
            if (table.countsRows()) {
                database.executeOnOneThread(distinctValues);
            } else {
                database.execute(distinctValues);
            }
        });
    }

    /** Returns the name of a covariate. */
    static String covariate(int index) {
        return "covariate_" + index;
    }

    private String covariateNames() {
        return IntStream.range(0, covariates.size())
                .mapToObj(k -> ", " + covariate(k))
                .collect(Collectors.joining());
    }

    /** Returns the covariates as numbers, empty where missing, and whether one of them is missing or no number. */
    private String covariateValues() {
        List<String> lacking = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        StringBuilder values = new StringBuilder();
        for (int k = 0; k < covariates.size(); k++) {
            int column = covariates.get(k);
            String number = "(CASE WHEN " + isNumber(column) + " THEN " + number(column) + " END)";
            values.append(", ").append(number).append(" AS ").append(covariate(k));
            lacking.add(number + " IS NULL");
            texts.add(isText(column));
        }
        return values + ", " + anyOf(lacking) + " AS lacks_covariate, " + anyOf(texts) + " AS has_covariate_text";
    }

    private static String anyOf(List<String> conditions) {
        return conditions.isEmpty() ? "false" : "(" + String.join(" OR ", conditions) + ")";
    }

    private String isNumber(int column) {
        String name = TableSource.name(column);
        return "coalesce(abs(" + number(column) + ") <= " + OutcomeStorage.LARGEST_OUTCOME + " AND NOT "
                + isCode(column) + (table.type(column).equals("VARCHAR") ? " AND NOT contains(" + name + ", '_')" : "")
                + ", false)";
    }

    /** Returns the condition that a value is neither a number nor missing. */
    private String isText(int column) {
        String text = "trim(CAST(" + TableSource.name(column) + " AS VARCHAR))";
        return "(NOT " + isNumber(column) + " AND NOT " + isCode(column) + " AND coalesce(lower(" + text + ") NOT IN "
                + OutcomeStatus.MISSING_TEXTS + " AND " + text + " <> '', false))";
    }

    /** Returns the covariate of a row that is neither a number nor missing: its column and its text. */
    List<String> covariateText(long row) {
        List<String> found = new ArrayList<>();
        for (int k = 0; k < covariates.size(); k++) {
            int column = covariates.get(k);
            String name = source.covariates().get(k);
            explainingErrors(() -> database.query(
                    "SELECT CAST(" + TableSource.name(column) + " AS VARCHAR) FROM " + rows() + " WHERE "
                            + TableSource.ROW + " = " + row + " AND " + isText(column),
                    of -> {
                        if (found.isEmpty()) {
                            found.add(name);
                            found.add(String.valueOf(of.getString(1)));
                        }
                    }));
        }
        return found;
    }

    /** Returns the name of a column with one value per unit, as text. */
    static String unitText(int index) {
        return "unit_text_" + index;
    }

    /** Returns the name of a column with one value per unit, as number. */
    static String unitNumber(int index) {
        return "unit_number_" + index;
    }

    private String unitColumnNames() {
        return IntStream.range(0, unitColumns.size())
                .mapToObj(k -> ", " + unitText(k) + ", " + unitNumber(k))
                .collect(Collectors.joining());
    }

    private String unitColumnValues() {
        return IntStream.range(0, unitColumns.size())
                .mapToObj(k -> {
                    int column = unitColumns.get(k);
                    String text = "CAST(" + value(column) + " AS VARCHAR)";
                    String given =
                            "CASE WHEN lower(trim(" + text + ")) NOT IN " + OutcomeStatus.MISSING_TEXTS + " THEN ";
                    // A number is finite, and an underscore between digits is DuckDB's own writing.
                    String number = "CASE WHEN isfinite(" + number(column) + ") AND NOT contains(" + text
                            + ", '_') THEN " + number(column) + " END";
                    return ", " + given + text + " END AS " + unitText(k) + ", " + given + number + " END AS "
                            + unitNumber(k);
                })
                .collect(Collectors.joining());
    }

    /** Returns the condition that a value is one of the codes that the user named for missing ones. */
    private String isCode(int column) {
        MissingCodes codes = source.rules().missing();
        List<String> conditions = new ArrayList<>();
        if (!codes.texts().isEmpty()) {
            conditions.add("lower(trim(CAST(" + TableSource.name(column) + " AS VARCHAR))) IN "
                    + codes.texts().stream().map(Sql::text).collect(Collectors.joining(", ", "(", ")")));
        }
        if (!codes.numbers().isEmpty()) {
            conditions.add(number(column) + " IN "
                    + codes.numbers().stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")")));
        }
        return conditions.isEmpty() ? "false" : "coalesce(" + String.join(" OR ", conditions) + ", false)";
    }

    /** Returns a value as a number; with a decimal comma, a point is no part of one, as it may separate thousands. */
    private String number(int column) {
        String name = TableSource.name(column);
        return hasComma(column)
                ? "CASE WHEN NOT contains(" + name + ", '.') THEN TRY_CAST(replace(" + name
                        + ", ',', '.') AS DOUBLE) END"
                : "TRY_CAST(" + name + " AS DOUBLE)";
    }

    private boolean hasComma(int column) {
        return source.rules().decimalComma() && table.type(column).equals("VARCHAR");
    }

    private String value(int column) {
        String name = TableSource.name(column);
        if (hasComma(column) && column != columns.unit()) {
            return "CASE WHEN regexp_full_match(" + name + ", '\\s*[+-]?[0-9]*,[0-9]+\\s*') THEN replace(" + name
                    + ", ',', '.') ELSE " + name + " END";
        }
        return EXACT.contains(table.type(column)) ? name : "CAST(" + name + " AS VARCHAR)";
    }

    /** Returns the selected rows, for the FROM clause of a statement. */
    private String rows() {
        Set<Integer> used = new TreeSet<>(unitColumns);
        used.addAll(covariates);
        used.addAll(Set.of(columns.unit(), columns.time(), columns.outcome(), columns.treatment()));
        if (where == null) {
            return table.from(used);
        }
        return rows(where, used);
    }

    private String rows(WhereClause clause, Set<Integer> used) {
        String rows;
        try {
            rows = clause.from(used, database);
        } catch (DatabaseException e) {
            throw table.explain(e);
        }
        try {
            database.execute("EXPLAIN SELECT * FROM " + rows);
        } catch (DatabaseException e) {
            throw clause.explain(e);
        }
        return rows;
    }

    /**
     * Visits the selected rows that meet a further condition, each as the indexes of its unit and its period, which have to be
     * known.
     *
     * @param option the option that has the condition, for messages
     */
    void forEachCell(String option, String condition, RowVisitor visitor) {
        WhereClause clause = new WhereClause(option, condition, where, table);
        String rows = "(SELECT " + value(columns.unit()) + " AS unit, " + value(columns.time()) + " AS time FROM "
                + rows(clause, Set.of(columns.unit(), columns.time())) + ")";
        explainingErrors(
                clause,
                () -> database.query(
                        "SELECT u.code, t.code FROM " + rows + " o JOIN unit_code u ON o.unit = u.value"
                                + " JOIN period_code t ON o.time = t.value",
                        visitor));
    }

    /** Runs a task that reads the input, and replaces DuckDB's errors by messages for the user. */
    void explainingErrors(Runnable task) {
        explainingErrors(where, task);
    }

    private void explainingErrors(@Nullable WhereClause clause, Runnable task) {
        try {
            task.run();
        } catch (DatabaseException e) {
            if (e.isDiskFull()) {
                throw TableSource.noSpace(source.name(), e);
            }
            throw clause != null && e.getMessage() != null && e.getMessage().startsWith("Conversion Error")
                    ? clause.explain(e)
                    : table.explain(e);
        }
    }

    /** Counts the rows that meet a condition on the unit, on the time, or on the treatment and status. */
    long count(String what, String condition) {
        long[] count = new long[1];
        database.query(
                "SELECT coalesce(sum(size), 0)::BIGINT FROM distinct_value WHERE what = '" + what + "' AND ("
                        + condition + ")",
                row -> count[0] = row.getLong(1));
        return count[0];
    }

    /** Counts the rows with a status of {@link OutcomeStatus}. */
    long count(int status) {
        return count("treatment", "status = " + status);
    }

    /** Counts the selected rows. */
    long count() {
        return count("treatment", "true");
    }

    /** Counts the rows that the user's condition excludes. */
    long excludedRows() {
        return where == null ? 0 : where.rows() - count();
    }

    /** Returns the numbers of the first rows that meet a condition. */
    List<Long> find(String condition, int limit) {
        List<Long> found = new ArrayList<>();
        database.query(
                "SELECT row FROM observation WHERE " + condition + " ORDER BY row LIMIT " + limit,
                row -> found.add(row.getLong(1)));
        return found;
    }

    /** Returns the outcomes of rows, as texts of the input. */
    List<String> outcomeTexts(List<Long> rows) {
        List<String> texts = new ArrayList<>();
        String wanted = rows.stream().map(String::valueOf).collect(Collectors.joining(", "));
        database.query(
                "SELECT text FROM observation WHERE row IN (" + wanted + ") ORDER BY row",
                row -> texts.add(String.valueOf(row.getString(1))));
        return texts;
    }

    /**
     * Returns the other columns whose values differ between all rows of a unit and period, for every unit and period that has
     * several rows. The unit may be meant to be one for each of their values.
     */
    List<String> columnsThatTellApart() {
        Set<Integer> used = Set.of(columns.unit(), columns.time(), columns.outcome(), columns.treatment());
        List<Integer> others = IntStream.range(0, table.columns().size())
                .filter(column -> !used.contains(column))
                .limit(MAX_OTHERS)
                .boxed()
                .toList();
        if (others.isEmpty()) {
            return List.of();
        }
        Set<Integer> all = new TreeSet<>(used);
        all.addAll(others);
        String differences = others.stream()
                .map(column -> "count(DISTINCT coalesce(CAST(" + TableSource.name(column)
                        + " AS VARCHAR), '')) = count(*) AS d" + column)
                .collect(Collectors.joining(", "));
        List<String> found = new ArrayList<>();
        explainingErrors(() -> database.query(
                "SELECT "
                        + others.stream()
                                .map(column -> "coalesce(bool_and(d" + column + "), false)")
                                .collect(Collectors.joining(", "))
                        + " FROM (SELECT " + differences + " FROM "
                        + (where == null ? table.from(all) : where.from(all, database)) + " GROUP BY "
                        + TableSource.name(columns.unit()) + ", " + TableSource.name(columns.time())
                        + " HAVING count(*) > 1)",
                row -> {
                    for (int i = 0; i < others.size(); i++) {
                        if (row.getBoolean(i + 1)) {
                            found.add(table.columns().get(others.get(i)));
                        }
                    }
                }));
        return found;
    }

    /** Describes where rows are, for example {@code sales.csv, lines 3 and 9}. */
    String place(List<Long> rows) {
        return source.name() + ", " + table.place(rows);
    }
}
