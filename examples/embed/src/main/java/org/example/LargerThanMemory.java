package org.example;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelFile;
import io.github.rowwise.panel.PanelFileWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a panel file unit by unit, fits it block by block, and uses a checkpoint that a later run can resume. */
final class LargerThanMemory {

    private LargerThanMemory() {}

    static void run() throws IOException {
        Path folder = Files.createTempDirectory("rowwise-example");
        Path path = folder.resolve("panel.rowwise");
        Path checkpoint = folder.resolve("fit.checkpoint");
        Panel small = FromArrays.panel(); // stands for a source that provides one unit at a time

        try (PanelFileWriter writer = PanelFile.writer(
                path, small.unitNames(), small.periodNames(), small.armNames(), OutcomeStorage.DOUBLE)) {
            byte[] arms = new byte[small.periods()];
            double[] outcomes = new double[small.periods()];
            for (int unit = 0; unit < small.units(); unit++) {
                for (int period = 0; period < small.periods(); period++) {
                    arms[period] = (byte) small.arm(unit, period);
                    outcomes[period] = small.outcome(unit, period);
                }
                writer.add(arms, outcomes);
            }
            writer.finish();
        }

        try (PanelFile file = PanelFile.open(path)) {
            UnitEffects effects = FactorModelEstimator.withDefaults()
                    .withCheckpoint(checkpoint, iterations -> System.out.println("resumes after " + iterations + " iterations"))
                    .fit(file.panel());
            boolean same = effects.averages(1).ate().value()
                    == FactorModelEstimator.withDefaults()
                            .fit(small)
                            .averages(1)
                            .ate()
                            .value();
            System.out.println("same result from the file and from memory: " + same);
        }
        Files.delete(checkpoint); // once the results are stored
        Files.delete(path);
        Files.delete(folder);
    }
}
