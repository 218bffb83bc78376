/**
 * Evaluation of estimators on panels whose true effects are known.
 *
 * <p>Start with {@link io.github.rowwise.evaluation.PanelEvaluation}, which draws such panels from a fit of the caller's own
 * panel. {@link io.github.rowwise.evaluation.DifferenceOfMeans} and {@link io.github.rowwise.evaluation.TwoWayFixedEffects} are
 * simple estimators to compare with.
 *
 * <pre>{@code
 * Evaluation evaluation = PanelEvaluation.withDefaults()
 *         .withMethod("factor model", FactorModelEstimator.withDefaults())
 *         .run(panel);
 * }</pre>
 */
@NullMarked
package io.github.rowwise.evaluation;

import org.jspecify.annotations.NullMarked;
