package io.github.rowwise.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.panel.AssignmentPattern;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelDiagnostics;
import io.github.rowwise.simulation.PanelSimulation.Assignment;
import io.github.rowwise.simulation.PanelSimulation.NoiseForm;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PanelSimulationTest {

    /**
     * Without noise, a panel of effect nil shows every untreated outcome, and one more panel of the same seed the effects
     * of treated cells. A unit's effects lie on a line over the factor, so two treated cells tell those of all others.
     */
    @ParameterizedTest
    @EnumSource(Assignment.class)
    void theTruthIsWhatThePanelsShow(Assignment assignment) {
        PanelSimulation noiseless = PanelSimulation.withDefaults()
                .withSize(30, 40)
                .withRank(1)
                .withNoise(0)
                .withBaseline(0)
                .withMissing(0.2)
                .withAssignment(assignment)
                .withSeed(3);
        SimulatedPanel simulated = noiseless.withEffect(2, 0.7).generate();
        Panel panel = simulated.panel();
        Panel untreated = noiseless.withMissing(0).withEffect(0, 0).generate().panel();
        int told = 0;
        for (int i = 0; i < 30; i++) {
            int unit = i;
            int[] treated =
                    IntStream.range(0, 40).filter(j -> panel.arm(unit, j) == 1).toArray();
            if (treated.length >= 2) {
                double[] effects = line(panel, untreated, unit, treated);
                assertThat(simulated.ate()[unit]).isCloseTo(mean(effects, IntStream.range(0, 40)), within(1e-8));
                assertThat(simulated.att()[unit]).isCloseTo(mean(effects, Arrays.stream(treated)), within(1e-8));
                assertThat(simulated.atu()[unit])
                        .isCloseTo(
                                mean(effects, IntStream.range(0, 40).filter(j -> panel.arm(unit, j) == 0)),
                                within(1e-8));
                for (int j : treated) {
                    assertThat(simulated.effects().get(unit, j)).isCloseTo(effects[j], within(1e-8));
                }
                told++;
            }
        }
        assertThat(told).isGreaterThan(15);
    }

    private static double[] line(Panel panel, Panel untreated, int unit, int[] treated) {
        double[] factor =
                IntStream.range(0, 40).mapToDouble(j -> untreated.outcome(0, j)).toArray();
        int a = treated[0];
        // The two cells whose factors lie furthest apart.
        int b = Arrays.stream(treated)
                .boxed()
                .max((x, y) -> Double.compare(Math.abs(factor[x] - factor[a]), Math.abs(factor[y] - factor[a])))
                .orElseThrow();
        double effectA = panel.outcome(unit, a) - untreated.outcome(unit, a);
        double effectB = panel.outcome(unit, b) - untreated.outcome(unit, b);
        double slope = (effectB - effectA) / (factor[b] - factor[a]);
        return Arrays.stream(factor).map(f -> effectA + slope * (f - factor[a])).toArray();
    }

    private static double mean(double[] values, IntStream at) {
        return at.mapToDouble(j -> values[j]).average().orElse(Double.NaN);
    }

    @Test
    void truthIsNaNWhereAUnitHasNoPeriodToAverageOver() {
        SimulatedPanel simulated = PanelSimulation.withDefaults()
                .withSize(60, 10)
                .withAssignment(Assignment.STAGGERED)
                .generate();
        int never = 0;
        for (int i = 0; i < 60; i++) {
            int unit = i;
            long treated = IntStream.range(0, 10)
                    .filter(j -> simulated.panel().arm(unit, j) == 1)
                    .count();
            assertThat(Double.isNaN(simulated.att()[i])).isEqualTo(treated == 0);
            assertThat(simulated.atu()[i]).isFinite();
            assertThat(simulated.ate()[i]).isFinite();
            never += treated == 0 ? 1 : 0;
        }
        assertThat(never).isBetween(10, 30);
    }

    @Test
    void aSpreadOfNilGivesEveryUnitTheSameEffect() {
        SimulatedPanel simulated = PanelSimulation.withDefaults()
                .withSize(20, 20)
                .withEffect(-4, 0)
                .generate();

        assertThat(simulated.ate()).containsOnly(new double[] {-4}, within(1e-12));
        assertThat(simulated.att()).containsOnly(new double[] {-4}, within(1e-12));
        assertThat(simulated.atu()).containsOnly(new double[] {-4}, within(1e-12));
    }

    @Test
    void effectsHaveTheMeanAndSpreadAskedFor() {
        SimulatedPanel simulated = PanelSimulation.withDefaults()
                .withSize(4000, 50)
                .withEffect(3, 2)
                .generate();
        double mean = Arrays.stream(simulated.ate()).average().orElseThrow();
        double variance = Arrays.stream(simulated.ate())
                .map(ate -> (ate - mean) * (ate - mean))
                .average()
                .orElseThrow();

        assertThat(mean).isCloseTo(3, within(0.2));
        // z_i + 0.5 b_i1 has variance 1.25; the factor's mean over the periods is near 0.
        assertThat(Math.sqrt(variance) / 2).isCloseTo(Math.sqrt(1.25), within(0.1));
    }

    @Test
    void gapsHaveTheShareAskedFor() {
        Panel panel = PanelSimulation.withDefaults().withMissing(0.3).generate().panel();

        assertThat(panel.observedCells() / 40_000.0).isCloseTo(0.7, within(0.012));
    }

    @ParameterizedTest
    @EnumSource(Assignment.class)
    void theSameSeedGivesTheSamePanelAndAnotherSeedAnother(Assignment assignment) {
        PanelSimulation simulation =
                PanelSimulation.withDefaults().withSize(50, 30).withMissing(0.1).withAssignment(assignment);
        SimulatedPanel first = simulation.withSeed(5).generate();
        SimulatedPanel again = simulation.withSeed(5).generate();

        assertThat(again.panel().fingerprint()).isEqualTo(first.panel().fingerprint());
        assertThat(again.ate()).isEqualTo(first.ate());
        assertThat(again.att()).isEqualTo(first.att());
        assertThat(again.atu()).isEqualTo(first.atu());
        assertThat(simulation.withSeed(6).generate().panel().fingerprint())
                .isNotEqualTo(first.panel().fingerprint());
    }

    @Test
    void assignmentsHaveThePatternOfTheirName() {
        for (Assignment assignment : Assignment.values()) {
            AssignmentPattern pattern = PanelDiagnostics.of(PanelSimulation.withDefaults()
                            .withAssignment(assignment)
                            .generate()
                            .panel())
                    .pattern();
            assertThat(pattern)
                    .isEqualTo(
                            assignment == Assignment.STAGGERED
                                    ? AssignmentPattern.STAGGERED
                                    : AssignmentPattern.SWITCHING);
        }
        Panel rare = PanelSimulation.withDefaults()
                .withAssignment(Assignment.RARE)
                .generate()
                .panel();
        assertThat(rare.cellsInArm(1) / 40_000.0).isBetween(0.09, 0.14);
        Panel blocks = PanelSimulation.withDefaults()
                .withAssignment(Assignment.BLOCKS)
                .generate()
                .panel();
        for (int i = 0; i < 200; i++) {
            for (int j = 0; j < 200; j++) {
                assertThat(blocks.arm(i, j)).isEqualTo(blocks.arm(i, j / 10 * 10));
            }
        }
    }

    @Test
    void confoundedTreatmentGoesToHighOutcomes() {
        PanelSimulation simulation =
                PanelSimulation.withDefaults().withEffect(0, 0).withBaseline(0);
        Panel confounded =
                simulation.withAssignment(Assignment.CONFOUNDED).generate().panel();

        assertThat(armMean(confounded, 1) - armMean(confounded, 0)).isGreaterThan(0.5);
        assertThat(armMean(simulation.generate().panel(), 1)
                        - armMean(simulation.generate().panel(), 0))
                .isCloseTo(0, within(0.2));
    }

    private static double armMean(Panel panel, int arm) {
        double sum = 0;
        for (int i = 0; i < panel.units(); i++) {
            for (int j = 0; j < panel.periods(); j++) {
                sum += panel.arm(i, j) == arm ? panel.outcome(i, j) : 0;
            }
        }
        return sum / panel.cellsInArm(arm);
    }

    static Stream<Supplier<PanelSimulation>> impossible() {
        PanelSimulation defaults = PanelSimulation.withDefaults();
        return Stream.of(
                () -> defaults.withSize(1, 5),
                () -> defaults.withSize(5, 1),
                () -> defaults.withRank(-1),
                () -> defaults.withNoise(-0.1),
                () -> defaults.withNoise(Double.NaN),
                () -> defaults.withBaseline(Double.POSITIVE_INFINITY),
                () -> defaults.withEffect(Double.NaN, 1),
                () -> defaults.withEffect(1, -1),
                () -> defaults.withMissing(1),
                () -> defaults.withMissing(-0.1),
                () -> defaults.withMissing(Double.NaN));
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void rejectsOptionsOutsideTheirRange(Supplier<PanelSimulation> option) {
        assertThatThrownBy(option::get)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("give");
    }

    @Test
    void namesUnitsAndPeriodsInOrder() {
        Panel panel = PanelSimulation.withDefaults().withSize(12, 11).generate().panel();

        assertThat(panel.unitNames()).startsWith("u01", "u02").endsWith("u11", "u12");
        assertThat(panel.periodNames()).startsWith("1", "2").endsWith("10", "11");
        assertThat(panel.armNames()).isEqualTo(List.of("control", "treated"));
    }

    /** Correlation of neighbours, spread of the units' deviations, and kurtosis tell the forms apart. */
    @ParameterizedTest
    @EnumSource(NoiseForm.class)
    void noiseHasItsForm(NoiseForm form) {
        Panel panel = PanelSimulation.withDefaults()
                .withSize(300, 300)
                .withRank(0)
                .withBaseline(0)
                .withEffect(0, 0)
                .withNoise(0.5)
                .withNoiseForm(form)
                .generate()
                .panel();
        double[] squares = new double[300];
        double products = 0;
        double fourths = 0;
        for (int i = 0; i < 300; i++) {
            for (int j = 0; j < 300; j++) {
                double e = panel.outcome(i, j);
                squares[i] += e * e / 300;
                fourths += e * e * e * e / 90_000;
                products += j == 0 ? 0 : e * panel.outcome(i, j - 1) / (300 * 299);
            }
        }
        double variance = Arrays.stream(squares).average().orElseThrow();
        boolean isHeavy = form == NoiseForm.HEAVY_TAILED;
        assertThat(Math.sqrt(variance)).isCloseTo(0.5, within(isHeavy ? 0.05 : 0.03));
        assertThat(products / variance).isCloseTo(form == NoiseForm.AUTOREGRESSIVE ? 0.6 : 0, within(0.02));
        double spread = Arrays.stream(squares).max().orElseThrow()
                / Arrays.stream(squares).min().orElseThrow();
        if (form == NoiseForm.UNEQUAL) {
            assertThat(spread).isGreaterThan(10);
        } else if (!isHeavy) {
            assertThat(spread).isLessThan(5);
        }
        if (isHeavy) {
            assertThat(fourths / (variance * variance)).isGreaterThan(6);
        }
    }
}
