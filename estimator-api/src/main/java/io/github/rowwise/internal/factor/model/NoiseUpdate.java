package io.github.rowwise.internal.factor.model;

import io.github.rowwise.internal.factor.pass.UnitSums;

/** How a unit's noise follows from its expected squared residuals, and the constants of its priors. */
public final class NoiseUpdate {

    /** Degrees of freedom of the prior that draws innovation variances together. */
    public static final double VARIANCE_WEIGHT = 10;

    /** Precision of the prior that draws correlations together. */
    public static final double CORRELATION_WEIGHT = 200;

    private static final double LOWEST = -.99;
    private static final double HIGHEST = .995;
    private static final int STEPS = 60;
    private static final double ROUNDING = 1e-13;
    private static final int ROUNDS = 3;

    private NoiseUpdate() {}

    /**
     * Sets the unit's correlation and innovation variance in turn, three times.
     *
     * @param residuals expected squared residuals, in the parts of the precision (see {@link UnitSums})
     */
    public static void update(
            FactorState state,
            PanelCounts panel,
            int unit,
            double[] residuals,
            double formerNoise,
            double[] noise,
            double[] correlation) {
        double variance = formerNoise;
        double rho = state.correlation[unit];
        int cells = panel.cells()[unit];
        for (int round = 0; round < ROUNDS; round++) {
            if (panel.correlated()) {
                double curvature = residuals[1] / variance;
                double slope = residuals[2] / variance;
                rho = likeliest(
                        panel.runs()[unit],
                        rho,
                        curvature + CORRELATION_WEIGHT,
                        slope + 2 * CORRELATION_WEIGHT * state.pooledCorrelation);
            }
            variance = Math.max(
                    panel.leastNoise(),
                    (VARIANCE_WEIGHT * state.pooledNoise + whitened(residuals, rho)) / (VARIANCE_WEIGHT + cells));
        }
        noise[unit] = variance;
        correlation[unit] = rho;
    }

    /** The parts weighted with a correlation. */
    public static double whitened(double[] parts, double correlation) {
        double square = correlation * correlation;
        return parts[0] + square * parts[1] - correlation * parts[2];
    }

    /**
     * argmax of {@code runs/2 log(1 - rho^2) - (rho^2 curvature - rho slope) / 2}, whose derivative falls: by Newton's steps
     * within an interval that shrinks around it, and halving where a step leaves that.
     */
    private static double likeliest(int runs, double former, double curvature, double slope) {
        double low = LOWEST;
        double high = HIGHEST;
        double rho = former;
        for (int step = 0; step < STEPS; step++) {
            // The derivative times 1 - rho^2, which has its sign.
            double rest = 1 - rho * rho;
            double pull = rho * curvature - slope / 2;
            double value = -runs * rho - pull * rest;
            if (value > 0) {
                low = rho;
            } else {
                high = rho;
            }
            double next = rho - value / (2 * rho * pull - runs - curvature * rest);
            if (!(next > low && next < high)) {
                next = (low + high) / 2;
            }
            if (Math.abs(next - rho) < ROUNDING) {
                return next;
            }
            rho = next;
        }
        return rho;
    }
}
