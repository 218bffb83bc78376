package io.github.rowwise.cli.input.panel;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.DatabaseException;
import io.github.rowwise.cli.database.Sql;
import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.input.TableSource;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.internal.text.Quoted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The condition by which the user selects rows. Columns are read as text. Within the condition, a column is a number, a date or
 * a timestamp if all its values are, so that {@code week >= 10} compares numbers. All values are examined, not a sample. A
 * number with a leading zero is text.
 */
final class WhereClause {

    private final PanelSource source;
    private final TableSource table;
    private final Map<String, Integer> named = new LinkedHashMap<>();
    private long rows;

    WhereClause(PanelSource source, TableSource table) {
        this.source = source;
        this.table = table;
        String condition = String.valueOf(source.where()).toLowerCase(Locale.ROOT);
        Map<String, Long> count = table.columns().stream()
                .collect(Collectors.groupingBy(name -> name.toLowerCase(Locale.ROOT), Collectors.counting()));
        for (int i = 0; i < table.columns().size(); i++) {
            String name = table.columns().get(i);
            // SQL ignores case, so a name that occurs twice would be ambiguous.
            if (Long.valueOf(1).equals(count.get(name.toLowerCase(Locale.ROOT)))
                    && condition.contains(name.toLowerCase(Locale.ROOT).replace("\"", "\"\""))) {
                named.put(name, i);
            }
        }
    }

    /** Returns the rows that meet the condition, for the FROM clause of a statement. */
    String from(Set<Integer> used, Database database) {
        Set<Integer> all = new TreeSet<>(used);
        all.addAll(named.values());
        String rows = table.from(all);
        if (named.isEmpty()) {
            database.query("SELECT count(*) FROM " + rows, row -> this.rows = row.getLong(1));
        }
        List<String> typed = new ArrayList<>();
        for (Map.Entry<String, Integer> column : named.entrySet()) {
            typed.add(typed(column.getValue(), rows, database) + " AS " + Sql.name(column.getKey()));
        }
        typed.add(0, "*");
        return "(SELECT * FROM (SELECT " + String.join(", ", typed) + " FROM " + rows + ") WHERE (" + source.where()
                + "\n))";
    }

    /** Returns the number of all rows, including excluded ones. Available after {@link #from} was called. */
    long rows() {
        return rows;
    }

    /** Explains why DuckDB rejects the condition. */
    UserInputException explain(DatabaseException rejection) {
        return new UserInputException(
                "--where " + Quoted.value(String.valueOf(source.where())) + ": " + Quoted.line(rejection.firstLine())
                        + "; write a condition in SQL on the columns " + Quoted.list(table.columns()),
                rejection);
    }

    private String typed(int column, String rows, Database database) {
        String text = "CAST(" + TableSource.name(column) + " AS VARCHAR)";
        String value =
                "CASE WHEN lower(trim(" + text + ")) NOT IN " + OutcomeStatus.MISSING_TEXTS + " THEN " + text + " END";
        List<String> types = List.of("BIGINT", "DOUBLE", "DATE", "TIMESTAMP");
        List<String> tests = List.of(
                "TRY_CAST(v AS BIGINT)::VARCHAR = v",
                "TRY_CAST(v AS DOUBLE) IS NOT NULL AND NOT regexp_matches(v, '^[+-]?0[0-9]|_')",
                "TRY_CAST(v AS DATE)::VARCHAR = v",
                "TRY_CAST(v AS TIMESTAMP) IS NOT NULL");
        boolean[] fits = new boolean[types.size()];
        String query = tests.stream()
                .map(test -> "coalesce(bool_and(v IS NULL OR coalesce(" + test + ", false)), false)")
                .collect(Collectors.joining(
                        ", ", "SELECT ", ", count(*) FROM (SELECT " + value + " AS v FROM " + rows + ")"));
        database.query(query, row -> {
            for (int i = 0; i < fits.length; i++) {
                fits[i] = row.getBoolean(i + 1);
            }
            this.rows = row.getLong(fits.length + 1);
        });
        for (int i = 0; i < fits.length; i++) {
            if (fits[i]) {
                return "TRY_CAST(" + value + " AS " + types.get(i) + ")";
            }
        }
        return TableSource.name(column);
    }
}
