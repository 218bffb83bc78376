package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.simulation.PanelSimulation;
import io.github.rowwise.simulation.PanelSimulation.Assignment;
import io.github.rowwise.simulation.SimulatedPanel;
import org.junit.jupiter.api.Test;

/** The ATT over treated cells, beside that over units. */
class AverageOverCellsTest {

    @Test
    void unitsCountWithTheirTreatedCells() {
        SimulatedPanel simulated = PanelSimulation.withDefaults()
                .withSize(60, 50)
                .withAssignment(Assignment.STAGGERED)
                .withMissing(0.1)
                .generate();
        Panel panel = simulated.panel();
        assertIsWeighted(panel, FactorModelEstimator.withDefaults().fit(panel));
        assertIsWeighted(panel, SpectralEstimator.withDefaults().fit(panel));
    }

    private static void assertIsWeighted(Panel panel, UnitEffects effects) {
        double sum = 0;
        double cells = 0;
        for (int unit = 0; unit < panel.units(); unit++) {
            UnitEffect effect = effects.effect(unit, 1);
            if (effect.att().isAvailable()) {
                double treated = effects.diagnostics().cells(unit, 1);
                sum += treated * effect.att().value();
                cells += treated;
            }
        }
        AverageEffects averages = effects.averages(1);
        assertThat(averages.attOverCells().value()).isCloseTo(sum / cells, within(1e-10));
        assertThat(averages.attOverCells().value()).isNotCloseTo(averages.att().value(), within(1e-4));
        assertThat(averages.attOverCells().standardError()).isPositive();
    }

    /** With the same number of treated cells in each unit both averages are one, errors included. */
    @Test
    void withEqualCountsItIsTheAverageOverUnits() {
        int n = 30;
        int m = 24;
        SimulatedPanel simulated = PanelSimulation.withDefaults().withSize(n, m).generate();
        double[][] outcomes = new double[n][m];
        int[][] arms = new int[n][m];
        for (int unit = 0; unit < n; unit++) {
            for (int period = 0; period < m; period++) {
                arms[unit][period] = (unit + period) % 3 == 0 ? 1 : 0;
                double effect = simulated.effects().get(unit, period);
                int drawn = simulated.panel().arm(unit, period);
                outcomes[unit][period] =
                        simulated.panel().outcome(unit, period) + effect * (arms[unit][period] - drawn);
            }
        }
        Panel panel = Panel.of(
                outcomes, arms, simulated.panel().unitNames(), simulated.panel().periodNames());
        for (UnitEffects effects : new UnitEffects[] {
            FactorModelEstimator.withDefaults().fit(panel),
            SpectralEstimator.withDefaults().fit(panel)
        }) {
            AverageEffects averages = effects.averages(1);
            assertThat(averages.attOverCells().value()).isCloseTo(averages.att().value(), within(1e-12));
            assertThat(averages.attOverCells().standardError())
                    .isCloseTo(averages.att().standardError(), within(1e-12));
        }
    }
}
