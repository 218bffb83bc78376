package io.github.rowwise.totals;

import io.github.rowwise.averages.EffectAverages;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.UnitColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Computes what the effects of a result amount to: in percent, in all over treated cells, and in worth, cost and return.
 *
 * <p><b>Totals.</b> The cumulative effect on a unit is its ATT times the number of its observed treated cells. In all it is the
 * average over all treated cells of estimable units times their number. Its interval counts the errors that units share, as that of
 * {@link io.github.rowwise.effects.AverageEffects#attOverCells()} does.
 *
 * <p><b>A logarithm.</b> With {@link OutcomeScale#LOG} an effect of theta is {@code 100 (exp(theta) - 1)} percent, and the ends of
 * its interval are transformed in the same way. The value is that of the estimate, which is the median of what the effect may be:
 * it is 0 where the effect is 0, lies in the interval, and does not depend on which arm is called control. The mean, {@code exp(theta
 * + se^2 / 2)}, grows with the uncertainty of a unit and has none of these properties (Kennedy 1981, American Economic Review 71(4),
 * 801, discusses both). Over several units the percentage is that of sums: the sum of {@code exp(y)} over the cells of these units
 * under treatment, over the sum under control. One of both outcomes of a cell is observed, and the other is that one with the unit's
 * effect added or removed. So large cells count for more, and the noise of a cell is the same under both arms. The interval is by the
 * delta method on the logarithm of the ratio. Totals are those of {@code exp(y)}: {@code sum (exp(y) - exp(y - theta))} over treated
 * cells.
 *
 * <p><b>A level.</b> With {@link OutcomeScale#LEVEL} the percentage is the effect over the mean completed outcome under control over
 * the same cells: the observed one in control cells, and the observed one less the effect in treated cells. There is no percentage
 * unless this mean is above 0 at both ends of the effect's interval.
 *
 * <p>Effects count as constant within a unit, because an estimate is good for averages of a unit and not for single cells.
 *
 * <p>The estimates of a factor model are shrunk towards the mean of all units; sums over units with unequal weights are corrected for
 * it (see {@link EffectAverages}) and are not exactly the sums of the units' amounts. Immutable, and safe for use by several threads.
 * The result is the same for any number of threads.
 *
 * <pre class="example">{@code
 * UnitColumn margin = UnitColumn.ofNumbers("margin", 1.2, 0.8, 1.5);
 * TotalEffects totals = EffectTotals.of(effects)
 *         .withScale(OutcomeScale.LEVEL)
 *         .withValues(margin)
 *         .withCost(40)
 *         .compute();
 * System.out.println("net return " + totals.arm(1).netReturn().orElseThrow());
 * }</pre>
 */
public final class EffectTotals {

    /** Why there is no percentage. */
    static final String NO_BASE = "the mean outcome under control is not clearly above 0";

    private final UnitEffects effects;
    private final @Nullable OutcomeScale scale;
    private final double @Nullable [] values;
    private final double @Nullable [] costs;
    private final @Nullable UnitColumn groups;
    private final int threads;

    private EffectTotals(
            UnitEffects effects,
            @Nullable OutcomeScale scale,
            double @Nullable [] values,
            double @Nullable [] costs,
            @Nullable UnitColumn groups,
            int threads) {
        this.effects = effects;
        this.scale = scale;
        this.values = values;
        this.costs = costs;
        this.groups = groups;
        this.threads = threads;
    }

    /**
     * Prepares totals without percentages, values and costs. Computes nothing.
     *
     * @param effects a result
     * @return its totals
     * @throws IllegalStateException for a {@link io.github.rowwise.panel.PanelShard shard}, which does not know the other units
     */
    public static EffectTotals of(UnitEffects effects) {
        InternalPanels.requireWhole(effects.panel(), "totals over units");
        return new EffectTotals(
                effects, null, null, null, null, Runtime.getRuntime().availableProcessors());
    }

    /**
     * Sets what the outcome measures.
     *
     * @param of the scale
     * @return a changed copy
     */
    public EffectTotals withScale(OutcomeScale of) {
        return new EffectTotals(effects, of, values, costs, groups, threads);
    }

    /**
     * Sets what one unit of outcome is worth, or for a logarithm one unit of its exponential.
     *
     * @param value a finite number; below 0 where the outcome does harm
     * @return a changed copy
     * @throws IllegalArgumentException if the value is not finite
     */
    public EffectTotals withValue(double value) {
        double[] each = new double[effects.panel().units()];
        Arrays.fill(each, value);
        return withValues("", each);
    }

    /**
     * Sets what one unit of outcome is worth by unit.
     *
     * @param column one finite number per unit, in the panel's order; all of one sign, or 0
     * @return a changed copy
     * @throws IllegalArgumentException if there is not one number per unit, one is missing, or they have different signs; the message
     *     names the unit
     */
    public EffectTotals withValues(UnitColumn column) {
        return withValues(Quoted.value(column.name()) + ": ", column.numbers());
    }

    private EffectTotals withValues(String prefix, double[] each) {
        requireNumbers(prefix, "value", each);
        int negative = -1;
        int positive = -1;
        for (int unit = 0; unit < each.length; unit++) {
            negative = each[unit] < 0 ? unit : negative;
            positive = each[unit] > 0 ? unit : positive;
        }
        if (negative >= 0 && positive >= 0) {
            throw new IllegalArgumentException(prefix + "the value " + each[negative] + " of unit " + name(negative)
                    + " is below 0, and " + each[positive] + " of unit " + name(positive)
                    + " is above; give values of one sign");
        }
        return new EffectTotals(effects, scale, each, costs, groups, threads);
    }

    /**
     * Sets what treatment costs in one cell.
     *
     * @param cost a finite number of 0 or more
     * @return a changed copy
     * @throws IllegalArgumentException if the cost is not finite or below 0
     */
    public EffectTotals withCost(double cost) {
        double[] each = new double[effects.panel().units()];
        Arrays.fill(each, cost);
        return withCosts("", each);
    }

    /**
     * Sets what treatment costs in one cell, by unit.
     *
     * @param column one finite number of 0 or more per unit, in the panel's order
     * @return a changed copy
     * @throws IllegalArgumentException if there is not one number per unit, or one is missing or below 0; the message names the unit
     */
    public EffectTotals withCosts(UnitColumn column) {
        return withCosts(Quoted.value(column.name()) + ": ", column.numbers());
    }

    private EffectTotals withCosts(String prefix, double[] each) {
        requireNumbers(prefix, "cost", each);
        for (int unit = 0; unit < each.length; unit++) {
            if (each[unit] < 0) {
                throw new IllegalArgumentException(prefix + "the cost " + each[unit] + " of unit " + name(unit)
                        + " is below 0; give a number of 0 or more");
            }
        }
        return new EffectTotals(effects, scale, values, each, groups, threads);
    }

    private void requireNumbers(String prefix, String what, double[] each) {
        if (each.length != effects.panel().units()) {
            throw new IllegalArgumentException(prefix + each.length + " " + what + "s for "
                    + effects.panel().units() + " units: give one per unit");
        }
        for (int unit = 0; unit < each.length; unit++) {
            if (!Double.isFinite(each[unit])) {
                throw new IllegalArgumentException(prefix + "the " + what + " " + each[unit] + " of unit " + name(unit)
                        + " is not a finite number; give one for every unit");
            }
        }
    }

    private String name(int unit) {
        return Quoted.value(effects.panel().unitNames().get(unit));
    }

    /**
     * Takes groups of units as the units of variation of what is summed over units, for treatment that is decided by group.
     *
     * @param column one value per unit, in the panel's order
     * @return a changed copy
     */
    public EffectTotals withGroups(UnitColumn column) {
        return new EffectTotals(effects, scale, values, costs, column, threads);
    }

    /**
     * Sets the number of threads that read the panel.
     *
     * @param number 1 or more; the number of processors by default
     * @return a changed copy
     * @throws IllegalArgumentException if the number is below 1
     */
    public EffectTotals withThreads(int number) {
        if (number < 1) {
            throw new IllegalArgumentException(number + " threads: give 1 or more");
        }
        return new EffectTotals(effects, scale, values, costs, groups, number);
    }

    /**
     * Computes the totals. Reads the panel up to four times per arm.
     *
     * @return by unit and in all
     * @throws IllegalStateException if there are costs without values; or if the result was made by hand, loaded or detached, and a
     *     scale, groups, or values that differ between units were given, which need the cells of the panel
     * @throws IllegalArgumentException if an outcome cannot be a logarithm, or the groups are not as {@link
     *     EffectAverages#byGroup(UnitColumn)} needs them
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public TotalEffects compute() {
        if (costs != null && values == null) {
            throw new IllegalStateException("costs without values: give what one unit of outcome is worth");
        }
        if (scale != null && !InternalPanels.hasCells(effects.panel())) {
            throw new IllegalStateException("effects in percent: this result was made by hand, loaded from a file or"
                    + " detached from its panel, whose cells they need; compute them from the result of the fit");
        }
        if (scale != null) {
            scale.requireFits(effects.panel());
        }
        WeightedUnits units = new WeightedUnits(effects, groups, threads);
        return new TotalsComputation(effects, scale, values, costs, units).compute();
    }
}
