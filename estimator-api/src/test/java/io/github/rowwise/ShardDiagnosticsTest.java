package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.github.rowwise.diagnostics.FitDiagnostics;
import io.github.rowwise.diagnostics.Incoherence;
import io.github.rowwise.diagnostics.ResidualCorrelation;
import io.github.rowwise.diagnostics.RowHomogeneity;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.engine.Engine;
import io.github.rowwise.engine.PartialSum;
import io.github.rowwise.engine.ShardRows;
import io.github.rowwise.linalg.Backends;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelShard;
import io.github.rowwise.panel.Warning;
import io.github.rowwise.simulation.PanelSimulation;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each shard of a panel has the diagnostics of the whole panel, and each part costs the passes that it says. */
@Tag("slow")
class ShardDiagnosticsTest {

    private static final double NEAR = 1e-8;

    /** One is empty, and one has fewer units than there are loadings. */
    private static final int[] SIZES = {1, 0, 33, 20};

    private static final SpectralEstimator SPECTRAL =
            SpectralEstimator.withDefaults().withBackend("ejml").withThreads(1);
    private static final FactorModelEstimator MODEL =
            FactorModelEstimator.withDefaults().withBackend("ejml").withThreads(1);

    private record Found(
            List<RowHomogeneity> homogeneity,
            List<Optional<Incoherence>> incoherence,
            ResidualCorrelation residuals,
            List<Warning> warnings) {

        static Found of(UnitEffects effects) {
            FitDiagnostics diagnostics = FitDiagnostics.of(effects).withBackend(Backends.named("ejml"));
            // In this order of sums, and warnings take none of their own after that.
            return new Found(
                    diagnostics.homogeneity(),
                    diagnostics.incoherence(),
                    diagnostics.residualCorrelation(),
                    diagnostics.warnings());
        }
    }

    static Stream<Arguments> fits() {
        // More units than the test of homogeneity takes.
        Panel large = PanelSimulation.withDefaults()
                .withSize(700, 60)
                .withAssignment(PanelSimulation.Assignment.BY_PERIOD)
                .withMissing(0.05)
                .generate()
                .panel();
        Panel threeArms = Draws.random(2, 90, 30, 3, 0.2);
        Panel spiked = Draws.with(
                Draws.random(1, 80, 40, 2, 0.05),
                (unit, period, arm, former) -> unit == 67 && period == 23 ? 1e4 : former);
        return Stream.of(
                argumentSet("many units", large, (Function<Panel, UnitEffects>) SPECTRAL::fit),
                argumentSet("three arms", threeArms, (Function<Panel, UnitEffects>) SPECTRAL::fit),
                argumentSet("a unit that carries a factor", spiked, (Function<Panel, UnitEffects>)
                        SPECTRAL.withRank(RankRule.fixed(1))::fit),
                argumentSet("an arm without an estimate", threeArms, (Function<Panel, UnitEffects>)
                        SPECTRAL.withRank(RankRule.fixed(1, 0, 1)).withCentring(Centring.NONE)::fit),
                argumentSet("factor model", threeArms, (Function<Panel, UnitEffects>) MODEL.withNoise(Noise.IID)::fit));
    }

    @ParameterizedTest
    @MethodSource("fits")
    void agreesWithTheWholePanel(Panel panel, Function<Panel, UnitEffects> method) {
        Found whole = Found.of(method.apply(panel));

        List<Found> shards = Shards.fit(panel, shard -> Found.of(method.apply(shard)), SIZES);

        for (Found shard : shards) {
            assertThat(shard.warnings()).isEqualTo(whole.warnings());
            assertThat(shard.residuals().pairs()).isEqualTo(whole.residuals().pairs());
            assertThat(shard.residuals().value().orElseThrow())
                    .isCloseTo(whole.residuals().value().orElseThrow(), within(NEAR));
            for (int k = 0; k < whole.homogeneity().size(); k++) {
                requireSame(shard.homogeneity().get(k), whole.homogeneity().get(k));
            }
            assertThat(shard.incoherence()).hasSameSizeAs(whole.incoherence());
        }
        for (int arm = 0; arm < panel.arms(); arm++) {
            requireSame(shards, arm, whole.incoherence().get(arm).orElse(null));
        }
    }

