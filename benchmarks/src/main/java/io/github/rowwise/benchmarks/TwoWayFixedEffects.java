package io.github.rowwise.benchmarks;

import io.github.rowwise.Panel;

/**
 * The textbook comparison: {@code y_ij = a_i + g_j + t_i D_ij} by least squares, with an effect t_i for each unit, by
 * alternating between units and periods until nothing moves.
 */
final class TwoWayFixedEffects {

    private static final int MOST_SWEEPS = 10_000;
    private static final double SETTLED = 1e-9;

    private final Panel panel;
    private final double[][] levels;
    private final double[] periods;

    private TwoWayFixedEffects(Panel panel) {
        this.panel = panel;
        this.levels = new double[2][panel.units()];
        this.periods = new double[panel.periods()];
    }

    static TwoWayFixedEffects fit(Panel panel) {
        TwoWayFixedEffects fit = new TwoWayFixedEffects(panel);
        for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
            fit.fitUnits();
            if (fit.fitPeriods() < SETTLED) {
                break;
            }
        }
        fit.fitUnits();
        return fit;
    }

    /** The unit's effect, NaN where it lacks an arm. */
    double effect(int unit) {
        return levels[1][unit] - levels[0][unit];
    }

    /** A unit's level in each arm is the mean there of what the periods leave. */
    private void fitUnits() {
        for (int unit = 0; unit < panel.units(); unit++) {
            double[] sums = new double[2];
            int[] cells = new int[2];
            for (int period = 0; period < panel.periods(); period++) {
                if (panel.isObserved(unit, period)) {
                    sums[panel.arm(unit, period)] += panel.outcome(unit, period) - periods[period];
                    cells[panel.arm(unit, period)]++;
                }
            }
            levels[0][unit] = sums[0] / cells[0];
            levels[1][unit] = sums[1] / cells[1];
        }
    }

    private double fitPeriods() {
        double largestMove = 0;
        for (int period = 0; period < panel.periods(); period++) {
            double sum = 0;
            int cells = 0;
            for (int unit = 0; unit < panel.units(); unit++) {
                if (panel.isObserved(unit, period)) {
                    sum += panel.outcome(unit, period) - levels[panel.arm(unit, period)][unit];
                    cells++;
                }
            }
            double mean = cells == 0 ? 0 : sum / cells;
            largestMove = Math.max(largestMove, Math.abs(mean - periods[period]));
            periods[period] = mean;
        }
        return largestMove;
    }
}
