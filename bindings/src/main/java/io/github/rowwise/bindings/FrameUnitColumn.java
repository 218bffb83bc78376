package io.github.rowwise.bindings;

import io.github.rowwise.cli.input.UnitColumnSpec;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.UnitColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column whose value is the same in all rows of a unit: numbers or texts. A row without the value does not count if another
 * row of the unit has it.
 */
record FrameUnitColumn(String option, UnitColumnSpec.Kind kind, double @Nullable [] numbers, Codes texts) {

    private static final int[] NO_CODES = {};

    static FrameUnitColumn of(String option, UnitColumnSpec.Kind kind, String name, double[] values) {
        return new FrameUnitColumn(option, kind, values.clone(), new Codes(name, NO_CODES, List.of()));
    }

    static FrameUnitColumn of(String option, UnitColumnSpec.Kind kind, Codes texts) {
        return new FrameUnitColumn(option, kind, null, texts);
    }

    String name() {
        return texts.name();
    }

    int rows() {
        return numbers == null ? texts.codes().length : numbers.length;
    }

    UnitColumnSpec spec() {
        return new UnitColumnSpec(option, name(), kind);
    }

    /** Returns the value of each unit, or rejects the column. */
    UnitColumn read(FramePlaces places) {
        int[] first = new int[places.units().texts().size()];
        Arrays.fill(first, Codes.NONE);
        for (int row = 0; row < rows(); row++) {
            int unit = places.units().codes()[row];
            if (isMissing(row)) {
                continue;
            }
            checkValue(row, places);
            if (first[unit] == Codes.NONE) {
                first[unit] = row;
            } else if (!isSame(first[unit], row)) {
                throw new InvalidPanelException(places.of(name(), first[unit], row) + "unit "
                        + Quoted.value(places.units().text(row)) + " has " + value(first[unit]) + " in period "
                        + Quoted.value(places.periods().text(first[unit])) + " and " + value(row) + " in period "
                        + Quoted.value(places.periods().text(row)) + "; " + option
                        + " needs a column with one value per unit");
            }
        }
        for (int unit = 0; unit < first.length && kind != UnitColumnSpec.Kind.ATTRIBUTE; unit++) {
            if (first[unit] == Codes.NONE) {
                throw new InvalidPanelException(places.of(name()) + "no value in any row of unit "
                        + Quoted.value(places.units().texts().get(unit)) + "; " + option
                        + " needs one for every unit: fill it in, or leave the unit out");
            }
        }
        return column(first);
    }

    private UnitColumn column(int[] first) {
        if (numbers != null) {
            double[] ofNumbers = numbers;
            return UnitColumn.ofNumbers(
                    name(),
                    Arrays.stream(first)
                            .mapToDouble(row -> row == Codes.NONE ? Double.NaN : ofNumbers[row])
                            .toArray());
        }
        List<@Nullable String> values = new ArrayList<>();
        for (int row : first) {
            values.add(row == Codes.NONE ? null : texts.text(row));
        }
        return UnitColumn.ofTexts(name(), Collections.unmodifiableList(values));
    }

    private void checkValue(int row, FramePlaces places) {
        if (numbers != null && Double.isInfinite(numbers[row])) {
            throw new InvalidPanelException(places.of(name(), row) + "an infinite number; " + option
                    + " needs finite numbers, NaN where one is missing");
        }
        if (kind == UnitColumnSpec.Kind.WEIGHT && numbers != null && numbers[row] <= 0) {
            throw new InvalidPanelException(places.of(name(), row) + value(row) + " of unit "
                    + Quoted.value(places.units().text(row)) + ", period "
                    + Quoted.value(places.periods().text(row))
                    + " is not above 0; a weight is a number above 0, and a unit that should not count is left out");
        }
    }

    private boolean isMissing(int row) {
        return numbers == null ? texts.codes()[row] == Codes.NONE : Double.isNaN(numbers[row]);
    }

    private boolean isSame(int row, int other) {
        return numbers == null ? texts.codes()[row] == texts.codes()[other] : numbers[row] == numbers[other];
    }

    private String value(int row) {
        return numbers == null ? Quoted.value(texts.text(row)) : String.valueOf(numbers[row]);
    }
}
