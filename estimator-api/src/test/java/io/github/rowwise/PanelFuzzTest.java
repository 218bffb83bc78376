package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.Interval;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.exception.RowwiseException;
import io.github.rowwise.fuzz.Bounded;
import io.github.rowwise.panel.Panel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** What holds of every estimator on every panel, or the panel is refused in words. */
@Tag("slow")
@AddLifecycleHook(Bounded.class)
class PanelFuzzTest {

    private static final double RELATIVE_TO_SPREAD = 1e-6;
    private static final double RELATIVE_TO_ERROR = 1e-6;
    private static final double RELATIVE_TO_SCALE = 1e-9;
    private static final int POWER = 20;

    /** An estimator with options, by backend and threads. */
    record Choice(
            boolean isSpectral, RankRule rank, Centring centring, Noise noise, EffectsForm form, boolean cellErrors) {

        Estimator of(String backend, int threads) {
            return isSpectral
                    ? SpectralEstimator.withDefaults()
                            .withRank(rank)
                            .withCentring(centring)
                            .withNeighbouringRanks(cellErrors)
                            .withBackend(backend)
                            .withThreads(threads)
                    : FactorModelEstimator.withDefaults()
                            .withNoise(noise)
                            .withEffects(form)
                            .withCellErrors(cellErrors)
                            .withBackend(backend)
                            .withThreads(threads);
        }
    }

    @Provide
    Arbitrary<PanelDraw> panels() {
        return PanelDraw.any();
    }

    @Provide
    Arbitrary<PanelDraw> determinedPanels() {
        return PanelDraw.determined();
    }

    /**
     * Choices whose rank does not hang on a tie. Without centring the level is most of a factor, and copies with flipped signs
     * may be as large as it is.
     */
    @Provide
    Arbitrary<Choice> stableChoices() {
        return choices().filter(choice -> choice.centring() != Centring.NONE);
    }

