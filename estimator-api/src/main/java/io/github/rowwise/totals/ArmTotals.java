package io.github.rowwise.totals;

import java.util.Optional;

/**
 * What the effects of one arm amount to over all units with an estimate. Intervals count the errors that units share.
 *
 * <pre class="example">{@code
 * ArmTotals inAll = EffectTotals.of(effects).withValue(2.5).withCost(40).compute().arm(1);
 * System.out.println(inAll.netReturn().orElseThrow() + " over " + inAll.cells() + " cells");
 * }</pre>
 *
 * @param arm the arm, 1 or more
 * @param units number of units with an ATT
 * @param cells number of observed cells in the arm of these units
 * @param cellsWithoutEstimate number of observed cells in the arm of all other units, which count neither for effects nor for costs
 * @param percentOverTreatedCells what treatment adds to the sum of outcomes over these cells, in percent of the sum under control;
 *     empty without a scale
 * @param percentOverAllCells what treatment in all cells that are observed in the arm or under control would add to the sum of
 *     outcomes, in percent of the sum under control; empty without a scale
 * @param total the cumulative effect over the observed cells in the arm, in units of the outcome, or of its exponential for a
 *     logarithm
 * @param worth the sum of the effects over these cells, each times the value of one unit of outcome; empty without values
 * @param cost the cost of these cells; empty without costs
 * @param netReturn worth less cost; empty without costs
 * @param returnOnCost {@code netReturn} over {@code cost}; empty without costs
 */
public record ArmTotals(
        int arm,
        int units,
        long cells,
        long cellsWithoutEstimate,
        Optional<Amount> percentOverTreatedCells,
        Optional<Amount> percentOverAllCells,
        Amount total,
        Optional<Amount> worth,
        Optional<Double> cost,
        Optional<Amount> netReturn,
        Optional<Amount> returnOnCost) {}
