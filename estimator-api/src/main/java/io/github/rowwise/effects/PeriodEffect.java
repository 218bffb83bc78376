package io.github.rowwise.effects;

/**
 * The effect of one arm in one period, averaged over the estimable units.
 *
 * <pre class="example">{@code
 * for (PeriodEffect at : effects.byPeriod(1)) {
 *     System.out.println(at.period() + " " + at.effect() + ", " + at.treatedUnits() + " treated");
 * }
 * }</pre>
 *
 * @param period name of the period
 * @param effect the average of M_ij over units i; with a standard error if a factor model was fitted
 * @param treatedUnits units observed in the arm in this period; where 0, the effect is extrapolated in time
 */
public record PeriodEffect(String period, Estimate effect, int treatedUnits) {}
