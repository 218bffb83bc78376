package io.github.rowwise.targeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.UnitColumn;
import io.github.rowwise.simulation.PanelSimulation;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TargetingTest {

    private static final int UNITS = 24;
    private static final Targeting ALL = Targeting.withDefaults().withCandidates(Candidates.ALL);

    @SuppressWarnings("NullAway.Init")
    private static UnitEffects effects;

    @BeforeAll
    static void fit() {
        effects = FactorModelEstimator.withDefaults()
                .withRankLimit(2)
                .fit(PanelSimulation.withDefaults()
                        .withSize(UNITS, 32)
                        .withRank(1)
                        .generate()
                        .panel());
    }

    private static UnitColumn costs(double... values) {
        return UnitColumn.ofNumbers("cost", values);
    }

    private static UnitColumn rising() {
        return costs(
                IntStream.range(0, UNITS).mapToDouble(unit -> 0.1 * (1 + unit)).toArray());
    }

    @Test
    void unitsAreOrderedByTheirGain() {
        TargetPlan plan = ALL.withBudget(Budget.units(5)).plan(effects);

        assertThat(plan.units())
                .hasSize(UNITS)
                .allMatch(unit -> unit.value() == unit.gain().value());
        assertThat(plan.units()).extracting(TargetUnit::value).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(plan.chosen()).extracting(TargetUnit::rank).containsExactly(1, 2, 3, 4, 5);
        assertThat(plan.best()).isEqualTo(5);
        assertThat(plan.units().stream()
                        .mapToDouble(TargetUnit::probabilityBest)
                        .sum())
                .isCloseTo(5, within(0.1));
        double sum = plan.chosen().stream().mapToDouble(TargetUnit::value).sum();
        // The prior is estimated from the same units, so that a little less is promised.
        assertThat(plan.totalGain().value()).isBetween(0.9 * sum, sum);
        assertThat(plan.totalGain().value()).isGreaterThan(plan.randomGain().value());
        assertThat(plan.curve()).hasSize(20);
        assertThat(plan.curve().get(19).units()).isEqualTo(UNITS);
    }

    @Test
    void theTotalOfAllUnitsIsTheirAverage() {
        GainPoint all = ALL.plan(effects).curve().get(19);

        // Each unit has an estimate. Nothing is gained by a choice of all, except by chance of the draws.
        assertThat(all.averageGain().value())
                .isCloseTo(effects.averages(1).ate().value(), within(0.02));
        assertThat(all.averageGain().standardError())
                .isCloseTo(effects.averages(1).ate().standardError(), Percentage.withPercentage(40));
    }

    @Test
    void lessIsBetterIfItsWorthIsNegative() {
        TargetPlan plan = ALL.withWorth(-2).withBudget(Budget.share(0.25)).plan(effects);
        TargetPlan reversed = ALL.plan(effects);

        assertThat(plan.units().get(0).unit())
                .isEqualTo(reversed.units().get(UNITS - 1).unit());
        assertThat(plan.units())
                .allMatch(unit -> unit.value() == -2 * unit.gain().value());
        assertThat(plan.chosen()).allMatch(unit -> unit.value() > 0);
    }

    @Test
    void anAmountIsSpentOnTheBestReturns() {
        TargetPlan plan = ALL.withCosts(rising()).withBudget(Budget.amount(2)).plan(effects);

        assertThat(plan.totalCost()).isLessThanOrEqualTo(2);
        assertThat(plan.units())
                .extracting(unit -> unit.value() / unit.cost())
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
        // What is left buys no other unit that is worth its cost.
        assertThat(plan.units())
                .filteredOn(unit -> !unit.isChosen() && unit.value() > 0)
                .allMatch(unit -> unit.cost() > 2 - plan.totalCost());
        assertThat(plan.totalValue().value()).isCloseTo(plan.totalGain().value() - plan.totalCost(), within(1e-12));
    }

    @Test
    void nothingIsChosenThatIsNotWorthItsCost() {
        double[] high = new double[UNITS];
        Arrays.fill(high, 1e6);
        TargetPlan plan = ALL.withCosts(costs(high)).plan(effects);

        assertThat(plan.chosen()).isEmpty();
        assertThat(plan.totalGain().isAvailable()).isFalse();
        assertThat(plan.totalValue().isAvailable()).isFalse();
    }

    @Test
    void candidatesWereNotTreatedWhenLastObserved() {
        Panel panel = effects.panel();
        assertThat(Targeting.withDefaults().plan(effects).units())
                .isNotEmpty()
                .allMatch(unit -> panel.arm(unit.index(), panel.periods() - 1) == 0);
    }

    @Test
    void unitsWithoutTreatmentAreChosenByTheirPredictions() {
        UnitEffects staggered = FactorModelEstimator.withDefaults()
                .withRankLimit(2)
                .fit(PanelSimulation.withDefaults()
                        .withSize(UNITS, 30)
                        .withRank(1)
                        .withAssignment(PanelSimulation.Assignment.STAGGERED)
                        .generate()
                        .panel());
        TargetPlan plan = Targeting.withDefaults().plan(staggered);

        assertThat(plan.units()).isNotEmpty().allMatch(TargetUnit::isPredicted);
        assertThat(plan.totalGain().hasStandardError()).isTrue();
        RankingArea area = RankingTest.withDefaults().run(staggered);
        assertThat(area.isTested()).isFalse();
        assertThat(area.area().toString()).contains("adopted and kept");
        assertThat(area.pValue()).isNaN();
    }

    @Test
    void threadsDoNotChangeTheChoice() {
        TargetPlan one = ALL.withThreads(1).withBudget(Budget.units(6)).plan(effects);
        TargetPlan three = ALL.withThreads(3).withBudget(Budget.units(6)).plan(effects);

        assertThat(one.totalGain().value()).isEqualTo(three.totalGain().value());
        assertThat(one.totalGain().standardError()).isEqualTo(three.totalGain().standardError());
        assertThat(one.units())
                .extracting(TargetUnit::probabilityBest)
                .isEqualTo(
                        three.units().stream().map(TargetUnit::probabilityBest).toList());
    }

    @Test
    void whatCannotBeChosenIsRejected() {
        assertThatThrownBy(() -> ALL.withBudget(Budget.amount(3)).plan(effects))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a budget of an amount needs the costs of the units");
        double[] wrong = rising().numbers();
        wrong[3] = -1;
        assertThatThrownBy(() -> ALL.withCosts(costs(wrong)).plan(effects))
                .hasMessageContaining("the cost -1.0 of unit")
                .hasMessageContaining("not a finite number of 0 or more");
        wrong[3] = 0;
        assertThatThrownBy(() ->
                        ALL.withCosts(costs(wrong)).withBudget(Budget.amount(1)).plan(effects))
                .hasMessageContaining("is 0");
        assertThatThrownBy(() -> ALL.withArm(2).plan(effects)).hasMessageContaining("arm 2: the panel has");
        assertThatThrownBy(() -> ALL.plan(SpectralEstimator.withDefaults().fit(effects.panel())))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ALL.plan(effects.detach())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Budget.units(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Budget.share(1.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Budget.amount(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ALL.withWorth(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void probabilitiesAreThoseOfManyDraws() {
        double[] means = {0, 0.3, 0.5, 1.1, -2};
        double[] errors = {1, 0.1, 2, 0.5, 0.4};
        double[] freedom = new double[5];
        Arrays.fill(freedom, Double.POSITIVE_INFINITY);
        double[] counts = new double[5];
        SplittableRandom random = new SplittableRandom(5);
        int draws = 100_000;
        for (int draw = 0; draw < draws; draw++) {
            double[] drawn = IntStream.range(0, 5)
                    .mapToDouble(k -> means[k] + errors[k] * random.nextGaussian())
                    .toArray();
            double[] sorted = drawn.clone();
            Arrays.sort(sorted);
            for (int k = 0; k < 5; k++) {
                counts[k] += drawn[k] >= sorted[3] ? 1.0 / draws : 0;
            }
        }
        assertThat(BestProbabilities.of(means, errors, freedom, 2, 1)).containsExactly(counts, within(0.03));
        assertThat(BestProbabilities.of(means, errors, freedom, 5, 1)).containsOnly(1);
    }

    @Test
    void theAreaIsTheAverageOverSharesOfWhatTheTopGainsMore() {
        SplittableRandom random = new SplittableRandom(2);
        int n = 30;
        double[][] of = new double[4][n];
        for (double[] row : of) {
            Arrays.setAll(row, k -> random.nextGaussian());
        }
        of[0][3] = Double.NaN;
        of[1][3] = Double.NaN;
        HalfScores first = new HalfScores(of[0], of[1]);
        HalfScores second = new HalfScores(of[2], of[3]);
        int[] both = IntStream.range(0, n).filter(k -> k != 3).toArray();

        RankingArea area = CrossFit.of(first, second, false, 0);

        double expected = (slow(of[0], of[3], both) + slow(of[2], of[1], both)) / 2;
        assertThat(area.area().value()).isCloseTo(expected, within(1e-12));
        assertThat(area.units()).isEqualTo(n - 1);
        assertThat(CrossFit.of(second, first, false, 0).area().value()).isCloseTo(expected, within(1e-12));
    }

    /** Average over k of the mean score of the first k minus the mean score of all. */
    private static double slow(double[] order, double[] scores, int[] units) {
        int[] sorted = Arrays.stream(units)
                .boxed()
                .sorted((a, b) -> Double.compare(order[b], order[a]))
                .mapToInt(k -> k)
                .toArray();
        double all = Arrays.stream(units).mapToDouble(k -> scores[k]).average().orElseThrow();
        double sum = 0;
        for (int k = 1; k <= sorted.length; k++) {
            sum += Arrays.stream(sorted, 0, k)
                            .mapToDouble(unit -> scores[unit])
                            .average()
                            .orElseThrow()
                    - all;
        }
        return sum / sorted.length;
    }

    @Test
    void tiedUnitsHaveTheSameWeight() {
        assertThat(CrossFit.weights(new double[] {1, 1, 1, 1})).containsExactly(new double[4], within(1e-15));
        double[] weights = CrossFit.weights(new double[] {2, 5, 2, 1});
        assertThat(weights[0]).isEqualTo(weights[2]);
        assertThat(Arrays.stream(weights).sum()).isCloseTo(0, within(1e-15));
    }

    @Test
    void halvesShareNoPeriodAndAreApart() {
        boolean[] first = HalfScores.periods(40, 0, 3);
        boolean[] second = HalfScores.periods(40, 1, 3);
        for (int j = 0; j < 40; j++) {
            for (int k = Math.max(0, j - 3); k < Math.min(40, j + 4); k++) {
                assertThat(first[j] && second[k]).isFalse();
            }
        }
        assertThat(IntStream.range(0, 40).filter(j -> first[j]).count()).isEqualTo(17);
    }

    @Test
    void theOrderOfUnitsThatDifferIsWorthSomething() {
        RankingTest test = RankingTest.withDefaults()
                .withEstimator(FactorModelEstimator.withDefaults().withRankLimit(2));
        RankingArea area = test.run(effects);

        assertThat(area.isTested()).isTrue();
        assertThat(area.area().value()).isPositive();
        assertThat(area.pValue()).isLessThan(0.05);
        // The units that are lowest first: the order is as good.
        assertThat(test.withLessBetter(true).run(effects).pValue()).isLessThan(0.05);
        assertThat(RankingTest.withDefaults()
                        .run(FactorModelEstimator.withDefaults()
                                .fit(PanelSimulation.withDefaults()
                                        .withSize(12, 12)
                                        .generate()
                                        .panel()))
                        .area()
                        .toString())
                .contains("too few periods");
    }
}
