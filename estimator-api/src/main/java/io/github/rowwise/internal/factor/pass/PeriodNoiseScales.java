package io.github.rowwise.internal.factor.pass;

import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.model.PeriodMoments;

/**
 * The precisions of the noise by period: real panels have quiet and wild periods. Their prior is a gamma distribution around
 * 1 with so many degrees of freedom that no factor can take one period for itself by making it precise.
 */
public final class PeriodNoiseScales {

    private static final double LEAST_FREEDOM = 50;

    /** Bounds a precision by one plus the inverse of this. */
    private static final double FREEDOM_A_UNIT = 1 / 3.0;

    private PeriodNoiseScales() {}

    private static double freedom(PanelCounts panel) {
        return Math.max(LEAST_FREEDOM, FREEDOM_A_UNIT * panel.allUnits());
    }

    /** Sets the precisions to where the bound is highest, given all else. */
    public static void update(FactorState state, PanelCounts panel, PeriodSums sums) {
        double freedom = freedom(panel);
        double[] innovations = sums.innovations(PeriodMoments.unweighted(state, panel.correlated()));
        for (int j = 0; j < innovations.length; j++) {
            // Rounding may leave a sum of squares just below zero where nothing is left of the noise.
            double squares = Math.max(0, innovations[j]);
            state.precisions[j] = (freedom + panel.periodCells()[j]) / (freedom + squares);
        }
    }

    /** What the precisions add to the bound, squared innovations aside. */
    public static double bound(FactorState state, PanelCounts panel) {
        double freedom = freedom(panel);
        double sum = 0;
        for (int j = 0; j < state.periods(); j++) {
            double log = Math.log(state.precisions[j]);
            sum += .5 * panel.periodCells()[j] * log + .5 * freedom * (log - state.precisions[j] + 1);
        }
        return sum;
    }
}
