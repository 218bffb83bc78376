package io.github.rowwise.cli.columns;

import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.input.UnitColumnSpec;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.ShownTotals;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.UnitColumn;
import io.github.rowwise.tables.OptionText;
import io.github.rowwise.totals.EffectTotals;
import io.github.rowwise.totals.OutcomeScale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Effects in percent, totals over treated cells, and worth, cost and return. */
public final class TotalOptions {

    private static final String SCALE = "--scale";
    private static final String VALUE = "--value";
    private static final String COST = "--cost";

    @Option(
            names = SCALE,
            paramLabel = "SCALE",
            converter = Scales.class,
            completionCandidates = Scales.class,
            description = OptionText.SCALE + ".")
    private @Nullable OutcomeScale scale;

    @Option(names = "--totals", description = OptionText.TOTALS + ".")
    private boolean totals;

    @Option(names = VALUE, paramLabel = "NUMBER|COLUMN", description = OptionText.VALUE + ".")
    private @Nullable String value;

    @Option(names = COST, paramLabel = "NUMBER|COLUMN", description = OptionText.COST + ".")
    private @Nullable String cost;

    /** Returns whether there is anything to compute. */
    public boolean isAsked() {
        return scale != null || totals || value != null || cost != null;
    }

    /** Returns the columns to read in addition to the panel. */
    public List<UnitColumnSpec> columns() {
        List<UnitColumnSpec> columns = new ArrayList<>();
        if (value != null && number(value) == null) {
            columns.add(new UnitColumnSpec(VALUE, value, UnitColumnSpec.Kind.VALUE));
        }
        if (cost != null && number(cost) == null) {
            columns.add(new UnitColumnSpec(COST, cost, UnitColumnSpec.Kind.COST));
        }
        return columns;
    }

    /** Rejects options that the input cannot have. */
    public void check(PanelSource source) {
        if (cost != null && value == null) {
            throw new UserInputException(COST + " without " + VALUE
                    + "; give what one unit of outcome is worth, so that costs have a return");
        }
        for (UnitColumnSpec column : columns()) {
            AverageOptions.requireTable(source, column.option(), true);
        }
        Double fixed = cost == null ? null : number(cost);
        if (fixed != null && fixed < 0) {
            throw new UserInputException(COST + " " + cost + " is below 0; a cost is a number of 0 or more");
        }
    }

    /** Rejects values and outcomes that the panel cannot have, before the fit. */
    public void check(PanelInput input, Panel panel) {
        UnitColumn values = input.unitColumn(VALUE);
        if (values != null) {
            rejectBothSigns(input, panel, values);
        }
        if (scale != null) {
            try {
                scale.requireFits(panel);
            } catch (IllegalArgumentException e) {
                throw new UserInputException(
                        input.source().name() + ": " + SCALE + " " + scale.label() + ": " + e.getMessage(), e);
            }
        }
    }

    private static void rejectBothSigns(PanelInput input, Panel panel, UnitColumn values) {
        double[] each = values.numbers();
        int negative = -1;
        int positive = -1;
        for (int unit = each.length - 1; unit >= 0; unit--) {
            negative = each[unit] < 0 ? unit : negative;
            positive = each[unit] > 0 ? unit : positive;
        }
        if (negative >= 0 && positive >= 0) {
            throw new UserInputException(input.source().name() + ", column " + Quoted.value(values.name()) + ": "
                    + each[negative] + " of unit "
                    + Quoted.value(panel.unitNames().get(negative)) + " is below 0, and " + each[positive]
                    + " of unit " + Quoted.value(panel.unitNames().get(positive)) + " is above; " + VALUE
                    + " needs values of one sign");
        }
    }

    /**
     * Computes what was asked for.
     *
     * @param effects the result
     * @param input the panel with its columns
     * @param groups the units of variation, {@code null} for the units themselves
     * @param threads number of threads, 0 for one per core
     * @return percentages, totals and worth
     */
    public ShownTotals compute(UnitEffects effects, PanelInput input, @Nullable UnitColumn groups, int threads) {
        EffectTotals of = EffectTotals.of(effects);
        of = threads > 0 ? of.withThreads(threads) : of;
        of = scale == null ? of : of.withScale(scale);
        of = groups == null ? of : of.withGroups(groups);
        UnitColumn values = input.unitColumn(VALUE);
        Double fixedValue = value == null ? null : number(value);
        of = values != null ? of.withValues(values) : fixedValue != null ? of.withValue(fixedValue) : of;
        UnitColumn costs = input.unitColumn(COST);
        Double fixedCost = cost == null ? null : number(cost);
        of = costs != null ? of.withCosts(costs) : fixedCost != null ? of.withCost(fixedCost) : of;
        return new ShownTotals(
                of.compute(), fixedValue != null ? fixedValue : value, fixedCost != null ? fixedCost : cost);
    }

    /** Returns the number that a text is; {@code null} for the name of a column. */
    private static @Nullable Double number(String text) {
        try {
            double number = Double.parseDouble(text);
            return Double.isFinite(number) ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    static final class Scales implements ITypeConverter<OutcomeScale>, Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(OutcomeScale.values()).map(OutcomeScale::label).iterator();
        }

        @Override
        public OutcomeScale convert(String text) {
            try {
                return OutcomeScale.named(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
