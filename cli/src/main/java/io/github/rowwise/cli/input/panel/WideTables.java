package io.github.rowwise.cli.input.panel;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.DatabaseException;
import io.github.rowwise.cli.database.Sql;
import io.github.rowwise.cli.input.ColumnNames;
import io.github.rowwise.cli.input.PanelColumns;
import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.input.TableSource;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.cli.input.database.DatabaseTable;
import io.github.rowwise.internal.text.Quoted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Joins two tables in wide form into one in long form. Each has one row per unit and one column per period; the first has the
 * outcomes and the second the treatments. Both must have the same units and periods, in any order.
 */
final class WideTables {

    private static final String LONG = "long_table";
    private static final int MAX_SHOWN = 3;

    private final PanelSource source;
    private final Database database;
    private final Wide outcomes;
    private final Wide treatments;

    /**
     * One of the tables.
     *
     * @param name name of the file, for messages
     * @param table the table
     * @param unit index of the column with the units
     * @param periods names of the periods
     * @param columns index of the column of each period
     */
    private record Wide(String name, TableSource table, int unit, List<String> periods, List<Integer> columns) {

        static Wide of(String name, TableSource table, String unitName) {
            List<String> header = table.columns();
            int unit = ColumnNames.find(name, header, "--unit", unitName);
            List<Integer> columns = IntStream.range(0, header.size())
                    .filter(i -> i != unit)
                    .boxed()
                    .toList();
            List<String> periods = columns.stream().map(header::get).toList();
            if (periods.isEmpty()) {
                throw new UserInputException(name + ": no column besides " + Quoted.value(unitName)
                        + "; with --treatments, each period needs a column");
            }
            Set<String> seen = new HashSet<>();
            for (String period : periods) {
                if (!seen.add(period)) {
                    throw new UserInputException(name + ": columns " + (header.indexOf(period) + 1) + " and "
                            + (header.lastIndexOf(period) + 1) + " are both called " + Quoted.value(period)
                            + "; each period needs exactly one column");
                }
            }
            return new Wide(name, table, unit, periods, columns);
        }

        String from() {
            return table.from(IntStream.range(0, table.columns().size()).boxed().collect(Collectors.toSet()));
        }

        String unitText() {
            return "CAST(" + TableSource.name(unit) + " AS VARCHAR)";
        }

        /** Returns the common type of the periods, or text if they differ. */
        String type() {
            List<String> types = columns.stream().map(table::type).distinct().toList();
            return types.size() == 1 ? types.get(0) : "VARCHAR";
        }

        /** Returns a query for the unit, the row, and a list of the values of the periods in the given order. */
        String rows(List<String> order) {
            String values = order.stream()
                    .map(period ->
                            "CAST(" + TableSource.name(columns.get(periods.indexOf(period))) + " AS " + type() + ")")
                    .collect(Collectors.joining(", ", "[", "]"));
            return "(SELECT " + unitText() + " AS unit, " + TableSource.ROW + " AS row, " + values + " AS cells FROM "
                    + from() + ")";
        }
    }

    private WideTables(PanelSource source, Database database, TableSource outcomes, TableSource treatments) {
        this.source = source;
        this.database = database;
        String unit = source.columns().unit();
        this.outcomes = Wide.of(source.name(), outcomes, unit);
        this.treatments = Wide.of(
                Quoted.line(Objects.requireNonNull(source.origin().treatments()).toString()), treatments, unit);
    }

    /** Joins the tables. */
    static TableSource join(PanelSource source, Database database, TableSource outcomes, TableSource treatments) {
        return new WideTables(source, database, outcomes, treatments).join();
    }

