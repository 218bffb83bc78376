package io.github.rowwise.benchmarks.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.PanelFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class LargePanelTest {

    @TempDir
    private Path folder;

    @Test
    void theFactorModelRecoversTheSimulation() {
        Path path = folder.resolve("panel.rowwise");
        LargePanel.main(new String[] {"400", "120", "float", path.toString()});
        try (PanelFile file = PanelFile.open(path)) {
            UnitEffects effects = FactorModelEstimator.withDefaults().fit(file.panel());
            assertThat(effects.averages(1).ate().value()).isCloseTo(.5, within(.08));
            assertThat(effects.factorModel().orElseThrow().rank()).isEqualTo(3);
            assertThat(effects.factorModel().orElseThrow().noiseCorrelation()).isCloseTo(.3, within(.03));
        }
    }
}
