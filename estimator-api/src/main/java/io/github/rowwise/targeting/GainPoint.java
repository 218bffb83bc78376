package io.github.rowwise.targeting;

import io.github.rowwise.effects.Estimate;

/**
 * A point of the curve of the expected gain against the share of candidates that are treated, the first in the order first.
 *
 * <pre class="example">{@code
 * for (GainPoint point : Targeting.withDefaults().plan(effects).curve()) {
 *     System.out.println(point.units() + " units: " + point.totalGain());
 * }
 * }</pre>
 *
 * @param share of the candidates
 * @param units number of units
 * @param totalGain sum of their gains per period, in units of the outcome
 * @param cost sum of their costs
 */
public record GainPoint(double share, int units, Estimate totalGain, double cost) {

    /**
     * Returns the average gain of these units.
     *
     * @return total over number, with its standard error
     */
    public Estimate averageGain() {
        return Totals.scaled(totalGain, 1.0 / units);
    }
}
