package io.github.rowwise.effects;

/**
 * What a factor model expects of an arm's effect on a unit that lacks the arm, or control: from what was seen of the unit
 * and from how effects go with levels among the other units.
 *
 * <p>A prediction, no estimate: no cell of the unit compares the two arms, so it is as good as the assumption that the
 * unit is like the others. Its standard error has the spread of effects between units in it.
 *
 * <pre class="example">{@code
 * for (PredictedEffect prediction : effects.predictions()) {
 *     System.out.println(prediction.unit() + " " + prediction.ate());
 * }
 * }</pre>
 *
 * @param unit name of the unit
 * @param arm the arm, 1 or more
 * @param ate the effect averaged over all periods
 */
public record PredictedEffect(String unit, int arm, Estimate ate) {}
