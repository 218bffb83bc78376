package io.github.rowwise.targeting;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.UnitEffects;
import java.util.List;

/**
 * The order in which units are best treated, and the units that a budget is spent on. Immutable, and safe for use by several
 * threads.
 *
 * <pre class="example">{@code
 * TargetPlan plan = Targeting.withDefaults().withBudget(Budget.share(0.2)).plan(effects);
 * System.out.println(plan.totalGain() + " instead of " + plan.randomGain() + " at random");
 * }</pre>
 */
public final class TargetPlan {

    private final UnitEffects effects;
    private final int arm;
    private final List<TargetUnit> units;
    private final int best;
    private final int unknown;
    private final ChoiceRule rule;
    private final Targeting.Candidates candidates;
    private final boolean hasCosts;
    private final Estimate totalGain;
    private final List<GainPoint> curve;

    TargetPlan(
            UnitEffects effects,
            int arm,
            ChoiceRule rule,
            List<TargetUnit> units,
            int best,
            int unknown,
            Targeting.Candidates candidates,
            boolean hasCosts,
            Estimate totalGain,
            List<GainPoint> curve) {
        this.effects = effects;
        this.arm = arm;
        this.units = List.copyOf(units);
        this.best = best;
        this.unknown = unknown;
        this.rule = rule;
        this.candidates = candidates;
        this.hasCosts = hasCosts;
        this.totalGain = totalGain;
        this.curve = curve;
    }

    /**
     * Returns the effects that the choice rests on.
     *
     * @return the result of the fit
     */
    public UnitEffects effects() {
        return effects;
    }

    /**
     * Returns the arm to treat with.
     *
     * @return 1 or more
     */
    public int arm() {
        return arm;
    }

    /**
     * Returns the candidates in the order in which they are best treated.
     *
     * @return immutable, at least one
     */
    public List<TargetUnit> units() {
        return units;
    }

    /**
     * Returns the chosen units in their order.
     *
     * @return immutable; empty if no unit is expected to be worth its cost
     */
    public List<TargetUnit> chosen() {
        return units.stream().filter(TargetUnit::isChosen).toList();
    }

    /**
     * Returns the number of best candidates that {@link TargetUnit#probabilityBest} is about.
     *
     * @return as many units as the budget allows; with a budget of an amount or without limit, as many as were chosen, and at
     *     least 1
     */
    public int best() {
        return best;
    }

    /**
     * Returns the number of candidates that are not in the order because nothing is known of their gain.
     *
     * @return 0 or more
     */
    public int unknown() {
        return unknown;
    }

    /**
     * Returns the budget.
     *
     * @return as it was given
     */
    public Budget budget() {
        return rule.budget();
    }

    /**
     * Returns which units are candidates.
     *
     * @return as it was given
     */
    public Targeting.Candidates candidates() {
        return candidates;
    }

    /**
     * Returns what one unit of the outcome is worth.
     *
     * @return as it was given
     */
    public double worth() {
        return rule.worth();
    }

    /**
     * Returns whether the treatment of units has costs.
     *
     * @return false if all costs are 0 because none were given
     */
    public boolean hasCosts() {
        return hasCosts;
    }

    /**
     * Returns the expected total gain per period if the chosen units are treated.
     *
     * @return in units of the outcome, with a standard error that counts what errors of units share; without a value if no unit is
     *     chosen
     */
    public Estimate totalGain() {
        return totalGain;
    }

    /**
     * Returns the sum of the costs of the chosen units.
     *
     * @return 0 or more, per period
     */
    public double totalCost() {
        return chosen().stream().mapToDouble(TargetUnit::cost).sum();
    }

    /**
     * Returns what the total gain is worth, less the costs.
     *
     * @return per period, in the unit of the costs; without a value if no unit is chosen
     */
    public Estimate totalValue() {
        return totalGain.isAvailable() ? Totals.plus(totalGain, worth(), -totalCost()) : totalGain;
    }

    /**
     * Returns the expected total gain per period if as many units were chosen at random among the candidates in the order.
     *
     * @return in units of the outcome; without a value if no unit is chosen
     */
    public Estimate randomGain() {
        return totalGain.isAvailable()
                ? Totals.scaled(curve.get(curve.size() - 1).averageGain(), chosen().size())
                : totalGain;
    }

    /**
     * Returns the curve of the expected gain against the share of the candidates that are treated, in their order.
     *
     * @return at most 20 points, the last of which has all candidates
     */
    public List<GainPoint> curve() {
        return curve;
    }

    /**
     * Describes the choice.
     *
     * @return number of chosen units and their total gain
     */
    @Override
    public String toString() {
        return chosen().size() + " of " + units.size() + " candidates, total gain " + totalGain;
    }
}
