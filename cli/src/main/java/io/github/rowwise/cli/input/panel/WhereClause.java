package io.github.rowwise.cli.input.panel;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.DatabaseException;
import io.github.rowwise.cli.database.Sql;
import io.github.rowwise.cli.input.SqlSyntax;
import io.github.rowwise.cli.input.TableSource;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.tables.ConditionRefusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The condition by which the user selects rows. Columns are read as text. Within the condition, a column is a number, a date or
 * a timestamp if all its values are, so that {@code week >= 10} compares numbers. All values are examined, not a sample. A
 * number with a leading zero is text.
 */
final class WhereClause {

    /** Expressions that are no part of a condition on the columns of a row. */
    private static final Map<String, ConditionRefusal> REFUSED = Map.of(
            "SUBQUERY", ConditionRefusal.QUERY,
            "STAR", ConditionRefusal.STAR,
            "WINDOW", ConditionRefusal.WINDOW,
            "PARAMETER", ConditionRefusal.PARAMETER);

    private final String option;
    private final String condition;
    private final @Nullable WhereClause within;
    private final TableSource table;
    private final Map<String, Integer> named = new LinkedHashMap<>();
    private long rows;

    /**
     * Creates a condition.
     *
     * @param option the option that has it, for messages
     * @param condition the condition
     * @param within a condition that rows meet too, which was checked before; or {@code null}
     */
    WhereClause(String option, String condition, @Nullable WhereClause within, TableSource table) {
        this.option = option;
        this.condition = condition;
        this.within = within;
        this.table = table;
        String text = condition.toLowerCase(Locale.ROOT);
        Map<String, Long> count = table.columns().stream()
                .collect(Collectors.groupingBy(name -> name.toLowerCase(Locale.ROOT), Collectors.counting()));
        for (int i = 0; i < table.columns().size(); i++) {
            String name = table.columns().get(i);
            // SQL ignores case, so a name that occurs twice would be ambiguous.
            if (Long.valueOf(1).equals(count.get(name.toLowerCase(Locale.ROOT)))
                    && text.contains(name.toLowerCase(Locale.ROOT).replace("\"", "\"\""))) {
                named.put(name, i);
            }
        }
        if (within != null) {
            named.putAll(within.named);
        }
    }

    /**
     * Returns the rows that meet the condition, for the FROM clause of a statement.
     *
     * @throws UserInputException if the text is anything but one condition on the columns
     */
    String from(Set<Integer> used, Database database) {
        check(database);
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
        return "(SELECT * FROM (SELECT " + String.join(", ", typed) + " FROM " + rows + ") WHERE (" + condition + "\n)"
                + (within == null ? "" : " AND (" + within.condition + "\n)") + ")";
    }

    /** Returns the number of all rows, including excluded ones. Available after {@link #from} was called. */
    long rows() {
        return rows;
    }

    /** Explains why DuckDB rejects the condition. */
    UserInputException explain(DatabaseException rejection) {
        return new UserInputException(
                option + " " + Quoted.value(condition) + ": " + Quoted.line(rejection.firstLine())
                        + "; write a condition in SQL on the columns " + Quoted.list(table.columns()),
                rejection);
    }

    private void check(Database database) {
        // Brackets refuse a further clause of the query, and their absence refuses a bracket that closes them.
        for (String query : List.of(condition + "\n", "(" + condition + "\n)")) {
            SqlSyntax syntax = SqlSyntax.of("SELECT 1 FROM input WHERE " + query, database);
            if (!syntax.error().isEmpty() || syntax.statements() != 1) {
                throw refused(syntax.error().isEmpty() ? ConditionRefusal.SEVERAL.reason() : syntax.error());
            }
            REFUSED.forEach((kind, refusal) -> {
                if (syntax.kinds().contains(kind)) {
                    throw refused(refusal.reason());
                }
            });
            String unsteady = unsteady(syntax.functions(), database);
            if (!unsteady.isEmpty()) {
                throw refused(ConditionRefusal.function(unsteady));
            }
        }
    }

    /** Returns a function whose value changes from call to call, or that tells of the program; else an empty text. */
    private static String unsteady(Set<String> functions, Database database) {
        if (functions.isEmpty()) {
            return "";
        }
        StringBuilder found = new StringBuilder();
        database.query(
                functions.stream()
                        .map(Sql::text)
                        .collect(Collectors.joining(
                                ", ",
                                "SELECT function_name FROM duckdb_functions() WHERE (stability = 'VOLATILE' OR"
                                        + " function_name IN ('current_setting', 'getvariable', 'getenv'))"
                                        + " AND lower(function_name) IN (",
                                ") ORDER BY 1 LIMIT 1")),
                row -> found.append(row.getString(1)));
        return found.toString();
    }

    private UserInputException refused(String reason) {
        return new UserInputException(ConditionRefusal.message(option, condition, reason, table.columns()));
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
