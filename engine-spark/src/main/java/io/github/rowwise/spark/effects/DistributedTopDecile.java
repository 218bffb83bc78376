package io.github.rowwise.spark.effects;

import io.github.rowwise.internal.stats.TopDecile;
import io.github.rowwise.spark.panel.OnePerPartition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/** Finds the thresholds of the top decile by arm, with several halvings per job. Sums are in the order of the partitions. */
final class DistributedTopDecile {

    private static final int HALVINGS = 3;

    private DistributedTopDecile() {}

    /** Returns one threshold per arm; that of control is not used. */
    static double[] thresholds(JavaRDD<Row> rows, AteColumns ate, int arms) {
        List<TopDecile> searches = new ArrayList<>();
        double[][] ranges = ranges(rows, ate, arms);
        for (double[] range : ranges) {
            searches.add(new TopDecile((long) range[0], range[1], range[2], range[3]));
        }
        while (!searches.get(0).isDone()) {
            double[][] asked =
                    searches.stream().map(search -> search.thresholds(HALVINGS)).toArray(double[][]::new);
            double[][] expected = expected(rows, ate, asked);
            for (int arm = 0; arm < arms; arm++) {
                searches.get(arm).narrow(asked[arm], expected[arm]);
            }
        }
        return searches.stream().mapToDouble(TopDecile::threshold).toArray();
    }

    /** Returns count, minimum, maximum and largest standard error of each arm's estimates; zeros if there are none. */
    private static double[][] ranges(JavaRDD<Row> rows, AteColumns ate, int arms) {
        List<double[][]> parts = OnePerPartition.collect(rows.mapPartitions(units -> {
            double[][] part = unknown(arms);
            units.forEachRemaining(row -> {
                if (ate.isKnown(row)) {
                    double value = row.getDouble(ate.value());
                    merge(part[ate.arm(row)], new double[] {1, value, value, row.getDouble(ate.standardError())});
                }
            });
            return Collections.singletonList(part).iterator();
        }));
        double[][] all = unknown(arms);
        for (double[][] part : parts) {
            for (int arm = 0; arm < arms; arm++) {
                merge(all[arm], part[arm]);
            }
        }
        for (double[] range : all) {
            if (range[0] == 0) {
                Arrays.fill(range, 0);
            }
        }
        return all;
    }

    private static double[][] unknown(int arms) {
        double[][] ranges = new double[arms][];
        Arrays.setAll(ranges, arm -> new double[] {0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0});
        return ranges;
    }

    private static void merge(double[] range, double[] other) {
        range[0] += other[0];
        range[1] = Math.min(range[1], other[1]);
        range[2] = Math.max(range[2], other[2]);
        range[3] = Math.max(range[3], other[3]);
    }

    private static double[][] expected(JavaRDD<Row> rows, AteColumns ate, double[][] thresholds) {
        List<double[][]> parts = OnePerPartition.collect(rows.mapPartitions(units -> {
            double[][] part = zeros(thresholds);
            units.forEachRemaining(row -> {
                if (ate.isKnown(row)) {
                    int arm = ate.arm(row);
                    for (int k = 0; k < part[arm].length; k++) {
                        part[arm][k] += ate.above(row, thresholds[arm][k]);
                    }
                }
            });
            return Collections.singletonList(part).iterator();
        }));
        double[][] all = zeros(thresholds);
        for (double[][] part : parts) {
            for (int arm = 0; arm < all.length; arm++) {
                for (int k = 0; k < all[arm].length; k++) {
                    all[arm][k] += part[arm][k];
                }
            }
        }
        return all;
    }

    private static double[][] zeros(double[][] thresholds) {
        return Arrays.stream(thresholds).map(arm -> new double[arm.length]).toArray(double[][]::new);
    }
}
