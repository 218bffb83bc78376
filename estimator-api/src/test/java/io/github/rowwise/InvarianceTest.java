package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.simulation.PanelSimulation;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must not change an answer, and what must change it in a known way. */
@Tag("slow")
class InvarianceTest {

    private static final double TOLERANCE = 1e-9;

    record Case(Panel panel, RankRule rank) {

        UnitEffects fit(Panel other, Centring centring) {
            return SpectralEstimator.withDefaults()
                    .withBackend("ejml")
                    .withRank(rank)
                    .withCentring(centring)
                    .fit(other);
        }

        @Override
        public String toString() {
            return panel.units() + " x " + panel.periods() + ", " + rank;
        }
    }

    static List<Case> cases() {
        Panel tiny = simulated(45, 35);
        Panel large = simulated(215, 205);
        return Stream.of(RankRule.fixed(2), RankRule.signFlip(), RankRule.eigenvalueRatio(), RankRule.heldOut())
                .flatMap(rule -> Stream.of(new Case(tiny, rule), new Case(large, rule)))
                .toList();
    }

    private static Panel simulated(int units, int periods) {
        return PanelSimulation.withDefaults()
                .withSize(units, periods)
                .withMissing(0.1)
                .withSeed(11)
                .generate()
                .panel();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void permutingUnitsPermutesTheAnswer(Case c) {
        int[] order = Draws.permutation(c.panel().units(), 1);
        int[] periods = IntStream.range(0, c.panel().periods()).toArray();
        UnitEffects expected = c.fit(c.panel(), Centring.TWO_WAY);
        UnitEffects actual = c.fit(Draws.ordered(c.panel(), order, periods), Centring.TWO_WAY);

        assertSame(expected, actual, order, Function.identity(), 1);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void permutingPeriodsLeavesTheAnswer(Case c) {
        int[] units = IntStream.range(0, c.panel().units()).toArray();
        int[] order = Draws.permutation(c.panel().periods(), 2);
        UnitEffects expected = c.fit(c.panel(), Centring.TWO_WAY);
        UnitEffects actual = c.fit(Draws.ordered(c.panel(), units, order), Centring.TWO_WAY);

        assertSame(expected, actual, units, Function.identity(), 1);
        double[] before = expected.effectMatrix().row(3);
        double[] after = actual.effectMatrix().row(3);
        assertThat(Tables.distance(
                        after, IntStream.of(order).mapToDouble(j -> before[j]).toArray()))
                .isLessThan(TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void scalingOutcomesScalesTheAnswer(Case c) {
        int[] units = IntStream.range(0, c.panel().units()).toArray();
        // The passes over a large panel do not depend on the means.
        boolean isLarge = c.panel().units() > 200;
        for (Centring centring : isLarge ? new Centring[] {Centring.TWO_WAY} : Centring.values()) {
            UnitEffects expected = c.fit(c.panel(), centring);
            for (double factor : new double[] {-3, 1e-150, 1e150}) {
                UnitEffects actual = c.fit(Draws.with(c.panel(), y -> factor * y), centring);
                assertSame(expected, actual, units, theta -> factor * theta, Math.abs(factor));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void addingToTreatedCellsMovesEveryEffectByAsMuch(Case c) {
        int[] units = IntStream.range(0, c.panel().units()).toArray();
        UnitEffects expected = c.fit(c.panel(), Centring.TWO_WAY);
        UnitEffects actual = c.fit(Draws.with(c.panel(), (i, j, arm, y) -> arm == 1 ? y + 7.5 : y), Centring.TWO_WAY);

        assertSame(expected, actual, units, theta -> theta + 7.5, 1);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void unitAndPeriodEffectsOnBothArmsMoveNothing(Case c) {
        int[] units = IntStream.range(0, c.panel().units()).toArray();
        UnitEffects expected = c.fit(c.panel(), Centring.TWO_WAY);
        for (Draws.Cell shifted : List.<Draws.Cell>of(
                (i, j, arm, y) -> y + 40, (i, j, arm, y) -> y + Math.sin(i) * 5, (i, j, arm, y) -> y + 5 * (j % 7))) {
            assertSame(
                    expected, c.fit(Draws.with(c.panel(), shifted), Centring.TWO_WAY), units, Function.identity(), 1);
        }
    }

    /** Unit k of {@code actual} is unit {@code order[k]} of {@code expected}. */
    private static void assertSame(
            UnitEffects expected, UnitEffects actual, int[] order, Function<Double, Double> theta, double factor) {
        for (int arm = 0; arm < 2; arm++) {
            assertThat(actual.spectrum(arm).rank())
                    .isEqualTo(expected.spectrum(arm).rank());
        }
        for (Function<UnitEffect, Estimate> estimand :
                List.<Function<UnitEffect, Estimate>>of(UnitEffect::ate, UnitEffect::att, UnitEffect::atu)) {
            double[] values = new double[order.length];
            double[] expectedValues = new double[order.length];
            double[] errors = new double[order.length];
            double[] expectedErrors = new double[order.length];
            for (int k = 0; k < order.length; k++) {
                UnitEffect before = expected.effect(order[k], 1);
                UnitEffect after = actual.effect(k, 1);
                assertThat(after.unit()).isEqualTo(before.unit());
                assertThat(after.reason()).isEqualTo(before.reason());
                assertThat(estimand.apply(after).isAvailable())
                        .isEqualTo(estimand.apply(before).isAvailable());
                if (estimand.apply(before).isAvailable()) {
                    values[k] = estimand.apply(after).value();
                    expectedValues[k] = theta.apply(estimand.apply(before).value());
                    errors[k] = error(estimand.apply(after));
                    expectedErrors[k] = factor * error(estimand.apply(before));
                }
            }
            assertThat(Tables.distance(values, expectedValues)).isLessThan(TOLERANCE);
            assertThat(Tables.distance(errors, expectedErrors)).isLessThan(TOLERANCE);
        }
    }

    private static double error(Estimate estimate) {
        return estimate.hasStandardError() ? estimate.standardError() : 0;
    }
}
