package io.github.rowwise.internal.factor.pass;

import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.model.PeriodMoments;

/**
 * The relative noise precisions of the periods, because real panels have quiet and volatile periods.
 *
 * <p>Their prior is a gamma distribution around 1. Its degrees of freedom are so many that no factor can fit a single
 * period perfectly by making its noise negligible.
 */
public final class PeriodNoiseScales {

    private static final double MIN_DEGREES_OF_FREEDOM = 50;

    /** Degrees of freedom per unit. A precision is at most one plus the inverse of this. */
    private static final double DEGREES_OF_FREEDOM_PER_UNIT = 1 / 3.0;

    private PeriodNoiseScales() {}

    private static double degreesOfFreedom(PanelCounts panel) {
        return Math.max(MIN_DEGREES_OF_FREEDOM, DEGREES_OF_FREEDOM_PER_UNIT * panel.allUnits());
    }

    /** Sets the precisions to the values that maximise the bound, given all other parameters. */
    public static void update(FactorState state, PanelCounts panel, PeriodSums sums) {
        double degreesOfFreedom = degreesOfFreedom(panel);
        double[] innovations = sums.innovations(PeriodMoments.unweighted(state, panel.correlated()));
        for (int j = 0; j < innovations.length; j++) {
            // Rounding may make the sum of squares slightly negative if there is no noise.
            double squares = Math.max(0, innovations[j]);
            state.periodPrecisions[j] = (degreesOfFreedom + panel.periodCells()[j]) / (degreesOfFreedom + squares);
        }
    }

    /** Returns the terms of the bound that depend on the precisions, without the squared innovations. */
    public static double bound(FactorState state, PanelCounts panel) {
        double degreesOfFreedom = degreesOfFreedom(panel);
        double sum = 0;
        for (int j = 0; j < state.periods(); j++) {
            double log = Math.log(state.periodPrecisions[j]);
            sum += .5 * panel.periodCells()[j] * log + .5 * degreesOfFreedom * (log - state.periodPrecisions[j] + 1);
        }
        return sum;
    }
}
