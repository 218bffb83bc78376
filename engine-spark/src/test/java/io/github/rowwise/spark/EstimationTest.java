package io.github.rowwise.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.NotIdentifiedException;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.simulation.PanelSimulation;
import io.github.rowwise.spark.fit.SparkFit;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class EstimationTest {

    private static final Panel PANEL = PanelSimulation.withDefaults()
            .withSize(300, 60)
            .withMissing(0.05)
            .generate()
            .panel();

    private static JavaSparkContext spark;

    @BeforeAll
    static void start() {
        spark = LocalSpark.start();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void theSpectralEstimatorFindsWhatItFindsInOneProcess() {
        requireSame(EstimationTest::spectral);
    }

    @Test
    void theFactorModelFindsWhatItFindsInOneProcess() {
        requireSame(panel -> FactorModelEstimator.withDefaults().withThreads(1).fit(panel));
    }

    @Test
    void rejectsInTheSameWords() {
        int[][] arms = new int[6][4];
        for (int[] unit : arms) {
            unit[2] = 1;
        }
        List<String> names = IntStream.range(0, 6).mapToObj(i -> "" + i).toList();
        Panel shock = Panel.of(new double[6][4], arms, names, names.subList(0, 4));

        String words = catchThrowable(() -> spectral(shock)).getMessage();

        assertThatThrownBy(() -> Estimation.fit(spark, shock, 3, EstimationTest::spectral))
                .isInstanceOf(NotIdentifiedException.class)
                .hasMessage(words);
    }

    private static UnitEffects spectral(Panel panel) {
        return SpectralEstimator.withDefaults().withThreads(1).fit(panel);
    }

    private static void requireSame(Estimation.Method method) {
        UnitEffects expected = method.apply(PANEL);

        SparkFit<UnitEffects, Row> fit = Estimation.fit(spark, PANEL, 5, method);

        List<Row> rows = fit.rows().collect();
        List<Row> expectedRows = Estimation.rows(expected);
        assertThat(rows).hasSameSizeAs(expectedRows);
        for (int unit = 0; unit < rows.size(); unit++) {
            Row row = rows.get(unit);
            Row known = expectedRows.get(unit);
            assertThat(row.getString(0)).isEqualTo(known.getString(0));
            assertThat(row.getString(1)).isEqualTo(known.getString(1));
            assertThat(row.getDouble(2)).isCloseTo(known.getDouble(2), within(1e-8));
            assertThat(row.getDouble(3)).isCloseTo(known.getDouble(3), within(1e-8));
        }
        assertThat(fit.result().averages(1).ate().value())
                .isCloseTo(expected.averages(1).ate().value(), within(1e-8));
        assertThat(fit.result().warnings()).isEqualTo(expected.warnings());
        assertThat(fit.repeatedSums()).isZero();
    }
}
