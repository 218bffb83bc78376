package io.github.rowwise.spark.effects;

import io.github.rowwise.internal.stats.BenjaminiHochberg;
import io.github.rowwise.spark.panel.JavaSerialization;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Benjamini-Hochberg q-values without collecting all p-values in one place. P-values are partitioned by ranges of arm and
 * p-value. A range needs only the number of p-values and the smallest q-value of the other ranges.
 */
final class DistributedQValues {

    private static final StructType SCHEMA = new StructType()
            .add("part", DataTypes.IntegerType, false)
            .add("at", DataTypes.IntegerType, false)
            .add("arm", DataTypes.IntegerType, false)
            .add("p", DataTypes.DoubleType, false);

    private DistributedQValues() {}

    /**
     * The q-values, and the persisted data that they are computed from.
     *
     * @param values one array per partition of the rows, by index of the row; the entry of a row without a p-value is
     *     meaningless
     * @param kept persisted data, which the caller unpersists
     */
    record QValues(JavaRDD<double[]> values, JavaRDD<?> kept) {}

    /** The p-values of a range, sorted by arm and value, and the row of each. */
    private record Range(int[] part, int[] at, int[] arm, double[] p) implements Serializable {}

    /**
     * Returns the q-values.
     *
     * @param rows the rows; those without a p-value are skipped
     * @param ate reads the arm
     * @param p index of the p-value
     * @param arms number of arms, control included
     */
    static QValues qValues(SparkSession session, JavaRDD<Row> rows, AteColumns ate, int p, int arms) {
        int partitions = rows.getNumPartitions();
        JavaRDD<Row> keys = rows.mapPartitionsWithIndex((part, units) -> keys(part, units, ate, p), true);
        JavaRDD<byte[]> ranges = session.createDataFrame(keys, SCHEMA)
                .repartitionByRange(partitions, functions.col("arm"), functions.col("p"))
                .sortWithinPartitions("arm", "p")
                .toJavaRDD()
                .mapPartitions(DistributedQValues::range);
        ranges.setName("rowwise p-values").persist(StorageLevel.MEMORY_AND_DISK());
        long[][] counts = ranges.map(range -> counts((Range) JavaSerialization.read(range), arms))
                .collect()
                .toArray(long[][]::new);
        long[] tests = new long[arms];
        long[][] before = new long[counts.length][];
        for (int range = 0; range < counts.length; range++) {
            before[range] = tests.clone();
            for (int arm = 0; arm < arms; arm++) {
                tests[arm] += counts[range][arm];
            }
        }
        double[][] least = ranges.mapPartitionsWithIndex(
                        (range, one) -> {
                            double[] ones = ones(arms);
                            return List.of(step(
                                            (Range) JavaSerialization.read(one.next()),
                                            before[range],
                                            tests,
                                            ones,
                                            null))
                                    .iterator();
                        },
                        true)
                .collect()
                .toArray(double[][]::new);
        double[][] after = new double[counts.length][];
        double[] lowest = ones(arms);
        for (int range = counts.length - 1; range >= 0; range--) {
            after[range] = lowest.clone();
            for (int arm = 0; arm < arms; arm++) {
                lowest[arm] = Math.min(lowest[arm], least[range][arm]);
            }
        }
        JavaPairRDD<Integer, byte[]> found = JavaPairRDD.fromJavaRDD(ranges.mapPartitionsWithIndex(
                (range, one) -> {
                    Range values = (Range) JavaSerialization.read(one.next());
                    double[] q = new double[values.p().length];
                    step(values, before[range], tests, after[range], q);
                    return byShard(values, q);
                },
                true));
        // The hash of an Integer is its value, so that each entry goes to the partition of its row.
        return new QValues(
                found.partitionBy(new HashPartitioner(partitions)).values().mapPartitions(DistributedQValues::gather),
                ranges);
    }

    private static Iterator<Row> keys(int part, Iterator<Row> units, AteColumns ate, int p) {
        List<Row> keys = new ArrayList<>();
        for (int at = 0; units.hasNext(); at++) {
            Row row = units.next();
            if (ate.isKnown(row)) {
                keys.add(RowFactory.create(part, at, ate.arm(row), row.getDouble(p)));
            }
        }
        return keys.iterator();
    }

    private static Iterator<byte[]> range(Iterator<Row> sorted) {
        List<Row> all = new ArrayList<>();
        sorted.forEachRemaining(all::add);
        Range range = new Range(
                all.stream().mapToInt(row -> row.getInt(0)).toArray(),
                all.stream().mapToInt(row -> row.getInt(1)).toArray(),
                all.stream().mapToInt(row -> row.getInt(2)).toArray(),
                all.stream().mapToDouble(row -> row.getDouble(3)).toArray());
        return List.of(JavaSerialization.of(range)).iterator();
    }

    private static long[] counts(Range range, int arms) {
        long[] counts = new long[arms];
        for (int arm : range.arm()) {
            counts[arm]++;
        }
        return counts;
    }

    /** Returns the smallest q-value by arm of this range and those after it, and fills in all q-values if wanted. */
    private static double[] step(Range range, long[] before, long[] tests, double[] after, double @Nullable [] q) {
        long[] ranks = counts(range, tests.length);
        BenjaminiHochberg[] steps = new BenjaminiHochberg[tests.length];
        for (int arm = 0; arm < tests.length; arm++) {
            ranks[arm] += before[arm];
            steps[arm] = new BenjaminiHochberg(tests[arm], after[arm]);
        }
        double[] least = after.clone();
        for (int k = range.p().length - 1; k >= 0; k--) {
            int arm = range.arm()[k];
            least[arm] = steps[arm].next(range.p()[k], ranks[arm]--);
            if (q != null) {
                q[k] = least[arm];
            }
        }
        return least;
    }

    private static double[] ones(int arms) {
        double[] ones = new double[arms];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Rows of one partition and their q-values. */
    private record Found(int[] at, double[] q) implements Serializable {}

    private static Iterator<Tuple2<Integer, byte[]>> byShard(Range range, double[] q) {
        Map<Integer, List<Integer>> members = new LinkedHashMap<>();
        for (int k = 0; k < q.length; k++) {
            members.computeIfAbsent(range.part()[k], part -> new ArrayList<>()).add(k);
        }
        return members.entrySet().stream()
                .map(part -> new Tuple2<>(
                        part.getKey(),
                        JavaSerialization.of(new Found(
                                part.getValue().stream()
                                        .mapToInt(k -> range.at()[k])
                                        .toArray(),
                                part.getValue().stream().mapToDouble(k -> q[k]).toArray()))))
                .iterator();
    }

    private static Iterator<double[]> gather(Iterator<byte[]> found) {
        double[] q = new double[0];
        while (found.hasNext()) {
            Found some = (Found) JavaSerialization.read(found.next());
            for (int k = 0; k < some.at().length; k++) {
                if (some.at()[k] >= q.length) {
                    q = Arrays.copyOf(q, Math.max(some.at()[k] + 1, 2 * q.length));
                }
                q[some.at()[k]] = some.q()[k];
            }
        }
        return List.of(q).iterator();
    }
}
