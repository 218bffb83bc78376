package io.github.rowwise.evaluation;

/**
 * How accurate one method was on the drawn panels, in one arm.
 *
 * <pre class="example">{@code
 * for (MethodAccuracy method : PanelEvaluation.withDefaults().run(panel).methods()) {
 *     System.out.println(method.method() + " RMSE " + method.accuracy().rmse());
 * }
 * }</pre>
 *
 * @param method the method in words
 * @param arm the arm, 1 or more
 * @param accuracy over all draws
 */
public record MethodAccuracy(String method, int arm, Accuracy accuracy) {}
