package io.github.rowwise.spark.panel;

import io.github.rowwise.engine.ShardRows;
import io.github.rowwise.spark.fit.ShardReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Blocks of simulated units, which are the same wherever they are made. */
public final class TestBlocks {

    public static final int PERIODS = 6;
    public static final int ARMS = 2;
    private static final int UNITS_PER_BLOCK = 3;

    private TestBlocks() {}

    /** Units of a partition: as many as are asked for, numbered on from the partitions before. */
    static List<UnitBlock> ofPartition(int[] unitsPerPartition, int partition) {
        int first = IntStream.of(unitsPerPartition).limit(partition).sum();
        List<UnitBlock> blocks = new ArrayList<>();
        for (int from = 0; from < unitsPerPartition[partition]; from += UNITS_PER_BLOCK) {
            blocks.add(block(first + from, Math.min(UNITS_PER_BLOCK, unitsPerPartition[partition] - from)));
        }
        return blocks;
    }

    public static List<UnitBlock> all(int... unitsPerPartition) {
        return IntStream.range(0, unitsPerPartition.length)
                .mapToObj(partition -> ofPartition(unitsPerPartition, partition))
                .flatMap(List::stream)
                .toList();
    }

    /** As an RDD with a partition for each number of units. */
    public static JavaRDD<UnitBlock> rdd(JavaSparkContext spark, int... unitsPerPartition) {
        List<Integer> partitions =
                IntStream.range(0, unitsPerPartition.length).boxed().toList();
        return spark.parallelize(partitions, unitsPerPartition.length)
                .flatMap(partition -> ofPartition(unitsPerPartition, partition).iterator())
                .cache();
    }

    private static UnitBlock block(int first, int units) {
        String[] names = new String[units];
        double[] outcomes = new double[units * PERIODS];
        byte[] arms = new byte[units * PERIODS];
        for (int row = 0; row < units; row++) {
            names[row] = "unit " + (first + row);
            SplittableRandom random = new SplittableRandom(first + row);
            for (int cell = row * PERIODS; cell < (row + 1) * PERIODS; cell++) {
                arms[cell] = (byte) random.nextInt(ShardRows.MISSING, ARMS);
                outcomes[cell] = arms[cell] == ShardRows.MISSING ? 0 : random.nextDouble(-1, 2);
            }
        }
        return UnitBlock.ofDoubles(names, PERIODS, outcomes, arms, ARMS);
    }

    /** A part's reader, without Spark. */
    public static ShardReader reader(Iterable<UnitBlock> blocks) {
        return new ShardReader(blocks::iterator);
    }

    static <T> List<T> list(Iterator<T> values) {
        List<T> list = new ArrayList<>();
        values.forEachRemaining(list::add);
        return list;
    }
}
