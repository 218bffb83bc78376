package io.github.rowwise.totals;

import java.util.Optional;

/**
 * What the effect of one arm on one unit amounts to.
 *
 * <pre class="example">{@code
 * for (UnitTotals unit : EffectTotals.of(effects).withScale(OutcomeScale.LEVEL).compute().units()) {
 *     System.out.println(unit.unit() + " " + unit.attPercent().map(Amount::toString).orElse(""));
 * }
 * }</pre>
 *
 * @param unit name of the unit
 * @param arm the arm, 1 or more
 * @param atePercent the ATE in percent; empty without a scale
 * @param attPercent the ATT in percent; empty without a scale
 * @param total the cumulative effect over the observed cells in the arm, in units of the outcome, or of its exponential for a
 *     logarithm
 * @param worth the total times the value of one unit of outcome; empty without values
 * @param cost the cost of the observed cells in the arm; empty without costs
 * @param netReturn worth less cost; empty without costs
 * @param returnOnCost {@code netReturn} over {@code cost}, 0 where the worth just pays the cost; empty without costs
 */
public record UnitTotals(
        String unit,
        int arm,
        Optional<Amount> atePercent,
        Optional<Amount> attPercent,
        Amount total,
        Optional<Amount> worth,
        Optional<Double> cost,
        Optional<Amount> netReturn,
        Optional<Amount> returnOnCost) {}
