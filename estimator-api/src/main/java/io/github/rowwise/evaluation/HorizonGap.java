package io.github.rowwise.evaluation;

import io.github.rowwise.effects.Estimate;

/**
 * How far outcomes of control cells lie from their prediction, a number of periods before treatment starts or after it ends.
 *
 * <pre class="example">{@code
 * for (HorizonGap gap : PanelCheck.withDefaults().run(panel).anticipation().horizons()) {
 *     System.out.println(gap.horizon() + " " + gap.gap());
 * }
 * }</pre>
 *
 * @param horizon number of periods until the start or since the end, 1 or more
 * @param cells hidden cells at this distance
 * @param units units that they belong to
 * @param gap average of observed less predicted outcome, in units of the outcome. A cell that is near a start and near an end
 *     counts for what neither explains alone. Without a number where no cell tells the two apart
 * @param equivalencePValue p-value of the hypothesis that the gap is at least as large as the bound, by two one-sided tests; NaN
 *     where the gap has no standard error
 */
public record HorizonGap(int horizon, long cells, int units, Estimate gap, double equivalencePValue) {}
