package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.diagnostics.FitDiagnostics;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelDiagnostics;
import io.github.rowwise.panel.Panels;
import io.github.rowwise.panel.Warning;
import io.github.rowwise.panel.Warning.Kind;
import io.github.rowwise.simulation.PanelSimulation;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A panel for each kind of warning but {@link Kind#NOT_CONVERGED}, which no small panel gave. */
class AllWarningsTest {

    private static final SpectralEstimator SPECTRAL =
            SpectralEstimator.withDefaults().withRank(RankRule.fixed(1));
    private static final FactorModelEstimator MODEL =
            FactorModelEstimator.withDefaults().withRankLimit(1);

    /** Random walks, treated more often in some periods than in others; one period of one unit is far off. */
    private static Panel wandering() {
        SplittableRandom random = new SplittableRandom(4);
        double[][] outcomes = new double[20][150];
        int[][] arms = new int[20][150];
        for (int unit = 0; unit < 20; unit++) {
            double walk = 0;
            for (int period = 0; period < 150; period++) {
                walk += random.nextGaussian();
                outcomes[unit][period] = walk;
                arms[unit][period] = random.nextDouble() < (period / 10 % 2 == 0 ? 0.8 : 0.2) ? 1 : 0;
            }
        }
        return Draws.panel(outcomes, arms);
    }

    private static Panel spiked() {
        return Draws.with(
                Draws.random(1, 30, 40, 2, 0.05),
                (unit, period, arm, former) -> unit == 17 && period == 23 ? 1e4 : former);
    }

    private static List<Warning> warnings(UnitEffects effects) {
        return FitDiagnostics.of(effects).warnings();
    }

    private static List<Kind> kinds(List<Warning> warnings) {
        return warnings.stream().map(Warning::kind).toList();
    }

    private static String message(List<Warning> warnings, Kind kind) {
        return warnings.stream()
                .filter(warning -> warning.kind() == kind)
                .map(Warning::message)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theSpectralMethodIsNotMadeForWanderingOutcomesAndMovingPropensities() {
        List<Warning> warnings = warnings(SPECTRAL.fit(wandering()));

        assertThat(kinds(warnings))
                .containsExactly(Kind.UNSEEN_PERIODS, Kind.MOVING_PROPENSITIES, Kind.CORRELATED_RESIDUALS);
        assertThat(message(warnings, Kind.MOVING_PROPENSITIES))
                .startsWith("propensities move over time (p 0.01), by about ")
                .contains("; the spectral method assumes that they are constant");
        assertThat(message(warnings, Kind.CORRELATED_RESIDUALS))
                .startsWith("residuals are correlated from one period to the next (correlation 0.")
                .contains("intervals are too short");
    }

    @Test
    void theNoiseOfTheFactorModelIsNearlyARandomWalk() {
        List<Warning> warnings = warnings(MODEL.fit(wandering()));

        assertThat(kinds(warnings)).contains(Kind.ALL_FACTORS_KEPT, Kind.NEAR_RANDOM_WALK);
        assertThat(kinds(warnings)).doesNotContain(Kind.MOVING_PROPENSITIES, Kind.CORRELATED_RESIDUALS);
        assertThat(message(warnings, Kind.NEAR_RANDOM_WALK))
                .startsWith("the noise is nearly a random walk (correlation 0.9");
    }

    @Test
    void aFactorModelWithIndependentNoiseLeavesItToTheResiduals() {
        List<Warning> warnings = warnings(MODEL.withNoise(Noise.IID).fit(wandering()));

        assertThat(kinds(warnings)).contains(Kind.CORRELATED_RESIDUALS).doesNotContain(Kind.NEAR_RANDOM_WALK);
    }

    @Test
    void aUnitAndAPeriodCarryAFactor() {
        Panel panel = spiked();
        List<Warning> warnings = warnings(SPECTRAL.fit(panel));

        String arm = panel.arm(17, 23) == 0 ? "control" : "treated";
        assertThat(message(warnings, Kind.FACTOR_OF_ONE_UNIT))
                .startsWith(
                        "unit \"u17\" carries a factor of " + arm + " by itself, so the factor describes this unit");
        assertThat(message(warnings, Kind.FACTOR_OF_ONE_PERIOD))
                .startsWith("period \"t23\" carries a factor of " + arm + " by itself");
    }

    @Test
    void warningsOfTheFitComeFirst() {
        Panel panel = spiked();
        UnitEffects effects = SpectralEstimator.withDefaults()
                .withCentring(Centring.NONE)
                .withRank(RankRule.fixed(0, 1))
                .fit(panel);

        List<Warning> warnings = warnings(effects);

        assertThat(warnings).startsWith(effects.warnings().toArray(Warning[]::new));
        assertThat(kinds(warnings)).startsWith(Kind.EMPTY_ARM);
    }

    @Test
    void anotherSeedIsAnotherTestOfPropensities() {
        UnitEffects effects = SPECTRAL.fit(PanelSimulation.withDefaults()
                .withSize(40, 40)
                .withSeed(3)
                .generate()
                .panel());

        Set<Double> pValues = Stream.of(1L, 2L, 3L, 4L)
                .map(seed -> FitDiagnostics.of(effects)
                        .withSeed(seed)
                        .homogeneity()
                        .get(0)
                        .pValue()
                        .orElseThrow())
                .collect(Collectors.toSet());

        assertThat(pValues).hasSizeGreaterThan(1);
    }

    @Test
    void aPanelThatIdentifiesNothingSaysSo() {
        int[][] arms = new int[6][4];
        for (int[] unit : arms) {
            unit[2] = 1;
        }
        List<Warning> warnings =
                PanelDiagnostics.of(Draws.panel(new double[6][4], arms)).warnings();

        assertThat(kinds(warnings)).containsExactly(Kind.NOT_IDENTIFIED);
    }

    @Test
    void groupsOfUnitsShareTreatmentPaths() {
        SplittableRandom random = new SplittableRandom(1);
        int[] paths = random.ints(4, 0, 1 << 24).toArray();
        double[][] outcomes = new double[40][24];
        int[][] arms = new int[40][24];
        for (int unit = 0; unit < 40; unit++) {
            for (int period = 0; period < 24; period++) {
                arms[unit][period] = paths[unit % paths.length] >> period & 1;
                outcomes[unit][period] = random.nextDouble() + arms[unit][period];
            }
        }

        assertThat(kinds(warnings(SPECTRAL.fit(Draws.panel(outcomes, arms))))).contains(Kind.CLUSTERED_TREATMENT);
    }

    @Test
    void aUnitThatNeverComesBackIsExtrapolated() {
        Panel panel = Panels.drawn("000001111", "010101010", "101010101", "011001101");

        List<Warning> warnings = warnings(SPECTRAL.withRank(RankRule.fixed(0)).fit(panel));

        assertThat(kinds(warnings)).containsExactly(Kind.EXTRAPOLATED_UNITS);
    }

    @Test
    void aSoundPanelHasNone() {
        Panel panel = PanelSimulation.withDefaults().withSize(60, 60).generate().panel();

        assertThat(warnings(FactorModelEstimator.withDefaults().fit(panel))).isEmpty();
        assertThat(warnings(SpectralEstimator.withDefaults().fit(panel))).isEmpty();
    }
}
