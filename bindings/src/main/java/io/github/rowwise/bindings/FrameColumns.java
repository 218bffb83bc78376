package io.github.rowwise.bindings;

import io.github.rowwise.cli.input.UnitColumnSpec;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.tables.OptionNaming;
import io.github.rowwise.tables.Suggestions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a data frame in long form, one row per unit and period, that make a panel.
 *
 * <p>A column of numbers is an array with NaN where a value is missing. A column of texts is an array of codes, which are
 * indexes of its different texts and -1 where a value is missing, as a factor of R or a categorical of pandas. Texts may come
 * in any order, and need not all be used. All columns have the same number of rows. Arrays are copied or read at once, so that
 * the caller may change them afterwards.
 *
 * <p>Rows may come in any order. Units are in the order of their first rows. Periods are in the order of the times that their
 * texts mean, as {@link io.github.rowwise.panel.PeriodOrder} reads them. A missing outcome, a missing covariate and a unit and
 * period without a row are missing cells.
 *
 * <p>Not safe for use by several threads.
 *
 * <pre class="example">{@code
 * FramePanel frame = new FrameColumns(
 *                 new double[] {5, 9, 4, 7, 6, Double.NaN}, "sales", 1)
 *         .units("store", new int[] {0, 0, 0, 1, 1, 1}, new String[] {"north", "south"})
 *         .periods("week", new int[] {0, 1, 2, 0, 1, 2}, new String[] {"1", "2", "3"}, false)
 *         .arms("display", new int[] {0, 1, 0, 1, 0, 0}, new String[] {"0", "1"}, null)
 *         .read();
 * System.out.println(frame.panel());
 * }</pre>
 */
public final class FrameColumns {

    private final double[] outcomes;
    private final String outcomeName;
    private final int firstRow;
    private @Nullable Codes units;
    private @Nullable Codes periods;
    private @Nullable Codes arms;
    private @Nullable String control;
    private boolean isOrdered;
    private final Map<String, double[]> covariates = new LinkedHashMap<>();
    private final List<FrameUnitColumn> unitColumns = new ArrayList<>();

    /**
     * Starts with the outcomes.
     *
     * @param outcomes one per row, NaN where it is missing
     * @param name the name of the column
     * @param firstRow the number of the first row in messages, 0 or 1 as the user's language counts
     */
    public FrameColumns(double[] outcomes, String name, int firstRow) {
        this.outcomes = outcomes.clone();
        this.outcomeName = name;
        this.firstRow = firstRow;
    }

    /**
     * Checks that a data frame has a column, before its values are handed over.
     *
     * @param columns the names of all columns
     * @param argument the argument that names the column, such as {@code unit}
     * @param name the column
     * @throws InvalidPanelException if there is not exactly one column of this name; the message lists the columns, the closest
     *     first
     */
    public static void requireColumn(String[] columns, String argument, String name) {
        long found = Arrays.stream(columns).filter(name::equals).count();
        if (found == 0) {
            throw new InvalidPanelException(FramePlaces.TABLE + ": no column " + Quoted.value(name) + "; name it with "
                    + OptionNaming.ARGUMENT.assignment(argument) + ". Columns: "
                    + Quoted.list(Suggestions.closestFirst(name, List.of(columns))));
        }
        if (found > 1) {
            throw new InvalidPanelException(FramePlaces.TABLE + ": " + found + " columns are called "
                    + Quoted.value(name) + "; rename all but one");
        }
    }

    /**
     * Sets the units.
     *
     * @param name the name of the column
     * @param codes one code per row
     * @param texts the names of the units
     * @return this
     * @throws IllegalArgumentException if there is another number of rows, or a code without a text
     */
    public FrameColumns units(String name, int[] codes, String[] texts) {
        units = codes(name, codes, texts);
        return this;
    }

    /**
     * Sets the periods.
     *
     * @param name the name of the column
     * @param codes one code per row
     * @param texts the periods
     * @param ordered whether the order of the texts is the order of time where the texts do not say one, as that of an ordered
     *     factor; otherwise they are sorted as text there, with a warning
     * @return this
     * @throws IllegalArgumentException if there is another number of rows, or a code without a text
     */
    public FrameColumns periods(String name, int[] codes, String[] texts, boolean ordered) {
        periods = codes(name, codes, texts);
        isOrdered = ordered;
        return this;
    }

