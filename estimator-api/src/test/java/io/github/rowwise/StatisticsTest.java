package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.simulation.PanelSimulation;
import io.github.rowwise.simulation.SimulatedPanel;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** On simulated panels with known effects. */
class StatisticsTest {

    private static final SpectralEstimator ESTIMATOR =
            SpectralEstimator.withDefaults().withBackend("ejml");

    @Test
    void intervalsHoldTheTruthAboutAsOftenAsTheySay() {
        int held = 0;
        int units = 0;
        for (long seed = 1; seed <= 20; seed++) {
            SimulatedPanel simulated = PanelSimulation.withDefaults()
                    .withSize(100, 100)
                    .withSeed(seed)
                    .generate();
            UnitEffects effects = ESTIMATOR.fit(simulated.panel());
            for (int i = 0; i < 100; i++) {
                held += effects.effect(i, 1)
                                .ate()
                                .interval(0.95)
                                .contains(simulated.ate()[i])
                        ? 1
                        : 0;
                units++;
            }
        }
        assertThat((double) held / units).isBetween(0.90, 0.98);
    }

    @Test
    void errorsShrinkAsPanelsGrow() {
        double former = Double.POSITIVE_INFINITY;
        for (int side : new int[] {50, 100, 200, 400}) {
            double squares = 0;
            for (long seed = 1; seed <= 3; seed++) {
                SimulatedPanel simulated = PanelSimulation.withDefaults()
                        .withSize(side, side)
                        .withSeed(seed)
                        .generate();
                UnitEffects effects = ESTIMATOR.fit(simulated.panel());
                for (int i = 0; i < side; i++) {
                    squares += Math.pow(
                            effects.effect(i, 1).ate().value() - simulated.ate()[i], 2);
                }
            }
            double error = Math.sqrt(squares / side / 3);
            // The paper's rate would give a factor of 0.71.
            assertThat(error).isLessThan(0.85 * former);
            former = error;
        }
    }

    @Test
    void theAverageEffectHasAnIntervalThatHoldsIt() {
        int held = 0;
        for (long seed = 1; seed <= 40; seed++) {
            SimulatedPanel simulated = PanelSimulation.withDefaults()
                    .withSize(60, 60)
                    .withSeed(seed)
                    .generate();
            double truth = Arrays.stream(simulated.ate()).average().orElseThrow();
            AverageEffects averages = ESTIMATOR.fit(simulated.panel()).averages(1);
            assertThat(averages.units()).isEqualTo(60);
            held += averages.ate().interval(0.95).contains(truth) ? 1 : 0;
        }
        assertThat(held).isBetween(32, 40);
    }

    @Test
    void pValuesOfNoEffectAreUniform() {
        int[] tenths = new int[10];
        for (long seed = 1; seed <= 20; seed++) {
            UnitEffects effects = ESTIMATOR.fit(PanelSimulation.withDefaults()
                    .withSize(80, 80)
                    .withEffect(0, 0)
                    .withSeed(seed)
                    .generate()
                    .panel());
            for (UnitEffect unit : effects.effects()) {
                tenths[(int) Math.min(9, 10 * unit.ate().pValue())]++;
            }
        }
        for (int count : tenths) {
            assertThat(count / 160.0).isBetween(0.6, 1.5);
        }
    }
}
