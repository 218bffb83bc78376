package io.github.rowwise.cli.input.panel;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.input.UnitColumnSpec;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.UnitColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the columns whose value is the same in all rows of a unit. A row without the value does not count if another row of
 * the unit has it. All columns are read in one pass; a second one finds the place of an error.
 */
final class UnitColumnReader {

    private final Database database;
    private final ObservationView observations;
    private final List<String> units;
    private final List<UnitColumnSpec> columns;

    /** By column and unit: the least and the greatest value as texts, as numbers, and the number of values that are no number. */
    private final @Nullable String[][] least;

    private final @Nullable String[][] greatest;
    private final double[][] minima;
    private final double[][] maxima;
    private final long[] texts;

    UnitColumnReader(Database database, PanelSource source, ObservationView observations, List<String> units) {
        this.database = database;
        this.observations = observations;
        this.units = units;
        this.columns = source.unitColumns();
        this.least = new String[columns.size()][units.size()];
        this.greatest = new String[columns.size()][units.size()];
        this.minima = new double[columns.size()][units.size()];
        this.maxima = new double[columns.size()][units.size()];
        this.texts = new long[columns.size()];
    }

    /**
     * Reads the columns.
     *
     * @return parallel to those of the source
     * @throws UserInputException if a value differs within a unit, or is not of the kind of its column
     */
    List<UnitColumn> read() {
        if (columns.isEmpty()) {
            return List.of();
        }
        StringBuilder sums = new StringBuilder();
        for (int k = 0; k < columns.size(); k++) {
            String text = ObservationView.unitText(k);
            String number = ObservationView.unitNumber(k);
            sums.append(", min(")
                    .append(text)
                    .append("), max(")
                    .append(text)
                    .append("), coalesce(min(")
                    .append(number)
                    .append("), 'nan'::DOUBLE), coalesce(max(")
                    .append(number)
                    .append("), 'nan'::DOUBLE), count(*) FILTER (")
                    .append(text)
                    .append(" IS NOT NULL AND ")
                    .append(number)
                    .append(" IS NULL)");
        }
        observations.explainingErrors(() -> database.query(
                "SELECT u.code" + sums + " FROM observation o JOIN unit_code u ON o.unit = u.value GROUP BY u.code",
                row -> {
                    int unit = row.getInt(1);
                    for (int k = 0; k < columns.size(); k++) {
                        int first = 2 + 5 * k;
                        least[k][unit] = row.getString(first);
                        greatest[k][unit] = row.getString(first + 1);
                        minima[k][unit] = row.getDouble(first + 2);
                        maxima[k][unit] = row.getDouble(first + 3);
                        texts[k] += row.getLong(first + 4);
                    }
                }));
        return IntStream.range(0, columns.size()).mapToObj(this::column).toList();
    }

    private UnitColumn column(int k) {
        UnitColumnSpec spec = columns.get(k);
        String number = ObservationView.unitNumber(k);
        String text = ObservationView.unitText(k);
        if (spec.kind() == UnitColumnSpec.Kind.WEIGHT) {
            reject(
                    k,
                    text + " IS NOT NULL AND " + number + " IS NULL",
                    "is not a number; a weight is a number above 0");
            reject(
                    k,
                    number + " <= 0",
                    "is not above 0; a weight is a number above 0, and a unit that should not count"
                            + " is left out with --where");
        }
        if (spec.kind() == UnitColumnSpec.Kind.VALUE || spec.kind() == UnitColumnSpec.Kind.COST) {
            reject(
                    k,
                    text + " IS NOT NULL AND " + number + " IS NULL",
                    "is not a number; " + spec.option() + " needs a number for each unit");
        }
        if (spec.kind() == UnitColumnSpec.Kind.COST) {
            reject(k, number + " < 0", "is below 0; a cost is a number of 0 or more");
        }
        boolean isNumeric = spec.kind() != UnitColumnSpec.Kind.LABEL && texts[k] == 0;
        for (int unit = 0; unit < units.size(); unit++) {
            boolean isMissing = least[k][unit] == null;
            if (isMissing && spec.kind() != UnitColumnSpec.Kind.ATTRIBUTE) {
                throw missing(k, unit);
            }
            boolean differs = isNumeric
                    ? minima[k][unit] < maxima[k][unit]
                    : !isMissing && !String.valueOf(least[k][unit]).equals(greatest[k][unit]);
            if (differs) {
                throw varying(k, unit, isNumeric ? number : text);
            }
        }
        return isNumeric
                ? UnitColumn.ofNumbers(spec.name(), minima[k])
                : UnitColumn.ofTexts(spec.name(), Arrays.asList(least[k]));
    }

    /** Rejects rows with a value that the column may not have. */
    private void reject(int k, String condition, String reason) {
        observations.explainingErrors(() -> database.query(
                "SELECT row, CAST(unit AS VARCHAR), CAST(time AS VARCHAR), " + ObservationView.unitText(k)
                        + " FROM observation WHERE " + condition + " ORDER BY row LIMIT 1",
                row -> {
                    throw new UserInputException(place(k, List.of(row.getLong(1))) + Quoted.value(row.getString(4))
                            + " of unit " + Quoted.value(row.getString(2)) + ", period "
                            + Quoted.value(row.getString(3)) + " " + reason);
                }));
    }

    private UserInputException missing(int k, int unit) {
        List<Long> rows = new ArrayList<>();
        database.query("SELECT first FROM unit_code WHERE code = " + unit, row -> rows.add(row.getLong(1)));
        return new UserInputException(place(k, rows) + "no value in any row of unit " + Quoted.value(units.get(unit))
                + "; " + columns.get(k).option()
                + " needs one for every unit: fill it in, or leave the unit out with --where");
    }

    private UserInputException varying(int k, int unit, String value) {
        List<Long> rows = new ArrayList<>();
        List<String> found = new ArrayList<>();
        String ofUnit = " FROM observation o JOIN unit_code u ON o.unit = u.value WHERE u.code = " + unit + " AND o."
                + value + " IS NOT NULL";
        observations.explainingErrors(() -> database.query(
                "SELECT min(row) AS first, arg_min(CAST(time AS VARCHAR), row), arg_min(" + ObservationView.unitText(k)
                        + ", row) FROM (SELECT o.*" + ofUnit + ") GROUP BY " + value + " ORDER BY first LIMIT 2",
                row -> {
                    rows.add(row.getLong(1));
                    found.add(Quoted.value(row.getString(3)) + " in period " + Quoted.value(row.getString(2)));
                }));
        return new UserInputException(place(k, rows) + "unit " + Quoted.value(units.get(unit)) + " has "
                + String.join(" and ", found) + "; " + columns.get(k).option()
                + " needs a column with one value per unit");
    }

    private String place(int k, List<Long> rows) {
        return observations.place(rows) + ", column "
                + Quoted.value(columns.get(k).name()) + ": ";
    }
}