    private static void requireSame(RowHomogeneity shard, RowHomogeneity whole) {
        assertThat(shard.arm()).isEqualTo(whole.arm());
        assertThat(shard.pValue()).isEqualTo(whole.pValue());
        assertThat(shard.drift()).isEqualTo(whole.drift());
        assertThat(shard.operatorNorm()).isEqualTo(whole.operatorNorm());
        assertThat(shard.varyingUnits()).isEqualTo(whole.varyingUnits());
        assertThat(shard.testedUnits()).isEqualTo(whole.testedUnits());
        assertThat(shard.shiftedPeriod()).isEqualTo(whole.shiftedPeriod());
        assertThat(shard.largestShift()).isCloseTo(whole.largestShift(), within(NEAR));
    }

    private static void requireSame(List<Found> shards, int arm, @Nullable Incoherence whole) {
        int first = 0;
        int owners = 0;
        for (int k = 0; k < shards.size(); k++) {
            Incoherence shard = shards.get(k).incoherence().get(arm).orElse(null);
            if (whole == null || shard == null) {
                assertThat(shard).isEqualTo(whole);
                continue;
            }
            assertThat(shard.rank()).isEqualTo(whole.rank());
            assertThat(shard.unitLeverage()).isCloseTo(whole.unitLeverage(), within(NEAR));
            assertThat(shard.units()).isCloseTo(whole.units(), within(NEAR * whole.units()));
            assertThat(shard.periodLeverage()).isCloseTo(whole.periodLeverage(), within(NEAR));
            assertThat(shard.period()).isEqualTo(whole.period());
            if (shard.unit() >= 0) {
                assertThat(first + shard.unit()).isEqualTo(whole.unit());
                owners++;
            }
            first += k < SIZES.length ? SIZES[k] : 0;
        }
        assertThat(owners).isEqualTo(whole == null ? 0 : 1);
    }

    /** An engine of one shard that counts the passes over the rows. */
    private record Counting(ShardRows rows, AtomicInteger passes) implements Engine {

        @Override
        public <S> S allReduce(PartialSum<S> sum) {
            passes.addAndGet(sum.readsRows() ? 1 : 0);
            return Objects.requireNonNull(sum.ofShard(List.of(rows).iterator()));
        }
    }

    private static Panel counted(AtomicInteger passes) {
        Panel panel = Draws.random(1, 25, 30, 2, 0);
        double[] outcomes = new double[25 * 30];
        byte[] arms = new byte[outcomes.length];
        for (int cell = 0; cell < arms.length; cell++) {
            outcomes[cell] = panel.outcome(cell / 30, cell % 30);
            arms[cell] = (byte) panel.arm(cell / 30, cell % 30);
        }
        return PanelShard.of(
                panel.unitNames(),
                panel.periodNames(),
                panel.armNames(),
                new long[] {panel.cellsInArm(0), panel.cellsInArm(1)},
                Arrays.stream(outcomes).map(Math::abs).max().orElseThrow(),
                panel.storage(),
                "counted",
                new Counting(new ShardRows(outcomes, arms), passes));
    }

    @Test
    void warningsOfAFactorModelTakeOnePass() {
        AtomicInteger passes = new AtomicInteger();
        FitDiagnostics diagnostics = FitDiagnostics.of(MODEL.fit(counted(passes)));
        passes.set(0);

        diagnostics.warnings();
        diagnostics.warnings();
        assertThat(passes).hasValue(1);

        diagnostics.homogeneity();
        diagnostics.homogeneity();
        assertThat(passes).hasValue(2);

        diagnostics.residualCorrelation();
        diagnostics.residualCorrelation();
        assertThat(passes).hasValue(3);
    }

    @Test
    void warningsOfTheSpectralMethodTakeThree() {
        AtomicInteger passes = new AtomicInteger();
        FitDiagnostics diagnostics = FitDiagnostics.of(SPECTRAL.fit(counted(passes)));
        passes.set(0);

        assertThat(diagnostics.warnings()).isEqualTo(diagnostics.warnings());

        assertThat(passes).hasValue(3);
    }
}