    private TableSource join() {
        List<String> periods = outcomes.periods();
        rejectDifference("periods", periods, treatments.periods());
        List<String> units = units(outcomes);
        rejectDifference("units", units, units(treatments));
        String names = periods.stream().map(Sql::text).collect(Collectors.joining(", ", "[", "]"));
        try {
            // The row number is stored, because a join returns rows in any order.
            database.executeOnOneThread("CREATE TABLE " + LONG + " AS SELECT o.unit AS rowwise_0, unnest(" + names
                    + ") AS rowwise_1, unnest(o.cells) AS rowwise_2, unnest(t.cells) AS rowwise_3, o.row * "
                    + periods.size() + " + unnest(range(" + periods.size() + ")) AS number FROM "
                    + outcomes.rows(periods) + " o JOIN " + treatments.rows(periods) + " t ON o.unit = t.unit");
        } catch (DatabaseException e) {
            throw e.isDiskFull()
                    ? TableSource.noSpace(source.name(), e)
                    : outcomes.table().explain(e);
        }
        PanelColumns columns = source.columns();
        return new DatabaseTable(
                source.name(),
                database,
                LONG,
                List.of(
                        new DatabaseTable.Column(columns.unit(), TableSource.name(0), "VARCHAR"),
                        new DatabaseTable.Column(columns.time(), TableSource.name(1), "VARCHAR"),
                        new DatabaseTable.Column(columns.outcome(), TableSource.name(2), outcomes.type()),
                        new DatabaseTable.Column(columns.treatment(), TableSource.name(3), treatments.type())),
                "number",
                this::place);
    }

    private String place(List<Long> cells) {
        int periods = outcomes.periods().size();
        return cells.stream()
                .map(cell -> outcomes.table().place(List.of(cell / periods)) + ", period "
                        + Quoted.value(outcomes.periods().get((int) (cell % periods))))
                .collect(Collectors.joining(" and "));
    }

    /** Returns the units of a table in its order, after checking that each has one row. */
    private List<String> units(Wide wide) {
        List<String> units = new ArrayList<>();
        List<List<Long>> wrong = new ArrayList<>();
        String rows = "SELECT " + wide.unitText() + " AS unit, " + TableSource.ROW + " AS row FROM " + wide.from();
        try {
            database.query(
                    "SELECT unit, count(*), min(row), max(row) FROM (" + rows + ") GROUP BY unit ORDER BY min(row)",
                    row -> {
                        units.add(String.valueOf(row.getString(1)));
                        boolean isEmpty =
                                row.getString(1) == null || row.getString(1).isEmpty();
                        if (isEmpty) {
                            wrong.add(List.of(row.getLong(3)));
                        } else if (row.getLong(2) > 1) {
                            wrong.add(List.of(row.getLong(3), row.getLong(4)));
                        }
                    });
        } catch (DatabaseException e) {
            throw wide.table().explain(e);
        }
        if (!wrong.isEmpty()) {
            List<Long> first = wrong.get(0);
            throw new UserInputException(wide.name() + ", " + wide.table().place(first) + ", column "
                    + Quoted.value(source.columns().unit()) + ": "
                    + (first.size() == 1
                            ? "no unit; every row needs the name of its unit"
                            : "two rows for the same unit; a table with one column per period has one row per unit"));
        }
        return units;
    }

    private void rejectDifference(String what, List<String> ofOutcomes, List<String> ofTreatments) {
        IntFunction<String> lacking = side -> {
            Set<String> there = new HashSet<>(side == 0 ? ofOutcomes : ofTreatments);
            List<String> lacked = (side == 0 ? ofTreatments : ofOutcomes)
                    .stream().filter(name -> !there.contains(name)).toList();
            return lacked.isEmpty()
                    ? ""
                    : "; " + (side == 0 ? outcomes : treatments).name() + " lacks "
                            + lacked.stream()
                                    .limit(MAX_SHOWN)
                                    .map(Quoted::value)
                                    .collect(Collectors.joining(", "))
                            + (lacked.size() > MAX_SHOWN ? " and " + (lacked.size() - MAX_SHOWN) + " more" : "");
        };
        String difference = lacking.apply(0) + lacking.apply(1);
        if (!difference.isEmpty()) {
            throw new UserInputException(
                    source.name() + " and " + treatments.name() + ": not the same " + what + difference);
        }
    }
}
