package io.github.rowwise.targeting;

import io.github.rowwise.effects.Estimate;

/**
 * A unit in the order in which units are best treated.
 *
 * <pre class="example">{@code
 * for (TargetUnit unit : Targeting.withDefaults().withBudget(Budget.units(20)).plan(effects).chosen()) {
 *     System.out.println(unit.rank() + " " + unit.unit() + " " + unit.gain() + " " + unit.probabilityBest());
 * }
 * }</pre>
 *
 * @param rank 1 for the unit to treat first
 * @param unit name of the unit
 * @param index index of the unit in the panel
 * @param gain posterior of the effect per period of treatment, averaged over all periods, in units of the outcome
 * @param isPredicted whether the unit lacks the arm or control, so that the gain is predicted from other units
 * @param probabilityBest posterior probability that the unit is among the {@link TargetPlan#best()} best candidates; NaN where
 *     there are no standard errors
 * @param cost what the treatment of the unit costs per period; 0 without costs
 * @param value what the gain is worth, less the cost
 * @param isChosen whether the budget is best spent on the unit
 */
public record TargetUnit(
        int rank,
        String unit,
        int index,
        Estimate gain,
        boolean isPredicted,
        double probabilityBest,
        double cost,
        double value,
        boolean isChosen) {}
