package io.github.rowwise.evaluation;

import io.github.rowwise.effects.UnitEffects;
import java.util.List;

/**
 * The result of a {@link PanelEvaluation}. Immutable.
 *
 * <pre class="example">{@code
 * Evaluation evaluation = PanelEvaluation.withDefaults()
 *         .withMethod("factor model", FactorModelEstimator.withDefaults())
 *         .run(panel);
 * for (MethodAccuracy method : evaluation.methods()) {
 *     System.out.println(method.method() + " " + method.accuracy().rmse());
 * }
 * }</pre>
 *
 * @param model the fit that the panels were drawn from; see {@link UnitEffects#factorModel()}
 * @param methods arm by arm, and within an arm method by method in the order they were given, difference of means and
 *     two-way fixed effects last
 * @param judged units by arm (from 1, at index arm - 1) that were judged
 * @param judgedByAtt those of them whose ATT was judged
 * @param effectSpread root mean square by arm of the true effects' deviation from their mean, over units and draws
 * @param draws number of draws
 * @param confidenceLevel level of the intervals that were judged
 * @param seed seed of the draws
 */
public record Evaluation(
        UnitEffects model,
        List<MethodAccuracy> methods,
        List<Integer> judged,
        List<Integer> judgedByAtt,
        List<Double> effectSpread,
        int draws,
        double confidenceLevel,
        long seed) {}
