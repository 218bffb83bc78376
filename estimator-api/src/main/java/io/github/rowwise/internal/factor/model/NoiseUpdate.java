package io.github.rowwise.internal.factor.model;

/** Updates a unit's noise parameters from its expected squared residuals. Defines the constants of their priors. */
public final class NoiseUpdate {

    /** Degrees of freedom of the prior that shrinks the innovation variances to the pooled variance. */
    public static final double VARIANCE_WEIGHT = 10;

    /** Precision of the prior that shrinks the autocorrelations to the pooled autocorrelation. */
    public static final double CORRELATION_WEIGHT = 200;

    private static final double MIN_CORRELATION = -.99;
    private static final double MAX_CORRELATION = .995;
    private static final int STEPS = 60;
    private static final double ROUNDING = 1e-13;
    private static final int ROUNDS = 3;

    private NoiseUpdate() {}

    /**
     * Updates the unit's autocorrelation and innovation variance alternately, three times.
     *
     * @param residuals expected squared residuals, as coefficients of 1, rho^2 and -rho (see {@link #whitened})
     */
    public static void update(
            FactorState state,
            PanelCounts panel,
            int unit,
            double[] residuals,
            double previousNoise,
            double[] noise,
            double[] correlation) {
        double variance = previousNoise;
        double rho = state.correlation[unit];
        int cells = panel.cells()[unit];
        for (int round = 0; round < ROUNDS; round++) {
            if (panel.correlated()) {
                double curvature = residuals[1] / variance;
                double slope = residuals[2] / variance;
                rho = mostLikelyCorrelation(
                        panel.runs()[unit],
                        rho,
                        curvature + CORRELATION_WEIGHT,
                        slope + 2 * CORRELATION_WEIGHT * state.pooledCorrelation);
            }
            variance = Math.max(
                    panel.minNoise(),
                    (VARIANCE_WEIGHT * state.pooledNoise + whitened(residuals, rho)) / (VARIANCE_WEIGHT + cells));
        }
        noise[unit] = variance;
        correlation[unit] = rho;
    }

    /** Returns the sum of squared whitened residuals: {@code parts[0] + rho^2 parts[1] - rho parts[2]}. */
    public static double whitened(double[] parts, double correlation) {
        double square = correlation * correlation;
        return parts[0] + square * parts[1] - correlation * parts[2];
    }

    /**
     * Returns the rho that maximises {@code runs/2 log(1 - rho^2) - (rho^2 curvature - rho slope) / 2}. The derivative
     * is decreasing. The root is found by Newton's method within a shrinking interval, with bisection for steps that
     * leave the interval.
     */
    private static double mostLikelyCorrelation(int runs, double start, double curvature, double slope) {
        double low = MIN_CORRELATION;
        double high = MAX_CORRELATION;
        double rho = start;
        for (int step = 0; step < STEPS; step++) {
            // The derivative times 1 - rho^2, which has the same sign.
            double rest = 1 - rho * rho;
            double linear = rho * curvature - slope / 2;
            double value = -runs * rho - linear * rest;
            if (value > 0) {
                low = rho;
            } else {
                high = rho;
            }
            double next = rho - value / (2 * rho * linear - runs - curvature * rest);
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
