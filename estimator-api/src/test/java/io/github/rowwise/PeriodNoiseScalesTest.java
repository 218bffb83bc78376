package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.effects.FactorModel;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelCells;
import io.github.rowwise.panel.Panels;
import io.github.rowwise.panel.Warning;
import io.github.rowwise.simulation.PanelSimulation;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The noise of each period has a scale of its own; and what the fit of the factor model costs. */
@Tag("slow")
class PeriodNoiseScalesTest {

    private static final FactorModelEstimator ESTIMATOR =
            FactorModelEstimator.withDefaults().withBackend("ejml").withThreads(1);

    private static final double[] SCALES = {0.6, 1, 1.4};

    @ParameterizedTest
    @CsvSource({"IID, 2", "AR1, 2", "AR1, 3"})
    void areThoseOfThePanel(Noise noise, int arms) {
        Panel panel = unequal(7, 240, 45, arms);
        double root = Math.sqrt((0.36 + 1 + 1.96) / 3);

        double[] scales = ESTIMATOR
                .withNoise(noise)
                .fit(panel)
                .factorModel()
                .orElseThrow()
                .periodScales();

        assertThat(scales).hasSize(45);
        double[] mean = new double[3];
        for (int j = 0; j < scales.length; j++) {
            mean[j % 3] += scales[j] / 15;
            // 240 units tell a standard deviation to 5 %; the prior's weight is a third of theirs.
            assertThat(scales[j]).isCloseTo(SCALES[j % 3] / root, Percentage.withPercentage(45));
        }
        for (int k = 0; k < 3; k++) {
            assertThat(mean[k]).isCloseTo(SCALES[k] / root, Percentage.withPercentage(25));
        }
        assertThat(mean[2] / mean[0]).isBetween(1.7, 2.4);
    }

    @Test
    void areNearOneWhereAllPeriodsAreAlike() {
        double[] scales = ESTIMATOR
                .fit(Draws.random(3, 400, 40, 2, 0.1))
                .factorModel()
                .orElseThrow()
                .periodScales();

        assertThat(DoubleStream.of(scales).boxed())
                .allSatisfy(scale -> assertThat(scale).isBetween(0.9, 1.1));
    }

    @Test
    void makeTheEffectsMorePrecise() {
        // The quiet third of the periods tells more, so the errors must be below those of the mean scale.
        double quiet = squaredError(unequal(9, 120, 45, 2));
        double level = squaredError(noisy(9, 120, 45, 2, new double[] {Math.sqrt((0.36 + 1 + 1.96) / 3)}));

        assertThat(quiet).isLessThan(level);
    }

    @Test
    void theOrderOfPeriodsHardlyMattersToIndependentNoise() {
        // Trends and onset terms follow the order, and are dropped after a few iterations.
        Panel panel = unequal(4, 60, 30, 3);
        int[] units = Draws.permutation(60, 5);
        int[] periods = Draws.permutation(30, 6);
        FactorModelEstimator iid = ESTIMATOR.withNoise(Noise.IID);
        UnitEffects effects = iid.fit(panel);

        UnitEffects turned = iid.fit(Draws.ordered(panel, units, periods));

        double[] scales = effects.factorModel().orElseThrow().periodScales();
        double[] turnedScales = turned.factorModel().orElseThrow().periodScales();
        for (int j = 0; j < 30; j++) {
            assertThat(turnedScales[j]).isCloseTo(scales[periods[j]], within(2e-3));
        }
        for (int arm = 1; arm <= 2; arm++) {
            double[] ate = Tables.ate(turned, arm);
            double[] back = new double[ate.length];
            for (int k = 0; k < ate.length; k++) {
                back[units[k]] = ate[k];
            }
            assertThat(Tables.distance(back, Tables.ate(effects, arm))).isLessThan(1e-2);
        }
    }

    @Test
    void theirOrderIsThatOfThePanelOnAnyNumberOfThreads() {
        Panel panel = Panels.withBlockRows(unequal(8, 150, 30, 3), 32);

        double[] once = ESTIMATOR.fit(panel).factorModel().orElseThrow().periodScales();

        for (int threads : new int[] {2, 5}) {
            assertThat(ESTIMATOR
                            .withThreads(threads)
                            .fit(panel)
                            .factorModel()
                            .orElseThrow()
                            .periodScales())
                    .containsExactly(once);
        }
    }

    @Test
    void manyUnitsEndWithTheFactorsThatThereAre() {
        Panel panel = PanelSimulation.withDefaults()
                .withSize(3000, 100)
                .withEffect(1, 0)
                .generate()
                .panel();

        FactorModel model = ESTIMATOR.fit(panel).factorModel().orElseThrow();

        assertThat(model.startRank()).isEqualTo(8);
        assertThat(model.rank()).isEqualTo(3);
        assertThat(model.passes()).isLessThanOrEqualTo(30);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aFitTakesFewPasses(long seed) {
        Panel panel = PanelSimulation.withDefaults()
                .withSize(100, 100)
                .withSeed(seed)
                .generate()
                .panel();

        UnitEffects effects = ESTIMATOR.fit(panel);

        FactorModel model = effects.factorModel().orElseThrow();
        assertThat(model.passes()).isLessThanOrEqualTo(40);
        assertThat(model.isConverged()).isTrue();
        assertThat(effects.warnings()).noneMatch(warning -> warning.kind() == Warning.Kind.NOT_CONVERGED);
    }

    private static double squaredError(Panel panel) {
        return DoubleStream.of(
                        Tables.ate(ESTIMATOR.withEffects(EffectsForm.CONSTANT).fit(panel), 1))
                .map(ate -> (ate - 1) * (ate - 1))
                .sum();
    }

    private static Panel unequal(long seed, int units, int periods, int arms) {
        return noisy(seed, units, periods, arms, SCALES);
    }

    /** Two factors, an effect of each arm's number, and noise of half of a scale that goes round with the period. */
    private static Panel noisy(long seed, int units, int periods, int arms, double[] scales) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] factors = new double[periods][];
        for (int j = 0; j < periods; j++) {
            factors[j] = new double[] {random.nextGaussian(), random.nextGaussian()};
        }
        PanelCells cells = Panel.cells(
                Draws.names("u", units),
                Draws.names("t", periods),
                List.of("0", "1", "2").subList(0, arms));
        for (int i = 0; i < units; i++) {
            double first = random.nextGaussian();
            double second = random.nextGaussian();
            for (int j = 0; j < periods; j++) {
                int arm = random.nextInt(arms);
                double noise = 0.5 * scales[j % scales.length] * random.nextGaussian();
                if (random.nextDouble() < 0.95) {
                    cells.set(i, j, arm, 2 + first * factors[j][0] + second * factors[j][1] + arm + noise);
                }
            }
        }
        return cells.build();
    }
}
