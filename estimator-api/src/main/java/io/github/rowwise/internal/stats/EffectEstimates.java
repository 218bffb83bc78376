package io.github.rowwise.internal.stats;

/**
 * Estimated effects of one arm against control, in scaled outcomes.
 *
 * <p>Each array is indexed by estimand (0: ATE, 1: ATT, 2: ATU), then by unit. An effect that is not identified is NaN.
 *
 * @param values estimates
 * @param variances sampling variances
 * @param degreesOfFreedom of Student's t distribution, by Satterthwaite's approximation
 */
public record EffectEstimates(double[][] values, double[][] variances, double[][] degreesOfFreedom) {

    /** Number of estimands: ATE, ATT and ATU. */
    public static final int ESTIMANDS = 3;
}
