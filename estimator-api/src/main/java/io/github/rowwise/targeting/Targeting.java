package io.github.rowwise.targeting;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.InternalEffects;
import io.github.rowwise.effects.PredictedEffect;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.average.SelectionPass;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.UnitColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses which units to treat next, from the effects that a factor model found.
 *
 * <p>The gain of a unit is the posterior of its effect per period of treatment, averaged over all periods (the ATE); for a unit that
 * lacks the arm it is the {@link PredictedEffect prediction}. A period of treatment is worth {@code worth * gain - cost}. Units
 * are ordered by this value; if the budget is an {@link Budget#amount amount}, by the value per unit of cost. Units whose expected
 * value is not above 0 are never chosen.
 *
 * <p>The total gain of the chosen units has an interval that counts what errors of units share: those of the prior mean, the factors
 * and the period effects. Posterior means are shrunk and a posterior does not depend on what is done with it, so that a choice by them
 * would promise the right total if the prior were known. It is estimated from the same units. What a choice promises too much for
 * that, and by how much the interval is wider, is found by a parametric bootstrap of the prior (up to 2,000 units; with more,
 * it is negligible). The panel is read once.
 *
 * <p>It is assumed that effects stay as they were. Immutable, and safe for use by several threads. The result is the same for
 * any number of threads.
 *
 * <pre class="example">{@code
 * UnitColumn cost = UnitColumn.ofNumbers("cost", 120, 80, 95);
 * TargetPlan plan = Targeting.withDefaults().withCosts(cost).withWorth(2.5).withBudget(Budget.amount(10_000)).plan(effects);
 * System.out.println(plan.chosen().size() + " units gain " + plan.totalGain() + " per period");
 * }</pre>
 */
public final class Targeting {

    /** Which units may be chosen. */
    public enum Candidates {
        /** Units that were not treated, in any arm, in the last period in which they were observed. */
        UNTREATED("untreated"),
        /** All units. */
        ALL("all");

        private final String label;

        Candidates(String label) {
            this.label = label;
        }

        /**
         * Returns the name of the choice.
         *
         * @return one word
         */
        public String label() {
            return label;
        }
    }

    private final Budget budget;
    private final Candidates candidates;
    private final double worth;
    private final @Nullable UnitColumn costs;
    private final int arm;
    private final long seed;
    private final int threads;

    private Targeting(
            Budget budget,
            Candidates candidates,
            double worth,
            @Nullable UnitColumn costs,
            int arm,
            long seed,
            int threads) {
        this.budget = budget;
        this.candidates = candidates;
        this.worth = worth;
        this.costs = costs;
        this.arm = arm;
        this.seed = seed;
        this.threads = threads;
    }

    /**
     * Returns a choice among the units that are not treated, without limit or costs, with a worth of 1 per unit of the outcome, for
     * the first arm, with seed 1.
     *
     * @return the defaults
     */
    public static Targeting withDefaults() {
        return new Targeting(
                Budget.unlimited(),
                Candidates.UNTREATED,
                1,
                null,
                1,
                1,
                Runtime.getRuntime().availableProcessors());
    }

    /**
     * Sets the budget.
     *
     * @param limit the budget; an amount needs {@link #withCosts costs}
     * @return a changed copy
     */
    public Targeting withBudget(Budget limit) {
        return new Targeting(Objects.requireNonNull(limit), candidates, worth, costs, arm, seed, threads);
    }

    /**
     * Sets which units may be chosen.
     *
     * @param among the candidates
     * @return a changed copy
     */
    public Targeting withCandidates(Candidates among) {
        return new Targeting(budget, Objects.requireNonNull(among), worth, costs, arm, seed, threads);
    }

    /**
     * Sets what one unit of the outcome is worth, in the unit of the costs.
     *
     * @param ofOutcome a finite number other than 0; negative if a lower outcome is better
     * @return a changed copy
     * @throws IllegalArgumentException if it is 0 or not finite
     */
    public Targeting withWorth(double ofOutcome) {
        if (ofOutcome == 0 || !Double.isFinite(ofOutcome)) {
            throw new IllegalArgumentException("worth " + ofOutcome
                    + " of a unit of the outcome: give a finite number other than 0; negative if less is better");
        }
        return new Targeting(budget, candidates, ofOutcome, costs, arm, seed, threads);
    }

    /**
     * Sets what the treatment of each unit costs per period.
     *
     * @param ofUnits one number of 0 or more per unit, in the panel's order; above 0 with a budget of an amount
     * @return a changed copy
     */
    public Targeting withCosts(UnitColumn ofUnits) {
        return new Targeting(budget, candidates, worth, Objects.requireNonNull(ofUnits), arm, seed, threads);
    }

    /**
     * Sets the arm to treat with.
     *
     * @param number 1 or more
     * @return a changed copy
     * @throws IllegalArgumentException if it is below 1
     */
    public Targeting withArm(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("arm " + number + ": give 1 or more; 0 is control");
        }
        return new Targeting(budget, candidates, worth, costs, number, seed, threads);
    }

    /**
     * Sets the seed of the draws that probabilities are computed from.
     *
     * @param number any number
     * @return a changed copy
     */
    public Targeting withSeed(long number) {
        return new Targeting(budget, candidates, worth, costs, arm, number, threads);
    }

    /**
     * Sets the number of threads that read the panel.
     *
     * @param number 1 or more; the number of processors by default
     * @return a changed copy
     * @throws IllegalArgumentException if the number is below 1
     */
    public Targeting withThreads(int number) {
        if (number < 1) {
            throw new IllegalArgumentException(number + " threads: give 1 or more");
        }
        return new Targeting(budget, candidates, worth, costs, arm, seed, number);
    }

    /**
     * Orders the candidates and chooses.
     *
     * @param effects what a factor model found, with its panel's cells
     * @return the order, the chosen units and their total gain
     * @throws IllegalStateException if the result is not that of a factor model, was made by hand, loaded or detached, or is that of
     *     a {@link io.github.rowwise.panel.PanelShard shard}
     * @throws IllegalArgumentException if the panel lacks the arm, if there is not one cost per unit, if a cost is missing or
     *     negative, or is 0 with a budget of an amount, or if there is such a budget without costs; or if there is no candidate
     *     whose gain is known
     */
    public TargetPlan plan(UnitEffects effects) {
        Panel panel = effects.panel();
        InternalPanels.requireWhole(panel, "a choice of units");
        SelectionPass pass = InternalEffects.selections(effects);
        if (effects.factorModel().isEmpty() || pass == null) {
            throw new IllegalStateException(
                    "a choice of units needs the result of a factor model with the cells of its panel,"
                            + " because it rests on posteriors; this one is of another method, or was made by hand, loaded or"
                            + " detached");
        }
        if (arm >= panel.arms()) {
            throw new IllegalArgumentException("arm " + arm + ": the panel has the arms 0 to " + (panel.arms() - 1));
        }
        double[] costOf = costs(panel);
        boolean[] isCandidate = candidates(panel);
        List<Candidate> known = known(effects, isCandidate);
        int all = 0;
        for (boolean one : isCandidate) {
            all += one ? 1 : 0;
        }
        if (known.isEmpty()) {
            throw new IllegalArgumentException(
                    all == 0
                            ? "no candidate: every unit was treated when it was last observed; choose among all units"
                            : "no gain is known of any of the " + all + " candidates");
        }
        ChoiceRule rule = new ChoiceRule(
                known.stream().mapToDouble(one -> costOf[one.unit]).toArray(), worth, budget);
        double[] gains = known.stream().mapToDouble(one -> one.gain.value()).toArray();
        int[] order = rule.order(gains);
        boolean[] isChosen = rule.choose(order, gains);
        int chosen = 0;
        for (boolean one : isChosen) {
            chosen += one ? 1 : 0;
        }
        int most = budget.mostUnits(order.length);
        int best = most < order.length ? most : Math.max(1, chosen);
        double[] probabilities = probabilities(rule, known, order, best);
        List<TargetUnit> units = new ArrayList<>();
        for (int k = 0; k < order.length; k++) {
            Candidate one = known.get(order[k]);
            units.add(new TargetUnit(
                    k + 1,
                    panel.unitNames().get(one.unit),
                    one.unit,
                    one.gain,
                    one.isPredicted,
                    probabilities[k],
                    rule.costs()[order[k]],
                    rule.value(order[k], gains[order[k]]),
                    isChosen[k]));
        }
        PlanTotals totals = new PlanTotals(effects, pass, arm, rule, units, threads, seed);
        return totals.plan(best, all - order.length, candidates, costs != null);
    }

    /** A unit whose gain is known. */
    private record Candidate(int unit, Estimate gain, boolean isPredicted) {}

    private double[] costs(Panel panel) {
        UnitColumn column = costs;
        if (column == null) {
            if (budget.isAmount()) {
                throw new IllegalArgumentException("a budget of an amount needs the costs of the units");
            }
            return new double[panel.units()];
        }
        String where = "column " + Quoted.value(column.name());
        if (column.units() != panel.units()) {
            throw new IllegalArgumentException(
                    where + " has " + column.units() + " values for " + panel.units() + " units: give one per unit");
        }
        double[] numbers = column.numbers();
        for (int unit = 0; unit < numbers.length; unit++) {
            double cost = numbers[unit];
            if (!(cost >= 0) || Double.isInfinite(cost) || (cost == 0 && budget.isAmount())) {
                throw new IllegalArgumentException(where + ": the cost "
                        + (Double.isNaN(cost) ? "" : cost + " ") + "of unit "
                        + Quoted.value(panel.unitNames().get(unit))
                        + (Double.isNaN(cost)
                                ? " is missing; give every unit one"
                                : cost == 0
                                        ? " is 0, so that an amount of money does not limit it; give a number above 0"
                                        : " is not a finite number of 0 or more"));
            }
        }
        return numbers;
    }

    private boolean[] candidates(Panel panel) {
        boolean[] is = new boolean[panel.units()];
        Arrays.fill(is, candidates == Candidates.ALL);
        if (candidates == Candidates.UNTREATED) {
            panel.forEachRow((unit, outcomes, arms) -> {
                int last = arms.length - 1;
                while (last > 0 && arms[last] < 0) {
                    last--;
                }
                is[unit] = arms[last] <= 0;
            });
        }
        return is;
    }

    private List<Candidate> known(UnitEffects effects, boolean[] isCandidate) {
        Map<String, Estimate> predicted = new HashMap<>();
        for (PredictedEffect one : effects.predictions()) {
            if (one.arm() == arm) {
                predicted.put(one.unit(), one.ate());
            }
        }
        List<Candidate> known = new ArrayList<>();
        for (int unit = 0; unit < isCandidate.length; unit++) {
            UnitEffect effect = effects.effect(unit, arm);
            boolean isPredicted = !effect.ate().isAvailable();
            Estimate gain = isPredicted ? predicted.get(effect.unit()) : effect.ate();
            if (isCandidate[unit] && gain != null && gain.isAvailable()) {
                known.add(new Candidate(unit, gain, isPredicted));
            }
        }
        return known;
    }

    /** Returns the probabilities in the order. */
    private double[] probabilities(ChoiceRule rule, List<Candidate> known, int[] order, int best) {
        if (known.stream().anyMatch(one -> !one.gain.hasStandardError())) {
            return IntStream.of(order).mapToDouble(k -> Double.NaN).toArray();
        }
        return BestProbabilities.of(
                IntStream.of(order)
                        .mapToDouble(k -> rule.score(k, known.get(k).gain.value()))
                        .toArray(),
                IntStream.of(order)
                        .mapToDouble(k -> rule.perGain(k) * known.get(k).gain.standardError())
                        .toArray(),
                IntStream.of(order)
                        .mapToDouble(k -> known.get(k).gain.degreesOfFreedom())
                        .toArray(),
                best,
                seed);
    }

    /**
     * Describes the choice.
     *
     * @return the budget and the candidates
     */
    @Override
    public String toString() {
        return "choice of units to treat with arm " + arm + " among " + candidates.label() + " units, budget " + budget;
    }
}
