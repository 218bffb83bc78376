package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.LowRankMatrix;
import io.github.rowwise.effects.NeighbouringRanks;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.AssignmentPattern;
import io.github.rowwise.panel.Grade;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelDiagnostics;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The estimator against its definition, on every backend, on random small panels and on ones beyond the full SVD. */
@Tag("slow")
class OracleTest {

    /** The definition takes long on large panels, so backends share what it gives. */
    private static final Map<List<Object>, SlowSpectralAlgorithm> LARGE = new ConcurrentHashMap<>();

    record Case(
            String backend, Centring centring, int rank, int units, int periods, int arms, double missing, long seed) {}

    static Stream<Case> small() {
        Stream.Builder<Case> cases = Stream.builder();
        SplittableRandom random = new SplittableRandom(7);
        for (String backend : TestedBackends.NAMES) {
            for (Centring centring : Centring.values()) {
                for (int rank = 0; rank <= 4; rank++) {
                    for (double missing : new double[] {0, 0.25, 0.6}) {
                        cases.add(new Case(
                                backend,
                                centring,
                                rank,
                                random.nextInt(Math.max(2, rank), 15),
                                random.nextInt(Math.max(2, rank), 15),
                                random.nextInt(2, 4),
                                missing,
                                random.nextLong()));
                    }
                }
            }
        }
        return cases.build();
    }

    /** Just above the limits within which a panel is decomposed in full. Of the longest each shape has one backend. */
    static Stream<Case> large() {
        return Stream.concat(
                TestedBackends.NAMES.stream()
                        .flatMap(backend -> Stream.of(
                                new Case(backend, Centring.TWO_WAY, 3, 201, 201, 2, 0.2, 1),
                                new Case(backend, Centring.NONE, 1, 230, 205, 2, 0, 2))),
                Stream.of(
                        new Case("ejml", Centring.UNIT, 2, 43_691, 3, 2, 0, 3),
                        new Case("ojalgo", Centring.UNIT, 1, 3, 43_691, 2, 0.1, 4)));
    }

    @ParameterizedTest
    @MethodSource({"small", "large"})
    void equalsTheDefinition(Case c) {
        Panel panel = Draws.random(c.seed(), c.units(), c.periods(), c.arms(), c.missing());
        SpectralEstimator estimator = SpectralEstimator.withDefaults()
                .withBackend(c.backend())
                .withThreads(2)
                .withRank(RankRule.fixed(c.rank()))
                .withCentring(c.centring());
        PanelDiagnostics diagnostics = PanelDiagnostics.of(panel);
        if (diagnostics.pattern() == AssignmentPattern.COMMON_SHOCK || !diagnostics.isAnyEstimable()) {
            assertThatThrownBy(() -> estimator.fit(panel)).isInstanceOf(NotIdentifiedException.class);
            return;
        }
        boolean neighbours = c.units() * c.periods() < 1000;
        UnitEffects effects = estimator.withNeighbouringRanks(neighbours).fit(panel);
        boolean nothing = c.centring() == Centring.NONE && c.rank() == 0;
        SlowSpectralAlgorithm slow = slow(panel, c, 0);

        assertSpectra(effects, slow, c.rank());
        for (int k = 0; k < effects.effects().size(); k += 1 + effects.effects().size() / 1000) {
            UnitEffect unit = effects.effects().get(k);
            int i = k / (panel.arms() - 1);
            assertThat(unit.unit()).isEqualTo(panel.unitNames().get(i));
            assertThat(unit.treatedPeriods()).isEqualTo(slow.cells(i, unit.arm()));
            assertThat(unit.controlPeriods()).isEqualTo(slow.cells(i, 0));
            assertThat(unit.propensity()).isEqualTo((double) slow.cells(i, unit.arm()) / c.periods());
            boolean available = slow.isEstimable(i, unit.arm()) && !nothing;
            assertThat(unit.ate().isAvailable()).isEqualTo(available);
            assertThat(unit.grade() == Grade.NOT_ESTIMABLE).isEqualTo(!available);
            if (available) {
                assertEstimate(unit.ate(), slow, unit.arm(), i, j -> true);
                assertEstimate(unit.att(), slow, unit.arm(), i, j -> panel.arm(i, j) == unit.arm());
                assertEstimate(unit.atu(), slow, unit.arm(), i, j -> panel.arm(i, j) == 0);
            }
        }
        if (c.units() < 1000 && c.periods() < 1000) {
            assertMatrices(effects, slow, nothing);
        }
        if (neighbours && !nothing) {
            assertNeighbours(effects, slow(panel, c, -1), slow(panel, c, 1));
        }
    }

