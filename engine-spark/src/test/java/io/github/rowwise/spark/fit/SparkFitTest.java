package io.github.rowwise.spark.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.rowwise.engine.Engine;
import io.github.rowwise.engine.PartialSum;
import io.github.rowwise.spark.LocalSpark;
import io.github.rowwise.spark.panel.TestBlocks;
import io.github.rowwise.spark.panel.UnitBlock;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class SparkFitTest {

    private static final int PASSES = 8;

    private static JavaSparkContext spark;

    @BeforeAll
    static void start() {
        spark = LocalSpark.start();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    static List<int[]> partitionings() {
        return List.of(
                new int[] {20},
                new int[] {5, 0, 7, 1, 0},
                IntStream.range(0, 9).map(partition -> partition == 4 ? 300 : 1).toArray(),
                IntStream.range(0, 21).map(partition -> partition % 3).toArray());
    }

    @ParameterizedTest
    @MethodSource("partitionings")
    void equalsTheProgramOverAllUnitsInOnePlace(int[] unitsPerPartition) {
        WeightedMeans.Result expected = inOnePlace(unitsPerPartition);

        SparkFit<WeightedMeans.Result, Row> fit = fit(unitsPerPartition);

        for (int i = 0; i < expected.means().length; i++) {
            assertThat(fit.result().means()[i]).isCloseTo(expected.means()[i], withinPercentage(1e-10));
        }
        List<Row> rows = fit.rows().collect();
        assertThat(rows).hasSameSizeAs(expected.weights());
        for (int unit = 0; unit < rows.size(); unit++) {
            assertThat(rows.get(unit).getString(0))
                    .isEqualTo(expected.weights().get(unit).getString(0));
            assertThat(rows.get(unit).getDouble(1))
                    .isCloseTo(expected.weights().get(unit).getDouble(1), withinPercentage(1e-10));
        }
        assertThat(fit.repeatedSums()).isZero();
        assertThat(ShardWorkerRegistry.count()).isZero();
    }

    @ParameterizedTest
    @MethodSource("partitionings")
    void givesTheSameBitsForTheSamePartitions(int[] unitsPerPartition) {
        SparkFit<WeightedMeans.Result, Row> first = fit(unitsPerPartition);
        SparkFit<WeightedMeans.Result, Row> second = fit(unitsPerPartition);

        assertThat(second.result().means()).isEqualTo(first.result().means());
        assertThat(second.rows().collect()).isEqualTo(first.rows().collect());
    }

    @Test
    void sharesMergedInGroupsGiveTheSameBits() {
        int[] unitsPerPartition = partitionings().get(3);
        SparkFit<WeightedMeans.Result, Row> atTheDriver = fit(unitsPerPartition);
        List<Row> rows = atTheDriver.rows().collect();
        stop();
        spark = LocalSpark.start(LocalSpark.conf().set("spark.rowwise.driver.shares", "1b"));

        SparkFit<WeightedMeans.Result, Row> inGroups = fit(unitsPerPartition);

        assertThat(inGroups.result().means()).isEqualTo(atTheDriver.result().means());
        assertThat(inGroups.rows().collect()).isEqualTo(rows);
    }

    @Test
    void rowsThatAreLostAreComputedAnew() {
        SparkFit<WeightedMeans.Result, Row> fit = fit(4, 0, 5);
        List<Row> rows = fit.rows().collect();

        fit.rows().unpersist(true);

        assertThat(fit.rows().collect()).isEqualTo(rows);
        assertThat(ShardWorkerRegistry.count()).isZero();
    }

    @Test
    void blocksOnDiskAreReadAsOftenAsIsWanted() {
        int[] unitsPerPartition = {6, 7};
        JavaRDD<UnitBlock> blocks =
                TestBlocks.rdd(spark, unitsPerPartition).unpersist().persist(StorageLevel.DISK_ONLY());

        assertThat(SparkFit.run(
                                blocks,
                                TestBlocks.ARMS,
                                new WeightedMeans(PASSES),
                                result -> result.weights().iterator())
                        .rows()
                        .collect())
                .isEqualTo(fit(unitsPerPartition).rows().collect());
    }

    @Test
    void rejectsWhereNoPartitionHasUnits() {
        assertThatThrownBy(() -> fit(0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no partition has units");
    }

    private static SparkFit<WeightedMeans.Result, Row> fit(int... unitsPerPartition) {
        return SparkFit.run(
                TestBlocks.rdd(spark, unitsPerPartition),
                TestBlocks.ARMS,
                new WeightedMeans(PASSES),
                result -> result.weights().iterator());
    }

    private static WeightedMeans.Result inOnePlace(int[] unitsPerPartition) {
        List<UnitBlock> blocks = TestBlocks.all(unitsPerPartition);
        Engine engine = new Engine() {
            @Override
            public <S> S allReduce(PartialSum<S> sum) {
                return Objects.requireNonNull(
                        sum.ofShard(TestBlocks.reader(blocks).rows()));
            }
        };
        return new WeightedMeans(PASSES).run(TestBlocks.reader(blocks).part(TestBlocks.ARMS), engine);
    }
}
