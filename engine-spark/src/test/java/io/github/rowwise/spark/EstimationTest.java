package io.github.rowwise.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.NotIdentifiedException;
import io.github.rowwise.Panel;
import io.github.rowwise.PanelSimulation;
import io.github.rowwise.RowScaledSpectralEstimator;
import io.github.rowwise.UnitEffects;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EstimationTest {

    private static final Panel PANEL = PanelSimulation.withDefaults()
            .withSize(300, 60)
            .withMissing(0.05)
            .generate()
            .panel();

    private static final Estimation.Method SPECTRAL =
            panel -> RowScaledSpectralEstimator.withDefaults().withThreads(1).fit(panel);

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
        requireSame(SPECTRAL);
    }

    @Test
    void theFactorModelFindsWhatItFindsInOneProcess() {
        requireSame(panel -> FactorModelEstimator.withDefaults().withThreads(1).fit(panel));
    }

    @Test
    void refusesInTheSameWords() {
        int[][] arms = new int[6][4];
        for (int[] unit : arms) {
            unit[2] = 1;
        }
        List<String> names = IntStream.range(0, 6).mapToObj(i -> "" + i).toList();
        Panel shock = Panel.of(new double[6][4], arms, names, names.subList(0, 4));

        String words = catchThrowable(() -> SPECTRAL.apply(shock)).getMessage();

        assertThatThrownBy(() -> Estimation.fit(spark, shock, 3, SPECTRAL))
                .isInstanceOf(NotIdentifiedException.class)
                .hasMessage(words);
    }

    private static void requireSame(Estimation.Method method) {
        UnitEffects expected = method.apply(PANEL);

        SparkFit<UnitEffects, Estimation.Row> fit = Estimation.fit(spark, PANEL, 5, method);

        List<Estimation.Row> rows = fit.rows().collect();
        List<Estimation.Row> expectedRows = Estimation.rows(expected);
        assertThat(rows).hasSameSizeAs(expectedRows);
        for (int unit = 0; unit < rows.size(); unit++) {
            Estimation.Row row = rows.get(unit);
            Estimation.Row known = expectedRows.get(unit);
            assertThat(row.unit()).isEqualTo(known.unit());
            assertThat(row.grade()).isEqualTo(known.grade());
            assertThat(row.effect()).isCloseTo(known.effect(), within(1e-8));
            assertThat(row.standardError()).isCloseTo(known.standardError(), within(1e-8));
        }
        assertThat(fit.result().averages(1).ate().value())
                .isCloseTo(expected.averages(1).ate().value(), within(1e-8));
        assertThat(fit.result().warnings()).isEqualTo(expected.warnings());
        assertThat(fit.repeatedSums()).isZero();
    }
}
