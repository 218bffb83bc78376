package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.diagnostics.FitDiagnostics;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelCells;
import io.github.rowwise.panel.PanelDiagnostics;
import io.github.rowwise.panel.Panels;
import io.github.rowwise.panel.Warning;
import io.github.rowwise.panel.Warning.Kind;
import io.github.rowwise.simulation.PanelSimulation;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
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
    void aUnitUnderTwoNamesIsNamed() {
        Panel panel = Draws.random(7, 12, 25, 2, 0.1);
        double[][] outcomes = new double[13][25];
        int[][] arms = new int[13][25];
        for (int unit = 0; unit < 13; unit++) {
            for (int period = 0; period < 25; period++) {
                int of = unit % 12;
                outcomes[unit][period] = panel.isObserved(of, period) ? panel.outcome(of, period) : Double.NaN;
                arms[unit][period] = panel.isObserved(of, period) ? panel.arm(of, period) : 0;
            }
        }

        List<Warning> warnings =
                PanelDiagnostics.of(Draws.panel(outcomes, arms)).warnings();

        assertThat(message(warnings, Kind.IDENTICAL_UNITS))
                .startsWith("2 units have exactly the outcomes of another unit, such as \"u0\" and \"u12\";");
        outcomes[12][3] += 1e-9;
        assertThat(kinds(PanelDiagnostics.of(Draws.panel(outcomes, arms)).warnings()))
                .doesNotContain(Kind.IDENTICAL_UNITS);
    }

    @Test
    void unitsThatAgreeByChanceAreNotNamed() {
        SplittableRandom random = new SplittableRandom(5);
        double[][] outcomes = new double[400][8];
        int[][] arms = new int[400][8];
        for (int unit = 0; unit < 400; unit++) {
            for (int period = 0; period < 8; period++) {
                arms[unit][period] = random.nextInt(2);
                outcomes[unit][period] = unit % 5 == 0 ? 3 : random.nextInt(2);
            }
        }

        assertThat(kinds(PanelDiagnostics.of(Draws.panel(outcomes, arms)).warnings()))
                .doesNotContain(Kind.IDENTICAL_UNITS);
    }

    @Test
    void aCodeForMissingOutcomesIsFound() {
        Panel panel = Draws.random(3, 20, 30, 2, 0);
        for (double code : new double[] {-999, 9999}) {
            Panel coded =
                    Draws.with(panel, (unit, period, arm, former) -> unit == 4 && period % 10 == 2 ? code : former);
            Panel twice =
                    Draws.with(panel, (unit, period, arm, former) -> unit == 4 && period % 15 == 2 ? code : former);

            List<Warning> warnings = PanelDiagnostics.of(coded).warnings();

            assertThat(message(warnings, Kind.REPEATED_EXTREME))
                    .startsWith(
                            "the outcome " + (int) code + " stands in 3 cells, first in unit \"u4\" and period \"t2\"");
            assertThat(kinds(PanelDiagnostics.of(twice).warnings())).doesNotContain(Kind.REPEATED_EXTREME);
        }
        assertThat(kinds(PanelDiagnostics.of(Draws.with(panel, Math::rint)).warnings()))
                .doesNotContain(Kind.REPEATED_EXTREME);
    }

    @Test
    void aCodeWithinTheRangeOfUnequalUnitsIsFound() {
        Panel panel = Draws.random(3, 20, 30, 2, 0);
        Panel sales = Draws.with(
                panel,
                (unit, period, arm, former) ->
                        unit == 4 && period % 10 == 2 ? -99 : (unit + 1) * 1000 * Math.exp(former / 4));

        assertThat(message(PanelDiagnostics.of(sales).warnings(), Kind.REPEATED_EXTREME))
                .startsWith("the outcome -99 stands in 3 cells");
    }

    @Test
    void cellsThatAreMissingBecauseTheyAreZeroAreFound() {
        Panel complete = Draws.random(9, 40, 50, 2, 0);
        Panel positive = withoutCells(complete, outcome -> outcome - 1.5 <= 0, outcome -> outcome - 1.5);
        Panel prices = withoutCells(complete, outcome -> outcome < 1, outcome -> outcome + 10);

        assertThat(message(PanelDiagnostics.of(positive).warnings(), Kind.MISSING_NEAR_ZERO))
                .contains(" % of the cells are missing, all outcomes are above 0, and many are close to 0");
        assertThat(kinds(PanelDiagnostics.of(prices).warnings())).doesNotContain(Kind.MISSING_NEAR_ZERO);
    }

    private static Panel withoutCells(Panel panel, DoublePredicate missing, DoubleUnaryOperator outcome) {
        PanelCells cells = Panel.cells(panel.unitNames(), panel.periodNames(), panel.armNames());
        for (int unit = 0; unit < panel.units(); unit++) {
            for (int period = 0; period < panel.periods(); period++) {
                if (!missing.test(panel.outcome(unit, period))) {
                    cells.set(
                            unit, period, panel.arm(unit, period), outcome.applyAsDouble(panel.outcome(unit, period)));
                }
            }
        }
        return cells.build();
    }

    @Test
    void anEffectThatOutlastsTheTreatmentIsFound() {
        List<Warning> warnings = warnings(FactorModelEstimator.withDefaults().fit(lasting(2, 1)));

        assertThat(message(warnings, Kind.CARRY_OVER))
                .startsWith("in the first 2 periods after treatment ends, outcomes are higher than the model expects");
        assertThat(message(warnings(SPECTRAL.fit(lasting(2, 1))), Kind.CARRY_OVER))
                .startsWith("in the first 2 periods after treatment ends");
        // Scales at which squares would overflow or vanish.
        for (double scale : new double[] {1e-200, 1e200}) {
            assertThat(kinds(warnings(
                            FactorModelEstimator.withDefaults().fit(Draws.with(lasting(2, 1), y -> scale * y)))))
                    .contains(Kind.CARRY_OVER);
        }
    }

    @Test
    void anEffectThatEndsWithTheTreatmentIsNotSaidToLast() {
        for (int seed = 1; seed <= 20; seed++) {
            assertThat(kinds(warnings(FactorModelEstimator.withDefaults().fit(lasting(0, seed)))))
                    .doesNotContain(Kind.CARRY_OVER);
        }
    }

    /** Stretches of treatment with an effect of 2 that lasts for some periods more. */
    private static Panel lasting(int periods, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] outcomes = new double[30][40];
        int[][] arms = new int[30][40];
        for (int unit = 0; unit < 30; unit++) {
            int last = -10;
            for (int period = 0; period < 40; period++) {
                boolean before = period > 0 && arms[unit][period - 1] == 1;
                arms[unit][period] = random.nextDouble() < (before ? .7 : .2) ? 1 : 0;
                last = arms[unit][period] == 1 ? period : last;
                outcomes[unit][period] = unit + random.nextGaussian() + (period - last <= periods ? 2 : 0);
            }
        }
        return Draws.panel(outcomes, arms);
    }

    @Test
    void aSoundPanelHasNone() {
        Panel panel = PanelSimulation.withDefaults().withSize(60, 60).generate().panel();

        assertThat(warnings(FactorModelEstimator.withDefaults().fit(panel))).isEmpty();
        assertThat(warnings(SpectralEstimator.withDefaults().fit(panel))).isEmpty();
    }
}
