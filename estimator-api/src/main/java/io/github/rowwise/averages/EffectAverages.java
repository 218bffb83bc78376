package io.github.rowwise.averages;

import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.InternalEffects;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.average.GroupSums;
import io.github.rowwise.internal.average.SelectedCells;
import io.github.rowwise.internal.average.SelectionPass;
import io.github.rowwise.internal.pass.FitProgressTracker;
import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.UnitColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Averages of the effects of a result: over chosen units and periods, with weights, and by group. The estimates of the units do
 * not change.
 *
 * <p>The ATE is the average over units of a unit's average effect over its selected cells, observed or not; the ATT is that over
 * its selected cells in the arm, the ATU that over its selected control cells. Only estimable units count. Standard errors are as
 * those of {@link UnitEffects#averages}: with a factor model they count what errors of units share; with the spectral method units
 * are independent. Degrees of freedom are lower if few units carry the average.
 *
 * <p>An average reads the panel once, with the parameters of the fit. Results that were made by hand, loaded or detached from their
 * panel cannot; they only have the averages over all cells that they were made with. Immutable, and safe for use by several
 * threads. The result is the same for any number of threads.
 *
 * <pre class="example">{@code
 * EffectAverages averages = EffectAverages.of(effects).withWeights(population);
 * Interval firstHalf = averages.over(CellSelection.all().withPeriods("2024-01", "2024-06")).att().interval(0.95);
 * GroupAverages byRegion = averages.byGroup(region);
 * }</pre>
 */
public final class EffectAverages {

    /** Largest number of groups. */
    public static final int MAX_GROUPS = 500;

    private final UnitEffects effects;
    private final double[] weights;
    private final boolean isWeighted;
    private final int threads;

    private EffectAverages(UnitEffects effects, double[] weights, boolean isWeighted, int threads) {
        this.effects = effects;
        this.weights = weights;
        this.isWeighted = isWeighted;
        this.threads = threads;
    }

    /**
     * Prepares averages with equal weights. Computes nothing.
     *
     * @param effects a result
     * @return its averages
     * @throws IllegalStateException for a {@link io.github.rowwise.panel.PanelShard shard}, which does not know the other units
     */
    public static EffectAverages of(UnitEffects effects) {
        InternalPanels.requireWhole(effects.panel(), "averages over chosen cells");
        double[] equal = new double[effects.panel().units()];
        Arrays.fill(equal, 1);
        return new EffectAverages(effects, equal, false, Runtime.getRuntime().availableProcessors());
    }

    /**
     * Sets the weights of the units in averages.
     *
     * @param column one number above 0 per unit, in the panel's order; only their ratios matter
     * @return a changed copy
     * @throws IllegalArgumentException if there is not one number per unit, or one is missing or not above 0; the message names the
     *     unit
     */
    public EffectAverages withWeights(UnitColumn column) {
        requireUnits(column);
        return withWeights(Quoted.value(column.name()) + ": ", column.numbers());
    }

    /**
     * Sets the weights of the units in averages.
     *
     * @param ofUnits one number above 0 per unit, in the panel's order; only their ratios matter
     * @return a changed copy
     * @throws IllegalArgumentException if there is not one number per unit, or one is not a finite number above 0; the message names
     *     the unit
     */
    public EffectAverages withWeights(double... ofUnits) {
        return withWeights("", ofUnits.clone());
    }

    private EffectAverages withWeights(String prefix, double[] ofUnits) {
        Panel panel = effects.panel();
        if (ofUnits.length != panel.units()) {
            throw new IllegalArgumentException(
                    prefix + ofUnits.length + " weights for " + panel.units() + " units: give one per unit");
        }
        double largest = 0;
        for (int unit = 0; unit < ofUnits.length; unit++) {
            if (!(ofUnits[unit] > 0) || Double.isInfinite(ofUnits[unit])) {
                throw new IllegalArgumentException(prefix + "the weight " + ofUnits[unit] + " of unit "
                        + Quoted.value(panel.unitNames().get(unit))
                        + " is not a finite number above 0; to leave a unit out, select the others");
            }
            largest = Math.max(largest, ofUnits[unit]);
        }
        boolean differs = false;
        for (int unit = 0; unit < ofUnits.length; unit++) {
            ofUnits[unit] /= largest;
            differs |= ofUnits[unit] != 1;
            if (ofUnits[unit] == 0) {
                throw new IllegalArgumentException(prefix + "the weight of unit "
                        + Quoted.value(panel.unitNames().get(unit)) + " vanishes beside the largest, " + largest
                        + "; to leave a unit out, select the others");
            }
        }
        return new EffectAverages(effects, ofUnits, differs, threads);
    }

    /**
     * Sets the number of threads that read the panel.
     *
     * @param number 1 or more; the number of processors by default
     * @return a changed copy
     * @throws IllegalArgumentException if the number is below 1
     */
    public EffectAverages withThreads(int number) {
        if (number < 1) {
            throw new IllegalArgumentException(number + " threads: give 1 or more");
        }
        return new EffectAverages(effects, weights, isWeighted, number);
    }

    /**
     * Averages the effects of the only treatment.
     *
     * @param selection the cells
     * @return the averages; without a value, and with a reason, where no cell of an estimable unit is selected
     * @throws IllegalStateException if there is more than one treatment: use {@link #byArm}; or if the result was made by hand,
     *     loaded or detached
     * @throws IllegalArgumentException if the panel lacks a unit or a period of the selection
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public AverageEffects over(CellSelection selection) {
        if (effects.panel().arms() != 2) {
            throw new IllegalStateException("there are " + (effects.panel().arms() - 1)
                    + " treatments: use byArm, which has one entry for each");
        }
        return byArm(selection).get(0);
    }

    /**
     * Averages the effects of every arm.
     *
     * @param selection the cells
     * @return one entry per arm, from arm 1 on
     * @throws IllegalStateException if the result was made by hand, loaded or detached
     * @throws IllegalArgumentException if the panel lacks a unit or a period of the selection
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public List<AverageEffects> byArm(CellSelection selection) {
        Panel panel = effects.panel();
        if (hasKnown(selection)) {
            return known();
        }
        BitSet units = selection.units(panel);
        int[] group = IntStream.range(0, panel.units())
                .map(unit -> units.get(unit) ? 0 : -1)
                .toArray();
        AverageComputation computation = compute(selection, 1, group);
        return IntStream.range(1, panel.arms()).mapToObj(computation::overall).toList();
    }

    /**
     * Averages the effects by group of units.
     *
     * @param groups one value per unit, in the panel's order; the groups are its different values
     * @return averages of all groups
     * @throws IllegalArgumentException as {@link #byGroup(UnitColumn, CellSelection)}
     * @throws IllegalStateException if the result was made by hand, loaded or detached
     */
    public GroupAverages byGroup(UnitColumn groups) {
        return byGroup(groups, CellSelection.all());
    }

    /**
     * Averages the effects over chosen cells by group of units.
     *
     * @param groups one value per unit, in the panel's order; the groups are its different values
     * @param selection the cells
     * @return averages of the groups that have selected units
     * @throws IllegalArgumentException if there is not one value per unit, a value is missing, there are fewer than two groups or
     *     more than 500, or every group has one unit; or if the panel lacks a unit or a period of the selection
     * @throws IllegalStateException if the result was made by hand, loaded or detached
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public GroupAverages byGroup(UnitColumn groups, CellSelection selection) {
        Panel panel = effects.panel();
        requireUnits(groups);
        BitSet units = selection.units(panel);
        int[] levels = groups.levelIndexes();
        int[] found = new int[groups.levels().size()];
        Arrays.fill(found, -1);
        int count = 0;
        for (int unit = units.nextSetBit(0); unit >= 0; unit = units.nextSetBit(unit + 1)) {
            if (levels[unit] < 0) {
                throw new IllegalArgumentException("the unit "
                        + Quoted.value(panel.unitNames().get(unit)) + " has no group in " + Quoted.value(groups.name())
                        + "; give every unit one, or select the others");
            }
            if (found[levels[unit]] < 0) {
                found[levels[unit]] = count++;
            }
        }
        requireGroups(groups.name(), count, units.cardinality());
        int[] group = new int[panel.units()];
        for (int unit = 0; unit < group.length; unit++) {
            group[unit] = units.get(unit) ? found[levels[unit]] : -1;
        }
        String[] names = new String[count];
        for (int level = 0; level < found.length; level++) {
            if (found[level] >= 0) {
                names[found[level]] = groups.levels().get(level);
            }
        }
        AverageComputation computation = compute(selection, count, group);
        return new GroupAverages(
                groups.name(),
                List.of(names),
                panel.arms(),
                TreatmentByGroup.share(panel, count, group),
                computation,
                hasKnown(selection) ? known() : List.of());
    }

    /** Returns whether the averages are those of the fit. */
    private boolean hasKnown(CellSelection selection) {
        return selection.isAll() && !isWeighted;
    }

    private List<AverageEffects> known() {
        return IntStream.range(1, effects.panel().arms())
                .mapToObj(effects::averages)
                .toList();
    }

    private static void requireGroups(String name, int groups, int units) {
        String problem = null;
        if (groups < 2) {
            problem = "only one group; there is nothing to compare, so take the averages over all units";
        } else if (groups == units) {
            problem = "one unit per group; the averages would be the effects of the units";
        } else if (groups > MAX_GROUPS) {
            problem = groups + " groups, at most " + MAX_GROUPS + "; name a column with fewer values";
        }
        if (problem != null) {
            throw new IllegalArgumentException("column " + Quoted.value(name) + ": " + problem);
        }
    }

    private void requireUnits(UnitColumn column) {
        if (column.units() != effects.panel().units()) {
            throw new IllegalArgumentException("column " + Quoted.value(column.name()) + " has " + column.units()
                    + " values for " + effects.panel().units() + " units: give one per unit");
        }
    }

    private AverageComputation compute(CellSelection selection, int groups, int[] group) {
        Panel panel = effects.panel();
        SelectionPass pass = InternalEffects.selections(effects);
        if (pass == null) {
            throw new IllegalStateException(
                    "averages over chosen cells, with weights or by group: this result was made by"
                            + " hand, loaded from a file or detached from its panel, whose cells they need; compute them from the"
                            + " result of the fit before it is detached or saved");
        }
        SelectedCells cells = new SelectedCells(groups, group, weights, selection.test(panel));
        try (PassRunner runner = InternalPanels.runner(panel, threads, null, new FitProgressTracker(progress -> {}))) {
            GroupSums sums = pass.run(runner, cells);
            return new AverageComputation(
                    sums, InternalEffects.scale(effects), effects.provenance().widening(), unavailable());
        }
    }

    /** Returns by treatment why nothing of it was estimated. */
    private List<@Nullable Estimate> unavailable() {
        List<@Nullable Estimate> byArm = new ArrayList<>();
        for (int arm = 1; arm < effects.panel().arms(); arm++) {
            Estimate all = effects.averages(arm).ate();
            byArm.add(all.isAvailable() ? null : all);
        }
        return byArm;
    }
}
