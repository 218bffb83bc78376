package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.PredictedEffect;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.simulation.PanelSimulation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Parts of a panel that add up their sums find what the whole finds. */
@Tag("slow")
class ShardsTest {

    private static final SpectralEstimator SPECTRAL =
            SpectralEstimator.withDefaults().withBackend("ejml").withThreads(1);
    private static final FactorModelEstimator REFINED =
            FactorModelEstimator.withDefaults().withBackend("ejml").withThreads(1);

    /** More than is decomposed in full. */
    private static final Panel TWO_ARMS = PanelSimulation.withDefaults()
            .withSize(700, 210)
            .withMissing(.05)
            .generate()
            .panel();

    /** Units few enough for the many passes of the factor model. */
    private static final Panel FEWER_UNITS = PanelSimulation.withDefaults()
            .withSize(230, 204)
            .withMissing(.05)
            .generate()
            .panel();

    private static final List<Function<UnitEffects, List<Estimate>>> KINDS =
            List.of(ShardsTest::units, ShardsTest::beside, ShardsTest::cells);

    private static final Panel THREE_ARMS = threeArms();

    static Stream<Arguments> methods() {
        return Stream.of(
                argumentSet("spectral", TWO_ARMS, (Function<Panel, UnitEffects>) SPECTRAL::fit),
                argumentSet("without centring", TWO_ARMS, (Function<Panel, UnitEffects>)
                        SPECTRAL.withCentring(Centring.NONE)::fit),
                argumentSet("spectral gap", TWO_ARMS, (Function<Panel, UnitEffects>)
                        SPECTRAL.withRank(RankRule.spectralGap())::fit),
                argumentSet("eigenvalue ratio", THREE_ARMS, (Function<Panel, UnitEffects>)
                        SPECTRAL.withRank(RankRule.eigenvalueRatio())::fit),
                argumentSet("held out", THREE_ARMS, (Function<Panel, UnitEffects>)
                        SPECTRAL.withRank(RankRule.heldOut())::fit),
                argumentSet("neighbouring ranks", THREE_ARMS, (Function<Panel, UnitEffects>)
                        SPECTRAL.withRank(RankRule.fixed(2)).withNeighbouringRanks(true)::fit),
                argumentSet("fixed rank, from a sample of the rows", manyUnits(), (Function<Panel, UnitEffects>)
                        SPECTRAL.withRank(RankRule.fixed(2))::fit),
                argumentSet("refined", FEWER_UNITS, (Function<Panel, UnitEffects>) REFINED::fit),
                argumentSet("refined, three arms", THREE_ARMS, (Function<Panel, UnitEffects>)
                        REFINED.withCellErrors(true)::fit),
                argumentSet("independent noise", THREE_ARMS, (Function<Panel, UnitEffects>)
                        REFINED.withNoise(Noise.IID).withEffects(EffectsForm.CONSTANT)::fit),
                argumentSet("jackknife", THREE_ARMS, (Function<Panel, UnitEffects>)
                        REFINED.withNoise(Noise.BLOCK_JACKKNIFE).withEffects(EffectsForm.AUTO)::fit));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void findWhatTheWholeFinds(Panel panel, Function<Panel, UnitEffects> method) {
        UnitEffects whole = method.apply(panel);

        List<UnitEffects> parts = Shards.fit(panel, method, 1, 0, 33, 20);

        for (Function<UnitEffects, List<Estimate>> kind : KINDS) {
            List<Estimate> found =
                    parts.stream().flatMap(part -> kind.apply(part).stream()).toList();
            assertThat(Tables.distance(numbers(found), numbers(kind.apply(whole))))
                    .isLessThan(1e-8);
        }
        List<UnitEffect> units =
                parts.stream().flatMap(part -> part.effects().stream()).toList();
        assertThat(units).extracting(UnitEffect::unit).isEqualTo(panelUnits(whole));
        assertThat(units)
                .extracting(UnitEffect::grade)
                .isEqualTo(whole.effects().stream().map(UnitEffect::grade).toList());
        assertThat(units)
                .extracting(UnitEffect::reason)
                .isEqualTo(whole.effects().stream().map(UnitEffect::reason).toList());
        for (UnitEffects part : parts) {
            assertThat(part.warnings()).isEqualTo(whole.warnings());
            assertThat(part.diagnostics().pattern())
                    .isEqualTo(whole.diagnostics().pattern());
            assertThat(part.diagnostics().missingCells())
                    .isEqualTo(whole.diagnostics().missingCells());
            assertThat(ranks(part)).isEqualTo(ranks(whole));
            assertThat(Tables.distance(averages(part), averages(whole))).isLessThan(1e-8);
        }
    }

    @Test
    void takeTheSamePathWhateverTheirSizes() {
        List<UnitEffects> few = Shards.fit(FEWER_UNITS, REFINED::fit, 115);
        List<UnitEffects> many = Shards.fit(FEWER_UNITS, REFINED::fit, 3, 30, 65, 7, 21, 33);

        assertThat(many.get(0).factorModel().orElseThrow().passes())
                .isEqualTo(few.get(0).factorModel().orElseThrow().passes());
        assertThat(Tables.distance(averages(many.get(0)), averages(few.get(0)))).isLessThan(1e-9);
    }

    @Test
    void rejectInTheSameWords() {
        int n = 6;
        double[][] outcomes = new double[n][4];
        int[][] shock = new int[n][4];
        int[][] apart = new int[n][4];
        for (int unit = 0; unit < n; unit++) {
            shock[unit][2] = 1;
            Arrays.fill(apart[unit], unit % 2);
        }
        for (int[][] arms : List.of(shock, apart)) {
            Panel panel = Panel.of(outcomes, arms, names(n), names(4));
            String words = catchThrowable(() -> SPECTRAL.fit(panel)).getMessage();
            assertThatThrownBy(() -> Shards.fit(panel, SPECTRAL::fit, 0, 3))
                    .isInstanceOf(NotIdentifiedException.class)
                    .hasMessage(words);
        }
        assertThatThrownBy(() -> Shards.fit(TWO_ARMS, SPECTRAL.withRank(RankRule.fixed(211))::fit, 300))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rank 211 is above 210, the smaller of 700 units");
    }

    @Test
    void doNotTellWhatTakesAllUnits() {
        UnitEffects part = Shards.fit(TWO_ARMS, SPECTRAL::fit, 350).get(0);

        assertThatThrownBy(part::qValues)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("q-values");
        assertThatThrownBy(() -> part.byPeriod(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> part.panel().outcome(0, 0)).isInstanceOf(IllegalStateException.class);
    }

    private static List<String> panelUnits(UnitEffects whole) {
        return whole.effects().stream().map(UnitEffect::unit).toList();
    }

    private static List<Integer> ranks(UnitEffects effects) {
        return effects.factorModel()
                .map(model -> List.of(model.rank(), model.passes()))
                .orElseGet(() -> IntStream.range(0, effects.panel().arms())
                        .mapToObj(arm -> effects.spectrum(arm).rank())
                        .toList());
    }

    private static double[] averages(UnitEffects effects) {
        List<Estimate> all = new ArrayList<>();
        for (int arm = 1; arm < effects.panel().arms(); arm++) {
            AverageEffects averages = effects.averages(arm);
            all.addAll(List.of(averages.ate(), averages.att(), averages.atu(), averages.attOverCells()));
        }
        return numbers(all);
    }

    private static List<Estimate> units(UnitEffects effects) {
        return effects.effects().stream()
                .flatMap(unit -> Stream.of(unit.ate(), unit.att(), unit.atu()))
                .toList();
    }

    private static List<Estimate> beside(UnitEffects effects) {
        return Stream.concat(
                        effects.predictions().stream().map(PredictedEffect::ate),
                        effects.neighbouringRanks().stream()
                                .flatMap(ranks -> Stream.of(ranks.oneFewer(), ranks.oneMore())))
                .toList();
    }

    private static List<Estimate> cells(UnitEffects effects) {
        return IntStream.range(0, effects.panel().units())
                .mapToObj(unit -> effects.cellEffect(unit, 1, 3))
                .toList();
    }

    private static double[] numbers(List<Estimate> estimates) {
        return estimates.stream()
                .filter(Estimate::isAvailable)
                .flatMapToDouble(estimate ->
                        DoubleStream.of(estimate.value(), estimate.hasStandardError() ? estimate.standardError() : 0))
                .toArray();
    }

    /** So many that the decomposition begins with a sample, of the first block of each part and others. */
    private static Panel manyUnits() {
        return PanelSimulation.withDefaults().withSize(120_000, 70).generate().panel();
    }

    private static Panel threeArms() {
        int n = 120;
        int m = 40;
        Random random = new Random(5);
        double[][] outcomes = new double[n][m];
        int[][] arms = new int[n][m];
        for (int unit = 0; unit < n; unit++) {
            double loading = random.nextGaussian();
            double propensity = random.nextDouble(.1, .9);
            for (int period = 0; period < m; period++) {
                arms[unit][period] = random.nextDouble() < propensity ? 1 + random.nextInt(2) : 0;
                outcomes[unit][period] = random.nextDouble() < .1
                        ? Double.NaN
                        : 5
                                + loading * Math.sin(period / 4.0)
                                + arms[unit][period] * (1 + .5 * loading)
                                + .3 * random.nextGaussian();
            }
        }
        Arrays.fill(arms[7], 0);
        Arrays.fill(arms[44], 2);
        Arrays.fill(outcomes[99], Double.NaN);
        return Panel.of(outcomes, arms, names(n), names(m));
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }
}
