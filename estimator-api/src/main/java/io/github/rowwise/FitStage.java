package io.github.rowwise;

/**
 * What a fit is at. Each estimator goes through some of them, in this order.
 *
 * <pre class="example">{@code
 * FitListener listener = progress -> {
 *     if (progress.stage() == FitStage.OUTLIER_CLIPPING) {
 *         System.out.println("nearly done");
 *     }
 * };
 * }</pre>
 */
public enum FitStage {
    /** Counting each unit's cells in each arm: propensities, gaps, pattern. */
    ASSIGNMENT,
    /** Two-way means of each arm, by unit and by period. */
    MEANS,
    /** Leading singular values and vectors: of Algorithm 1, or those that the factor model starts from. */
    SPECTRUM,
    /**
     * Iterations of the factor model that find factors, loadings and noise, and drop the factors without support. Where both
     * forms of the effects are tried it comes twice.
     */
    FACTORS,
    /** Iterations of the factor model with the factors found, outlying residuals limited. */
    OUTLIER_CLIPPING,
    /** Each unit's averages with their standard errors. */
    EFFECTS
}
