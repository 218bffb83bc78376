package io.github.rowwise.panel;

import io.github.rowwise.internal.text.Quoted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A named value of each unit that is the same in all periods, such as a weight, a group or an attribute: numbers or texts.
 * Immutable, and safe for use by several threads.
 *
 * <pre class="example">{@code
 * UnitColumn population = UnitColumn.ofNumbers("population", 12_000, 4_500, 88_000);
 * UnitColumn chain = UnitColumn.ofTexts("chain", List.of("north", "south", "north"));
 * }</pre>
 */
public final class UnitColumn {

    private final String name;
    private final double @Nullable [] numbers;
    private final @Nullable List<String> levels;
    private final int[] codes;

    private UnitColumn(String name, double @Nullable [] numbers, @Nullable List<String> levels, int[] codes) {
        this.name = Objects.requireNonNull(name, "name");
        this.numbers = numbers;
        this.levels = levels;
        this.codes = codes;
    }

    /**
     * Creates a column of numbers.
     *
     * @param name name of the column, for messages and results
     * @param values one number per unit, in the panel's order; NaN where it is missing
     * @return the column
     * @throws IllegalArgumentException if a number is infinite
     */
    public static UnitColumn ofNumbers(String name, double... values) {
        double[] copy = values.clone();
        for (int unit = 0; unit < copy.length; unit++) {
            if (Double.isInfinite(copy[unit])) {
                throw new IllegalArgumentException(
                        "column " + Quoted.value(name) + ": " + copy[unit] + " of unit number " + (unit + 1)
                                + " is infinite; a value is finite, or NaN where it is missing");
            }
        }
        return new UnitColumn(name, copy, null, new int[0]);
    }

    /**
     * Creates a column of texts.
     *
     * @param name name of the column, for messages and results
     * @param values one text per unit, in the panel's order; {@code null} where it is missing
     * @return the column
     */
    public static UnitColumn ofTexts(String name, List<? extends @Nullable String> values) {
        Map<String, Integer> known = new LinkedHashMap<>();
        int[] codes = new int[values.size()];
        int unit = 0;
        for (String value : values) {
            codes[unit++] = value == null ? -1 : known.computeIfAbsent(value, text -> known.size());
        }
        return new UnitColumn(name, null, List.copyOf(known.keySet()), codes);
    }

    /**
     * Returns the name of the column.
     *
     * @return as it was given
     */
    public String name() {
        return name;
    }

    /**
     * Returns the number of units.
     *
     * @return one per value
     */
    public int units() {
        return numbers == null ? codes.length : numbers.length;
    }

    /**
     * Returns whether the values are numbers.
     *
     * @return false if they are texts
     */
    public boolean isNumeric() {
        return numbers != null;
    }

    /**
     * Returns whether a unit has no value.
     *
     * @param unit index of the unit
     * @return true if it is missing
     * @throws IndexOutOfBoundsException if there is no such unit
     */
    public boolean isMissing(int unit) {
        Objects.checkIndex(unit, units());
        return numbers == null ? codes[unit] < 0 : Double.isNaN(numbers[unit]);
    }

    /**
     * Returns the numbers.
     *
     * @return a new array, one number per unit; NaN where it is missing
     * @throws IllegalStateException if the values are texts
     */
    public double[] numbers() {
        if (numbers == null) {
            throw new IllegalStateException("column " + Quoted.value(name) + " has texts, not numbers");
        }
        return numbers.clone();
    }

    /**
     * Returns the different values as texts, those of numbers as {@link Double#toString(double)} writes them.
     *
     * @return immutable, in the order of the first unit that has the value; without missing values
     */
    public List<String> levels() {
        if (levels != null) {
            return levels;
        }
        return asText().levels();
    }

    /**
     * Returns the position of each unit's value in {@link #levels()}.
     *
     * @return a new array, one index per unit; -1 where the value is missing
     */
    public int[] levelIndexes() {
        return numbers == null ? codes.clone() : asText().levelIndexes();
    }

    private UnitColumn asText() {
        List<@Nullable String> texts = new ArrayList<>();
        for (double number : Objects.requireNonNull(numbers)) {
            texts.add(Double.isNaN(number) ? null : Double.toString(number + 0.0));
        }
        return ofTexts(name, Collections.unmodifiableList(texts));
    }

    /**
     * Compares all values.
     *
     * @param other anything
     * @return whether it is a column of the same name, kind and values
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UnitColumn column
                && name.equals(column.name)
                && Objects.equals(levels, column.levels)
                && Arrays.equals(codes, column.codes)
                && Arrays.equals(numbers, column.numbers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, levels, Arrays.hashCode(codes), Arrays.hashCode(numbers));
    }

    @Override
    public String toString() {
        return Quoted.value(name) + ", " + (isNumeric() ? "numbers" : levels().size() + " texts") + " of " + units()
                + " units";
    }
}
