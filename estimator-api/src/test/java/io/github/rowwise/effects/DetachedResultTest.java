package io.github.rowwise.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelDiagnostics;
import io.github.rowwise.panel.PanelFile;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetachedResultTest {

    private static final SpectralEstimator ESTIMATOR =
            SpectralEstimator.withDefaults().withBackend("ejml");

    @TempDir
    private Path folder;

    @Test
    void everythingCanBeReadAfterThePanelsFileIsClosed() {
        Path path = folder.resolve("panel.rowwise");
        PanelFile.write(Results.panel(), path, OutcomeStorage.DOUBLE);
        Map<UnitEffects, List<String>> expected = new LinkedHashMap<>();
        try (PanelFile file = PanelFile.open(path)) {
            Results.all(file.panel())
                    .values()
                    .forEach(effects -> expected.put(effects.detach(), Results.everything(effects)));
        }

        expected.forEach(
                (detached, all) -> assertThat(Results.everything(detached)).isEqualTo(all));
    }

    @Test
    void withoutDetachingTheMessageSaysThatTheFileIsClosed() {
        Path path = folder.resolve("panel.rowwise");
        PanelFile.write(Results.panel(), path, OutcomeStorage.DOUBLE);
        UnitEffects effects;
        try (PanelFile file = PanelFile.open(path)) {
            effects = ESTIMATOR.fit(file.panel());
        }

        assertThatThrownBy(() -> effects.byPeriod(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("UnitEffects.detach");
    }

    @Test
    void thePanelOfADetachedResultHasNoCells() {
        UnitEffects detached = ESTIMATOR.fit(Results.panel()).detach();

        assertThat(detached.detach()).isSameAs(detached);
        assertThat(detached.panel().unitIndex("unit 7")).isEqualTo(7);
        assertThatThrownBy(() -> detached.panel().arm(0, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("names and sizes only");
        assertThatThrownBy(() -> detached.panel().readRow(0, new double[30], new byte[30]))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ESTIMATOR.fit(detached.panel())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> PanelDiagnostics.of(detached.panel())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void thePanelsCellsAreFreed() throws InterruptedException {
        Panel panel = Results.panel();
        WeakReference<Panel> cells = new WeakReference<>(panel);
        List<UnitEffects> detached =
                Results.all(panel).values().stream().map(UnitEffects::detach).toList();
        panel = null;
        for (int k = 0; k < 50 && cells.get() != null; k++) {
            System.gc();
            Thread.sleep(20);
        }

        assertThat(cells.get()).isNull();
        assertThat(detached).hasSize(6);
    }

    @Test
    void matricesAndAveragesAreMadeOnce() {
        UnitEffects effects = ESTIMATOR.fit(Results.panel());

        assertThat(effects.effectMatrix(1)).isSameAs(effects.effectMatrix(1));
        assertThat(effects.effectMatrix(2)).isNotSameAs(effects.effectMatrix(1));
        assertThat(effects.outcomeMatrix(0)).isSameAs(effects.outcomeMatrix(0));
        assertThat(effects.byPeriod(1)).isSameAs(effects.byPeriod(1));
        assertThat(effects.byEventTime(1)).isSameAs(effects.byEventTime(1));
        assertThat(effects.preTrends(1)).isSameAs(effects.preTrends(1));
    }
}
