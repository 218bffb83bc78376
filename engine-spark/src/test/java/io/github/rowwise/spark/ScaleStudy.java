package io.github.rowwise.spark;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelCells;
import io.github.rowwise.spark.effects.EffectsTable;
import io.github.rowwise.spark.fit.DiagnosedEffects;
import io.github.rowwise.spark.fit.EffectsProgram;
import io.github.rowwise.spark.fit.EstimatorSettings;
import io.github.rowwise.spark.fit.SparkFit;
import io.github.rowwise.spark.panel.PanelColumns;
import io.github.rowwise.spark.panel.PanelTable;
import io.github.rowwise.tables.OptionNaming;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * How long fits take on two executors of one core each, how often they pass over the panel and what the driver holds, beside
 * the in-memory engine on two threads with the same panel. One line a run; {@code engine-spark/study} starts it.
 *
 * <p>Arguments: {@code spark|memory|both}, units, periods, method (factor-model or spectral), memory of an executor (such as 4g).
 */
final class ScaleStudy {

    private static final int FACTORS = 3;
    private static final double MIB = 1 << 20;

    private ScaleStudy() {}

    /** A unit's cells, from its number alone. */
    private record Unit(double[] outcomes, int[] arms) {

        static Unit of(long number, int periods) {
            SplittableRandom random = new SplittableRandom(number * 0x9E3779B97F4A7C15L);
            double[] loadings = new double[FACTORS];
            for (int k = 0; k < FACTORS; k++) {
                loadings[k] = random.nextGaussian();
            }
            double level = 10 + 2 * random.nextGaussian();
            double effect = 1 + .5 * loadings[0];
            double propensity = random.nextDouble(.1, .6);
            double[] outcomes = new double[periods];
            int[] arms = new int[periods];
            double noise = 0;
            for (int j = 0; j < periods; j++) {
                double outcome = level;
                for (int k = 0; k < FACTORS; k++) {
                    outcome += loadings[k] * Math.sin((k + 1) * (.7 + j) * 6.3 / periods + k);
                }
                arms[j] = random.nextDouble() < propensity ? 1 : 0;
                noise = .4 * noise + random.nextGaussian();
                outcomes[j] = outcome + effect * arms[j] + noise;
            }
            return new Unit(outcomes, arms);
        }
    }

    public static void main(String[] arguments) throws IOException {
        String where = arguments[0];
        int units = Integer.parseInt(arguments[1]);
        int periods = Integer.parseInt(arguments[2]);
        String method = arguments[3];
        if (!where.equals("memory")) {
            onSpark(units, periods, method, arguments[4]);
        }
        if (!where.equals("spark")) {
            inMemory(units, periods, method);
        }
    }

    private static void onSpark(int units, int periods, String method, String memory) throws IOException {
        try (TestCluster cluster = TestCluster.start(2, memory)) {
            SparkConf conf = cluster.conf(2, entry -> true)
                    .set("spark.executor.memory", memory)
                    .set("spark.locality.wait", "600s")
                    .set("spark.network.timeout", "600s");
            try (SparkSession spark = SparkSession.builder().config(conf).getOrCreate()) {
                EstimatorSettings settings =
                        new EstimatorSettings(OptionNaming.PARAMETER, method, null, null, null, null, .95, 1, null);
                long start = System.nanoTime();
                try (PanelTable panel = PanelTable.read(
                        table(spark, units, periods),
                        new PanelColumns("unit", "time", "outcome", "treatment", null, OptionNaming.PARAMETER),
                        OutcomeStorage.DOUBLE,
                        2)) {
                    double reading = seconds(start);
                    resetPeak();
                    start = System.nanoTime();
                    AtomicInteger passes = new AtomicInteger();
                    SparkFit<DiagnosedEffects, Row> fit = SparkFit.run(
                            panel.blocks(),
                            2,
                            new EffectsProgram(settings, panel, progress -> passes.set(progress.pass())),
                            shard -> EffectsTable.shardRows(shard.effects()));
                    report(
                            "spark",
                            units,
                            periods,
                            method,
                            reading,
                            seconds(start),
                            passes.get(),
                            fit.result().effects());
                    System.out.printf(
                            Locale.ROOT,
                            "driver: %.0f MiB live after the fit, %.0f MiB at most; sums repeated %d; rows %d%n",
                            live(),
                            peak(),
                            fit.repeatedSums(),
                            fit.rows().count());
                }
            }
        }
    }

    private static Dataset<Row> table(SparkSession spark, int units, int periods) {
        StructType schema = new StructType()
                .add("unit", DataTypes.StringType, false)
                .add("time", DataTypes.IntegerType, false)
                .add("outcome", DataTypes.DoubleType, false)
                .add("treatment", DataTypes.IntegerType, false);
        FlatMapFunction<Long, Row> rows = number -> rows(number, periods);
        return spark.range(0, units, 1, 8).flatMap(rows, Encoders.row(schema));
    }

    private static Iterator<Row> rows(long number, int periods) {
        Unit unit = Unit.of(number, periods);
        String name = "unit-" + number;
        return IntStream.range(0, periods)
                .mapToObj(j -> RowFactory.create(name, j, unit.outcomes()[j], unit.arms()[j]))
                .iterator();
    }

    private static void inMemory(int units, int periods, String method) {
        List<String> names = new ArrayList<>();
        for (int unit = 0; unit < units; unit++) {
            names.add("unit-" + unit);
        }
        long start = System.nanoTime();
        PanelCells cells = Panel.cells(
                names, IntStream.range(0, periods).mapToObj(Integer::toString).toList(), List.of("0", "1"));
        for (int number = 0; number < units; number++) {
            Unit unit = Unit.of(number, periods);
            for (int j = 0; j < periods; j++) {
                cells.set(number, j, unit.arms()[j], unit.outcomes()[j]);
            }
        }
        Panel panel = cells.build();
        double reading = seconds(start);
        AtomicInteger passes = new AtomicInteger();
        start = System.nanoTime();
        UnitEffects effects = method.equals("spectral")
                ? SpectralEstimator.withDefaults()
                        .withThreads(2)
                        .withListener(progress -> passes.set(progress.pass()))
                        .fit(panel)
                : FactorModelEstimator.withDefaults()
                        .withThreads(2)
                        .withListener(progress -> passes.set(progress.pass()))
                        .fit(panel);
        report("memory", units, periods, method, reading, seconds(start), passes.get(), effects);
    }

    private static void report(
            String where,
            int units,
            int periods,
            String method,
            double reading,
            double fitting,
            int passes,
            UnitEffects effects) {
        System.out.printf(
                Locale.ROOT,
                "%s %s %d x %d: reading %.1f s, fit %.1f s, %d passes, %.2f s a pass, average ATE %.12f%n",
                where,
                method,
                units,
                periods,
                reading,
                fitting,
                passes,
                fitting / passes,
                effects.averages(1).ate().value());
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void resetPeak() {
        System.gc();
        heap().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static double peak() {
        return heap().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() / MIB;
    }

    private static double live() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB;
    }

    private static List<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }
}