    private static SlowSpectralAlgorithm slow(Panel panel, Case c, int shift) {
        if (c.units() > 200 && c.periods() > 200) {
            return LARGE.computeIfAbsent(
                    List.of(c.seed(), c.centring(), c.rank(), shift), key -> compute(panel, c, shift));
        }
        return compute(panel, c, shift);
    }

    private static SlowSpectralAlgorithm compute(Panel panel, Case c, int shift) {
        int[] ranks = new int[panel.arms()];
        Arrays.fill(ranks, Math.max(0, c.rank() + shift));
        return new SlowSpectralAlgorithm(panel, c.centring(), ranks);
    }

    private static void assertSpectra(UnitEffects effects, SlowSpectralAlgorithm slow, int rank) {
        for (int arm = 0; arm < effects.panel().arms(); arm++) {
            double[] values = effects.spectrum(arm).singularValues();
            double[] expected = slow.singularValues(arm);
            assertThat(effects.spectrum(arm).rank()).isEqualTo(rank);
            assertThat(values.length)
                    .isGreaterThanOrEqualTo(Math.min(
                            rank + 1,
                            Math.min(effects.panel().units(), effects.panel().periods())));
            for (int k = 0; k < rank; k++) {
                assertThat(values[k]).isCloseTo(expected[k], within(1e-9 * expected[0] + 1e-12));
            }
            for (int k = rank; k < Math.min(values.length, expected.length); k++) {
                assertThat(values[k]).isNotNegative().isLessThan(expected[k] + 1e-6 * expected[0] + 1e-12);
            }
        }
    }

    private static void assertEstimate(
            Estimate estimate, SlowSpectralAlgorithm slow, int arm, int unit, IntPredicate target) {
        assertThat(estimate.value()).isCloseTo(slow.average(arm, unit, target), within(1e-8));
        double[] variances = slow.variances(arm, unit, target);
        double variance = variances[0] + variances[1];
        if (Double.isNaN(variance) || slow.isTwoCentredUnits()) {
            assertThat(estimate.hasStandardError()).isFalse();
        } else if (variance > 1e-18) {
            assertThat(estimate.standardError()).isCloseTo(Math.sqrt(variance), within(1e-8));
            double half = estimate.interval(0.9).upper() - estimate.value();
            double t =
                    TDistribution.of(slow.degreesOfFreedom(arm, unit, target)).inverseSurvivalProbability(0.05);
            assertThat(half / estimate.standardError() / t).isCloseTo(1, within(1e-6));
        }
    }

    private static void assertMatrices(UnitEffects effects, SlowSpectralAlgorithm slow, boolean nothing) {
        Panel panel = effects.panel();
        for (int arm = 0; arm < panel.arms(); arm++) {
            LowRankMatrix outcomes = effects.outcomeMatrix(arm);
            for (int i = 0; i < panel.units(); i++) {
                assertThat(outcomes.isAvailable(i)).isEqualTo(slow.cells(i, arm) > 0 && !nothing);
                for (int j = 0; j < panel.periods() && outcomes.isAvailable(i); j++) {
                    assertThat(outcomes.get(i, j)).isCloseTo(slow.outcome(arm, i, j), within(1e-8));
                }
                if (arm > 0) {
                    LowRankMatrix matrix = effects.effectMatrix(arm);
                    assertThat(matrix.isAvailable(i)).isEqualTo(slow.isEstimable(i, arm) && !nothing);
                    for (int j = 0; j < panel.periods() && matrix.isAvailable(i); j++) {
                        assertThat(matrix.get(i, j)).isCloseTo(slow.effect(arm, i, j), within(1e-8));
                        assertThat(matrix.row(i)[j]).isCloseTo(matrix.get(i, j), within(1e-12));
                    }
                }
            }
        }
    }

    private static void assertNeighbours(UnitEffects effects, SlowSpectralAlgorithm fewer, SlowSpectralAlgorithm more) {
        assertThat(effects.neighbouringRanks()).hasSameSizeAs(effects.effects());
        for (int k = 0; k < effects.effects().size(); k++) {
            NeighbouringRanks neighbours = effects.neighbouringRanks().get(k);
            UnitEffect unit = effects.effects().get(k);
            assertThat(neighbours.unit()).isEqualTo(unit.unit());
            assertThat(neighbours.arm()).isEqualTo(unit.arm());
            assertThat(neighbours.oneMore().isAvailable()).isEqualTo(unit.ate().isAvailable());
            if (unit.ate().isAvailable()) {
                int i = effects.panel().unitNames().indexOf(unit.unit());
                assertEstimate(neighbours.oneFewer(), fewer, unit.arm(), i, j -> true);
                assertEstimate(neighbours.oneMore(), more, unit.arm(), i, j -> true);
            }
        }
    }
}