    /**
     * Sets the treatment.
     *
     * @param name the name of the column
     * @param codes one code per row; does not matter where the outcome is missing
     * @param texts the levels of the treatment
     * @param controlLevel the level that means no treatment, or {@code null} for 0/1 and true/false
     * @return this
     * @throws IllegalArgumentException if there is another number of rows, or a code without a text
     */
    public FrameColumns arms(String name, int[] codes, String[] texts, @Nullable String controlLevel) {
        arms = codes(name, codes, texts);
        control = controlLevel;
        return this;
    }

    /**
     * Adds a covariate, a number that explains the outcome of a row.
     *
     * @param name the name of the column
     * @param values one per row, NaN where it is missing
     * @return this
     * @throws IllegalArgumentException if there is another number of rows
     */
    public FrameColumns covariate(String name, double[] values) {
        requireRows(name, values.length);
        covariates.put(name, values.clone());
        return this;
    }

    /**
     * Sets the weights of the units in averages, which are the same in all rows of a unit.
     *
     * @param name the name of the column
     * @param values one per row, NaN where it is missing
     * @return this
     * @throws IllegalArgumentException if there is another number of rows
     */
    public FrameColumns weights(String name, double[] values) {
        return add(FrameUnitColumn.of("weights", UnitColumnSpec.Kind.WEIGHT, name, values));
    }

    /**
     * Sets the groups of the units, which are the same in all rows of a unit.
     *
     * @param name the name of the column
     * @param codes one code per row
     * @param texts the groups
     * @return this
     * @throws IllegalArgumentException if there is another number of rows, or a code without a text
     */
    public FrameColumns group(String name, int[] codes, String[] texts) {
        return add(FrameUnitColumn.of("group", UnitColumnSpec.Kind.LABEL, codes(name, codes, texts)));
    }

    /**
     * Adds a numeric attribute of the units, which is the same in all rows of a unit.
     *
     * @param name the name of the column
     * @param values one per row, NaN where it is missing
     * @return this
     * @throws IllegalArgumentException if there is another number of rows
     */
    public FrameColumns attribute(String name, double[] values) {
        return add(FrameUnitColumn.of("attributes", UnitColumnSpec.Kind.ATTRIBUTE, name, values));
    }

    /**
     * Adds an attribute of the units in words, which is the same in all rows of a unit.
     *
     * @param name the name of the column
     * @param codes one code per row
     * @param texts the different values
     * @return this
     * @throws IllegalArgumentException if there is another number of rows, or a code without a text
     */
    public FrameColumns attribute(String name, int[] codes, String[] texts) {
        return add(FrameUnitColumn.of("attributes", UnitColumnSpec.Kind.ATTRIBUTE, codes(name, codes, texts)));
    }

    /**
     * Returns the panel.
     *
     * @return the panel and how it was read
     * @throws IllegalStateException if units, periods or arms were not set
     * @throws InvalidPanelException if the rows are no panel; the message names rows and columns and says what to do
     */
    public FramePanel read() {
        if (units == null || periods == null || arms == null) {
            throw new IllegalStateException("set units, periods and arms first");
        }
        return new FrameReader(
                        outcomes,
                        outcomeName,
                        firstRow,
                        units,
                        periods,
                        isOrdered,
                        arms,
                        control,
                        covariates,
                        unitColumns)
                .read();
    }

    private FrameColumns add(FrameUnitColumn column) {
        requireRows(column.name(), column.rows());
        unitColumns.add(column);
        return this;
    }

    private Codes codes(String name, int[] codes, String[] texts) {
        requireRows(name, codes.length);
        return Codes.of(name, codes, texts);
    }

    private void requireRows(String name, int rows) {
        if (rows != outcomes.length) {
            throw new IllegalArgumentException("column " + Quoted.value(name) + " has " + rows
                    + " rows and the outcomes have " + outcomes.length + "; all columns have the same number");
        }
    }
}
