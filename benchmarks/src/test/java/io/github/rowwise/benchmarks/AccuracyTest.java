package io.github.rowwise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.PanelSimulation;
import io.github.rowwise.RowScaledSpectralEstimator;
import io.github.rowwise.SimulatedPanel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the accuracy tables count is right. */
class AccuracyTest {

    @Test
    void rankCorrelationIsOneForTheSameOrderAndMinusOneForTheReverse() {
        double[] values = {3, -1, 2, 10};
        assertThat(Accuracy.rankCorrelation(values, new double[] {30, -10, 20, 100}))
                .isEqualTo(1);
        assertThat(Accuracy.rankCorrelation(values, new double[] {-3, 1, -2, -10}))
                .isEqualTo(-1);
        assertThat(Accuracy.rankCorrelation(new double[] {1, 2, 3}, new double[] {1, 3, 2}))
                .isEqualTo(0.5);
    }

    @Test
    void errorsAreCountedUnitByUnit() {
        Accuracy accuracy = new Accuracy();
        accuracy.add(unit -> new double[] {1.5, Double.NaN, 2, 4}[unit], new double[] {1, 1, Double.NaN, 5});
        // Two units count, with errors of 0.5 and -1.
        assertThat(accuracy.row()).startsWith("-0.250 | 0.791 |");
    }

    @Test
    void fixedEffectsFindEffectsThatAreConstant() {
        SimulatedPanel simulated = PanelSimulation.withDefaults()
                .withSize(12, 30)
                .withRank(0)
                .withNoise(0)
                .withEffect(2, 0)
                .generate();
        TwoWayFixedEffects fit = TwoWayFixedEffects.fit(simulated.panel());
        for (int unit = 0; unit < 12; unit++) {
            assertThat(fit.effect(unit)).isCloseTo(2, within(1e-6));
        }
    }

    @Test
    void worstRowIsZeroForTheTruthAndTheErrorOfTheRowOtherwise() {
        SimulatedPanel simulated = PanelSimulation.withDefaults()
                .withSize(12, 30)
                .withRank(0)
                .withNoise(0)
                .withEffect(2, 0)
                .generate();
        var effects = RowScaledSpectralEstimator.withDefaults().fit(simulated.panel());
        assertThat(AccuracyHarness.worstRow(effects, simulated.effects())).isLessThan(1e-9);
        SimulatedPanel other = PanelSimulation.withDefaults()
                .withSize(12, 30)
                .withRank(0)
                .withNoise(0)
                .withEffect(5, 0)
                .generate();
        assertThat(AccuracyHarness.worstRow(effects, other.effects())).isCloseTo(3, within(1e-9));
    }

    @Test
    void tablesHaveARowForEveryAssignmentNoiseAndMethod() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        new AccuracyHarness(out, 1, 30).effects();
        assertThat(printed.toString(StandardCharsets.UTF_8)).hasLineCount(2 + 6 * 4 * 5);
        printed.reset();
        new AccuracyHarness(out, 1, 30).noEffects();
        assertThat(printed.toString(StandardCharsets.UTF_8)).hasLineCount(1 + 2 + 6 * 4 * 3);
    }
}
