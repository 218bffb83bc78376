package io.github.rowwise.spark.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowwise.CheckpointException;
import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.FitListener;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.simulation.PanelSimulation;
import io.github.rowwise.spark.Estimation;
import io.github.rowwise.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class FitCheckpointsTest {

    /** More than the start takes, fewer than the fit: of the factor model's stages. */
    private static final int PASSES = 40;

    private static final Panel PANEL = PanelSimulation.withDefaults()
            .withSize(150, 30)
            .withMissing(.1)
            .generate()
            .panel();

    @TempDir
    private Path folder;

    @Test
    void aFitThatWasCutOffGoesOnToTheSameResultAndFewIterationsStay() throws IOException {
        String kept = folder.resolve("kept").toUri().toString();
        try (JavaSparkContext spark = LocalSpark.start()) {
            List<Row> expected =
                    Estimation.fit(spark, PANEL, 3, Fits::whole).rows().collect();
            assertThat(Fits.heard).isGreaterThan(PASSES);

            assertThatThrownBy(() -> Estimation.fit(spark, PANEL, 3, Fits::cutOff, open(spark, kept, 3)))
                    .hasMessage("cut off");

            FitCheckpoints checkpoints = open(spark, kept, 3);
            assertThat(checkpoints.base()).isPositive();
            SparkFit<UnitEffects, Row> resumed = Estimation.fit(spark, PANEL, 3, Fits::whole, checkpoints);
            assertThat(resumed.rows().collect()).isEqualTo(expected);
            // The newest and the base.
            try (Stream<Path> iterations = Files.list(folder.resolve("kept"))) {
                assertThat(iterations).hasSizeLessThanOrEqualTo(2);
            }
            assertThatThrownBy(() -> open(spark, kept, 2))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("over 3 partitions, but there are 2 now");
            Panel other = PanelSimulation.withDefaults()
                    .withSize(150, 30)
                    .withSeed(9)
                    .generate()
                    .panel();
            assertThatThrownBy(() -> Estimation.fit(spark, other, 3, Fits::whole, open(spark, kept, 3)))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("of another fit");

            FitCheckpoints.delete(kept, spark.hadoopConfiguration());
            assertThat(folder.resolve("kept")).doesNotExist();
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsRejectedBeforeTheFit() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> FitCheckpoints.open(file + "/under", 2, new Configuration()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("name a folder that the driver and all executors can read and write");
    }

    private static FitCheckpoints open(JavaSparkContext spark, String folder, int partitions) {
        return FitCheckpoints.open(folder, partitions, spark.hadoopConfiguration());
    }

    /** The fits, whose listeners are static because methods go to executors; there is one process. */
    private static final class Fits {

        private static volatile int heard;

        static UnitEffects whole(Panel panel) {
            return fit(panel, progress -> heard = progress.pass());
        }

        static UnitEffects cutOff(Panel panel) {
            return fit(panel, progress -> {
                if (progress.pass() == PASSES) {
                    throw new IllegalStateException("cut off");
                }
            });
        }

        /** Only the driver's part is listened to, which is without units. */
        private static UnitEffects fit(Panel panel, FitListener listener) {
            return FactorModelEstimator.withDefaults()
                    .withThreads(1)
                    .withListener(panel.units() == 0 ? listener : progress -> {})
                    .fit(panel);
        }
    }
}
