package io.github.rowwise.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.simulation.PanelSimulation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link Panel#withoutTransitions} against panels in which these cells are missing. */
class LeftOutPeriodsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static final Panel PANEL = PanelSimulation.withDefaults()
            .withSize(30, 40)
            .withAssignment(PanelSimulation.Assignment.BLOCKS)
            .withMissing(0.1)
            .generate()
            .panel();

    /** The slow way: a search around each cell. */
    private static Panel copy(Panel panel, int lead, int washout, OutcomeStorage storage) {
        PanelCells cells = Panel.cells(panel.unitNames(), panel.periodNames(), panel.armNames(), storage);
        for (int unit = 0; unit < panel.units(); unit++) {
            for (int j = 0; j < panel.periods(); j++) {
                boolean leaves = panel.arm(unit, j) == 0
                        && (isTreatedNext(panel, unit, j, lead, 1) || isTreatedNext(panel, unit, j, washout, -1));
                cells.set(unit, j, Math.max(0, panel.arm(unit, j)), leaves ? Double.NaN : panel.outcome(unit, j));
            }
        }
        return cells.build();
    }

    private static boolean isTreatedNext(Panel panel, int unit, int period, int within, int step) {
        for (int k = 1; k <= within; k++) {
            int j = period + step * k;
            if (j < 0 || j >= panel.periods()) {
                return false;
            }
            if (panel.arm(unit, j) > 0) {
                return true;
            }
        }
        return false;
    }

    @Test
    void equalsAPanelInWhichTheCellsAreMissing() {
        Panel view = PANEL.withoutTransitions(2, 3);
        Panel copy = copy(PANEL, 2, 3, OutcomeStorage.DOUBLE);

        assertThat(view.fingerprint()).isEqualTo(copy.fingerprint()).isNotEqualTo(PANEL.fingerprint());
        assertThat(view.cellsInArm(0)).isEqualTo(copy.cellsInArm(0)).isLessThan(PANEL.cellsInArm(0));
        assertThat(view.cellsInArm(1)).isEqualTo(PANEL.cellsInArm(1));
        for (int unit = 0; unit < PANEL.units(); unit++) {
            for (int j = 0; j < PANEL.periods(); j++) {
                assertThat(view.arm(unit, j)).isEqualTo(copy.arm(unit, j));
                assertThat(Double.compare(view.outcome(unit, j), copy.outcome(unit, j)))
                        .isZero();
            }
        }
    }

    @Test
    void estimatorsFindTheSame() {
        Panel view = PANEL.withoutTransitions(1, 2);
        Panel copy = copy(PANEL, 1, 2, OutcomeStorage.DOUBLE);

        assertThat(FactorModelEstimator.withDefaults().fit(view).effects())
                .hasToString(
                        FactorModelEstimator.withDefaults().fit(copy).effects().toString());
        assertThat(SpectralEstimator.withDefaults().fit(view).effects())
                .hasToString(
                        SpectralEstimator.withDefaults().fit(copy).effects().toString());
    }

    @Test
    void viewsOfFilesAndFloatsToo() {
        Panel floats = copy(PANEL, 0, 0, OutcomeStorage.FLOAT);
        Path path = folder.resolve("panel.rowwise");
        PanelFile.write(floats, path, OutcomeStorage.FLOAT);
        try (PanelFile file = PanelFile.open(path)) {
            String expected = copy(floats, 2, 1, OutcomeStorage.FLOAT).fingerprint();
            assertThat(floats.withoutTransitions(2, 1).fingerprint()).isEqualTo(expected);
            assertThat(file.panel().withoutTransitions(2, 1).fingerprint()).isEqualTo(expected);
        }
    }

    @Test
    void viewsOfViewsAddUp() {
        Panel twice = PANEL.withoutTransitions(2, 0).withoutTransitions(0, 3);

        assertThat(twice.fingerprint()).isEqualTo(PANEL.withoutTransitions(2, 3).fingerprint());
        UnitEffects effects = SpectralEstimator.withDefaults().fit(twice);
        assertThat(effects.provenance().options()).containsEntry("lead", "2").containsEntry("washout", "3");
        assertThat(SpectralEstimator.withDefaults().fit(PANEL).provenance().options())
                .doesNotContainKeys("lead", "washout");
    }

    @Test
    void nothingToLeaveOutIsThePanelItself() {
        assertThat(PANEL.withoutTransitions(0, 0)).isSameAs(PANEL);
    }

    @Test
    void rejectsWhatLeavesNoControl() {
        Panel tiny = Panel.of(
                new double[][] {{1, 2, 3}, {2, 3, 4}},
                new int[][] {{0, 0, 1}, {0, 1, 1}},
                List.of("a", "b"),
                List.of("1", "2", "3"));

        assertThat(tiny.withoutTransitions(1, 0).cellsInArm(0)).isEqualTo(1);
        assertThatThrownBy(() -> tiny.withoutTransitions(2, 0))
                .isInstanceOf(InvalidPanelException.class)
                .hasMessageContaining("no control cell is left without the 2 periods");
        assertThatThrownBy(() -> tiny.withoutTransitions(-1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lead -1");
    }
}
