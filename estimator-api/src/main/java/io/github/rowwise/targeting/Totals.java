package io.github.rowwise.targeting;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.InternalEffects;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.average.GainDraw;
import io.github.rowwise.internal.average.GroupSums;
import io.github.rowwise.internal.average.SelectedCells;
import io.github.rowwise.internal.average.SelectionPass;
import io.github.rowwise.internal.pass.FitProgressTracker;
import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.panel.InternalPanels;
import java.util.Arrays;
import java.util.List;

/**
 * Expected total gains of sets of units, with intervals that count what errors of units share. The units may have been chosen by
 * their posterior means.
 */
final class Totals {

    private static final int[] NONE = {};

    private final GroupSums sums;
    private final int arm;
    private final double scale;
    private final double widening;

    /**
     * Reads the panel once.
     *
     * @param groups number of sets that have no unit in common
     * @param groupOf set of each unit, -1 for none
     */
    Totals(UnitEffects effects, SelectionPass pass, int arm, int groups, int[] groupOf, int threads) {
        double[] equal = new double[groupOf.length];
        Arrays.fill(equal, 1);
        this.arm = arm;
        this.scale = InternalEffects.scale(effects);
        this.widening = effects.provenance().widening();
        try (PassRunner runner =
                InternalPanels.runner(effects.panel(), threads, null, new FitProgressTracker(progress -> {}))) {
            this.sums = pass.run(runner, new SelectedCells(groups, groupOf, equal, null, true));
        }
    }

    /** Returns draws of what a choice would promise and what would come true, in scaled outcomes; possibly none. */
    List<GainDraw> draws(long seed) {
        return sums.draws(arm, seed);
    }

    /**
     * Returns the total of some sets together, at least one of which has a unit.
     *
     * @param errors by draw: what a choice like this one promises too much, in scaled outcomes
     */
    Estimate total(int[] groups, double[] errors) {
        int units = 0;
        for (int group : groups) {
            units += sums.units(arm, 0, group);
        }
        GroupSums.Combination of = sums.combine(arm, 0, groups, NONE);
        double total = units * of.value();
        double variance = units * (double) units * of.variance();
        if (errors.length > 1) {
            double mean = Arrays.stream(errors).average().orElse(0);
            double spread = Arrays.stream(errors)
                            .map(error -> (error - mean) * (error - mean))
                            .sum()
                    / (errors.length - 1);
            total -= mean;
            double drawn = spread + units * (double) units * of.sharedVariance();
            // NaN, without standard errors of units, compares as false.
            variance = drawn > variance ? drawn : variance;
        }
        return Estimate.of(total / scale, widening * Math.sqrt(variance) / scale, of.degreesOfFreedom());
    }

    /** Multiplies an estimate by a number. */
    static Estimate scaled(Estimate estimate, double factor) {
        return plus(estimate, factor, 0);
    }

    /** Returns factor times estimate plus shift. */
    static Estimate plus(Estimate estimate, double factor, double shift) {
        double value = factor * estimate.value() + shift;
        return estimate.hasStandardError()
                ? Estimate.of(value, Math.abs(factor) * estimate.standardError(), estimate.degreesOfFreedom())
                : Estimate.withoutStandardError(value);
    }
}
