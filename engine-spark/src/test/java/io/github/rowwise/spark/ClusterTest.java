package io.github.rowwise.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.linalg.BackendUnavailableException;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.simulation.PanelSimulation;
import io.github.rowwise.spark.fit.ShardData;
import io.github.rowwise.spark.fit.SparkFit;
import io.github.rowwise.spark.fit.WeightedMeans;
import io.github.rowwise.spark.panel.TestBlocks;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

@Tag("slow")
@Timeout(400)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterTest {

    private static final int[] UNITS = {4, 0, 5, 3, 8, 1};
    private static final int PASSES = 8;

    private static final AtomicReference<@Nullable TestCluster> TO_LOSE = new AtomicReference<>();

    /** Executors have none. */
    private static @Nullable TestCluster cluster;

    @BeforeAll
    static void start() {
        // Two have the executors, the third one replaces one that is lost.
        cluster = TestCluster.start(3);
    }

    @AfterAll
    static void stop() {
        workers().close();
    }

    private static TestCluster workers() {
        return Objects.requireNonNull(cluster);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void fitsAsInOneProcessAlsoWhenAWorkerIsLost() {
        Panel panel =
                PanelSimulation.withDefaults().withSize(200, 40).generate().panel();
        SparkConf conf =
                workers().conf(2, entry -> true).set("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
        List<Row> rows;
        List<Row> effects;
        try (JavaSparkContext spark = LocalSpark.start(conf)) {
            SparkFit<WeightedMeans.Result, Row> undisturbed = fit(spark, WeightedMeans.Course.UNDISTURBED);
            assertThat(undisturbed.repeatedSums()).isZero();
            assertThat(workers().executors()).isEqualTo(2);
            rows = undisturbed.rows().collect();
            effects = Estimation.fit(spark, panel, 5, ClusterTest::factorModel)
                    .rows()
                    .collect();

            TO_LOSE.set(workers());
            SparkFit<UnitEffects, Row> disturbed = Estimation.fit(spark, panel, 5, ClusterTest::factorModelWithALoss);

            assertThat(TO_LOSE.get()).isNull();
            assertThat(disturbed.repeatedSums()).isPositive();
            assertThat(disturbed.rows().collect()).isEqualTo(effects);

            awaitExecutors(spark, 2);
            SparkFit<WeightedMeans.Result, Row> disturbedAgain = fit(spark, (Loss) () -> 5);

            assertThat(workers().executors()).isEqualTo(1);
            assertThat(disturbedAgain.repeatedSums()).isPositive();
            assertThat(disturbedAgain.rows().collect()).isEqualTo(rows);
        }
        try (JavaSparkContext spark = LocalSpark.start()) {
            assertThat(fit(spark, WeightedMeans.Course.UNDISTURBED).rows().collect())
                    .isEqualTo(rows);
            assertThat(Estimation.fit(spark, panel, 5, ClusterTest::factorModel)
                            .rows()
                            .collect())
                    .isEqualTo(effects);
        }
    }

    /** Waits until the third worker has replaced the one that was lost. */
    private static void awaitExecutors(JavaSparkContext spark, int executors) {
        // The driver is among those that Spark lists.
        while (spark.sc().statusTracker().getExecutorInfos().length < executors + 1) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** One panel, because passes are slow on a cluster. {@link RowwiseEstimatorTest} has the others. */
    @Test
    void bothMethodsAgreeWithThoseInMemory() throws IOException {
        try (SparkSession session = SparkSession.builder()
                .sparkContext(LocalSpark.start(workers().conf(2, entry -> true)).sc())
                .config("spark.sql.shuffle.partitions", "3")
                .getOrCreate()) {
            Panel panel = RowwiseEstimatorTest.panel("three_arms");
            Dataset<Row> table = RowwiseEstimatorTest.table(session, "three_arms");
            RowwiseEstimatorTest.assertSame(
                    RowwiseEstimatorTest.estimator(panel)
                            .setEffectsForm("constant")
                            .fit(table),
                    FactorModelEstimator.withDefaults()
                            .withEffects(EffectsForm.CONSTANT)
                            .fit(panel));
            RowwiseEstimatorTest.assertSame(
                    RowwiseEstimatorTest.estimator(panel).setMethod("spectral").fit(table),
                    SpectralEstimator.withDefaults().fit(panel));
        }
    }

    /** At the driver, whose part is without units. */
    private static UnitEffects factorModelWithALoss(Panel panel) {
        return FactorModelEstimator.withDefaults()
                .withEffects(EffectsForm.CONSTANT)
                .withThreads(1)
                .withListener(progress -> {
                    TestCluster cluster = panel.units() == 0 && progress.pass() == 15 ? TO_LOSE.getAndSet(null) : null;
                    if (cluster != null) {
                        cluster.loseAWorker();
                    }
                })
                .fit(panel);
    }

    @Test
    void anExecutorWithoutABackendFailsTheFitWithTheReason() {
        Panel panel = PanelSimulation.withDefaults().withSize(60, 20).generate().panel();
        try (JavaSparkContext spark =
                LocalSpark.start(workers().conf(1, entry -> !entry.toString().contains("backend-ejml")))) {
            assertThatThrownBy(() -> Estimation.fit(spark, panel, 3, ClusterTest::factorModel))
                    .isExactlyInstanceOf(BackendUnavailableException.class)
                    .hasMessageContaining("no linear-algebra backend is on the class path")
                    .satisfies(thrown -> assertThat(thrown.getSuppressed())
                            .singleElement()
                            .asString()
                            .contains("on executor "));
        }
    }

    /** Loses a worker before a pass. */
    private interface Loss extends WeightedMeans.Course {
        int beforePass();

        @Override
        default void before(int pass, ShardData part) {
            TestCluster atTheDriver = cluster;
            if (pass == beforePass() && atTheDriver != null) {
                atTheDriver.loseAWorker();
            }
        }
    }

    private static UnitEffects factorModel(Panel panel) {
        return FactorModelEstimator.withDefaults()
                .withEffects(EffectsForm.CONSTANT)
                .withThreads(1)
                .fit(panel);
    }

    private static SparkFit<WeightedMeans.Result, Row> fit(JavaSparkContext spark, WeightedMeans.Course course) {
        return SparkFit.run(
                TestBlocks.rdd(spark, UNITS),
                TestBlocks.ARMS,
                new WeightedMeans(PASSES, course),
                result -> result.weights().iterator());
    }
}