    @Provide
    Arbitrary<Choice> choices() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.of(
                                RankRule.fixed(1),
                                RankRule.signFlip(),
                                RankRule.eigenvalueRatio(),
                                RankRule.spectralGap(),
                                RankRule.heldOut()),
                        Arbitraries.of(Centring.class),
                        Arbitraries.of(Noise.class),
                        Arbitraries.of(EffectsForm.class),
                        Arbitraries.of(true, false))
                .as(Choice::new);
    }

    /** Returns nothing if the panel or the fit is refused. */
    private static Optional<UnitEffects> fit(
            PanelDraw draw, UnaryOperator<Panel> change, Choice choice, String backend, int threads) {
        try {
            return Optional.of(choice.of(backend, threads).fit(change.apply(draw.panel())));
        } catch (RowwiseException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("NaN", "Infinity");
            return Optional.empty();
        }
    }

    private static Optional<UnitEffects> fit(PanelDraw draw, Choice choice) {
        return fit(draw, panel -> panel, choice, "ejml", 1);
    }

    @Property(tries = 150)
    void whatIsReportedIsFiniteOrHasAReason(@ForAll("panels") PanelDraw draw, @ForAll("choices") Choice choice) {
        fit(draw, choice).ifPresent(PanelFuzzTest::assertFinite);
    }

    @Property(tries = 60)
    void threadsChangeNothing(@ForAll("panels") PanelDraw draw, @ForAll("choices") Choice choice) {
        List<Estimate> one = fit(draw, choice).map(PanelFuzzTest::estimates).orElse(List.of());
        List<Estimate> two = fit(draw, panel -> panel, choice, "ejml", 2)
                .map(PanelFuzzTest::estimates)
                .orElse(List.of());
        assertThat(values(two)).isEqualTo(values(one));
    }

    @Property(tries = 60)
    void powersOfTwoScaleEveryEstimate(@ForAll("determinedPanels") PanelDraw draw, @ForAll("choices") Choice choice) {
        double factor = Math.scalb(1.0, POWER);
        List<Estimate> plain = fit(draw, choice).map(PanelFuzzTest::estimates).orElse(List.of());
        List<Estimate> scaled = fit(draw, panel -> Draws.with(panel, y -> factor * y), choice, "ejml", 1)
                .map(PanelFuzzTest::estimates)
                .orElse(List.of());
        double[] expected =
                DoubleStream.of(values(plain)).map(value -> factor * value).toArray();
        assertThat(values(scaled)).hasSameSizeAs(expected);
        assertThat(Tables.distance(values(scaled), expected)).isLessThan(RELATIVE_TO_SCALE);
    }

    @Property(tries = 60)
    void theOrderOfUnitsChangesNothing(
            @ForAll("determinedPanels") PanelDraw draw, @ForAll("stableChoices") Choice choice) {
        int[] order = Draws.permutation(draw.units(), draw.seed());
        int[] periods = IntStream.range(0, draw.periods()).toArray();
        Optional<UnitEffects> plain = fit(draw, choice);
        Optional<UnitEffects> ordered = fit(draw, panel -> Draws.ordered(panel, order, periods), choice, "ejml", 1);
        assertThat(ordered.isPresent()).isEqualTo(plain.isPresent());
        if (plain.isPresent()) {
            assertClose(plain.get(), ordered.orElseThrow(), order, draw);
        }
    }

    @Property(tries = 60)
    void backendsAgree(@ForAll("determinedPanels") PanelDraw draw, @ForAll("stableChoices") Choice choice) {
        int[] order = IntStream.range(0, draw.units()).toArray();
        Optional<UnitEffects> ejml = fit(draw, choice);
        Optional<UnitEffects> ojalgo = fit(draw, panel -> panel, choice, "ojalgo", 1);
        assertThat(ojalgo.isPresent()).isEqualTo(ejml.isPresent());
        if (ejml.isPresent()) {
            assertClose(ejml.get(), ojalgo.orElseThrow(), order, draw);
        }
    }

    private static void assertFinite(UnitEffects effects) {
        estimates(effects).forEach(PanelFuzzTest::assertFinite);
        effects.neighbouringRanks().forEach(ranks -> {
            assertFinite(ranks.oneFewer());
            assertFinite(ranks.oneMore());
        });
        for (Optional<Interval> interval : effects.simultaneousIntervals()) {
            interval.ifPresent(
                    band -> assertThat(band.upper() - band.lower()).isFinite().isNotNegative());
        }
        for (double share : effects.qValues()) {
            assertThat(Double.isNaN(share) || (share >= 0 && share <= 1)).isTrue();
        }
        for (int arm = 1; arm < effects.panel().arms(); arm++) {
            effects.byPeriod(arm).forEach(period -> assertFinite(period.effect()));
            effects.byEventTime(arm).forEach(time -> assertFinite(time.effect()));
            effects.preTrends(arm).forEach(time -> assertFinite(time.gap()));
        }
        for (int unit = 0; unit < effects.panel().units(); unit++) {
            for (int arm = 0; arm < effects.panel().arms(); arm++) {
                if (effects.outcomeMatrix(arm).isAvailable(unit)) {
                    assertThat(effects.outcomeRow(unit, arm)).doesNotContain(Double.NaN);
                    assertThat(Arrays.stream(effects.outcomeRow(unit, arm)).allMatch(Double::isFinite))
                            .isTrue();
                }
            }
        }
    }

    private static void assertFinite(Estimate estimate) {
        if (!estimate.isAvailable()) {
            assertThat(estimate.toString()).matches("none \\(.+\\)");
            return;
        }
        assertThat(estimate.value()).isFinite();
        if (estimate.hasStandardError()) {
            assertThat(estimate.standardError()).isFinite().isPositive();
            assertThat(estimate.pValue()).isBetween(0.0, 1.0);
            assertThat(estimate.interval(0.95).lower()).isFinite();
            assertThat(estimate.interval(0.95).upper()).isFinite();
        }
    }

    private static List<Estimate> estimates(UnitEffects effects) {
        List<Estimate> all = new ArrayList<>();
        for (UnitEffect unit : effects.effects()) {
            all.addAll(List.of(unit.ate(), unit.att(), unit.atu()));
        }
        for (int arm = 1; arm < effects.panel().arms(); arm++) {
            AverageEffects averages = effects.averages(arm);
            all.addAll(List.of(averages.ate(), averages.att(), averages.atu(), averages.attOverCells()));
        }
        effects.predictions().forEach(prediction -> all.add(prediction.ate()));
        return all;
    }

    private static double[] values(List<Estimate> estimates) {
        return estimates.stream()
                .filter(Estimate::isAvailable)
                .flatMapToDouble(estimate -> estimate.hasStandardError()
                        ? DoubleStream.of(estimate.value(), estimate.standardError())
                        : DoubleStream.of(estimate.value()))
                .toArray();
    }

    /** Unit k of {@code actual} is unit {@code order[k]} of {@code expected}. */
    private static void assertClose(UnitEffects expected, UnitEffects actual, int[] order, PanelDraw draw) {
        double spread = spread(expected.panel());
        for (int k = 0; k < order.length; k++) {
            for (int arm = 1; arm < draw.arms(); arm++) {
                Estimate before = expected.effect(order[k], arm).ate();
                Estimate after = actual.effect(k, arm).ate();
                assertThat(after.isAvailable()).isEqualTo(before.isAvailable());
                if (before.isAvailable()) {
                    double error = before.hasStandardError() ? before.standardError() : 0;
                    assertThat(Math.abs(after.value() - before.value()))
                            .as("unit %d, arm %d: %s and %s", order[k], arm, before, after)
                            .isLessThanOrEqualTo(Math.max(RELATIVE_TO_SPREAD * spread, RELATIVE_TO_ERROR * error));
                }
            }
        }
    }

    private static double spread(Panel panel) {
        double[] outcomes = IntStream.range(0, panel.units() * panel.periods())
                .filter(cell -> panel.isObserved(cell / panel.periods(), cell % panel.periods()))
                .mapToDouble(cell -> panel.outcome(cell / panel.periods(), cell % panel.periods()))
                .toArray();
        double mean = DoubleStream.of(outcomes).average().orElse(0);
        return Math.sqrt(DoubleStream.of(outcomes)
                .map(outcome -> (outcome - mean) * (outcome - mean))
                .average()
                .orElse(0));
    }
}
