package io.github.rowwise.spark;

import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.engine.Engine;
import io.github.rowwise.engine.ShardRows;
import io.github.rowwise.linalg.Backends;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelShard;
import io.github.rowwise.spark.fit.FitCheckpoints;
import io.github.rowwise.spark.fit.RunFingerprint;
import io.github.rowwise.spark.fit.ShardData;
import io.github.rowwise.spark.fit.ShardProgram;
import io.github.rowwise.spark.fit.SparkFit;
import io.github.rowwise.spark.panel.UnitBlock;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** An estimator over the partitions of a panel that is here. */
public record Estimation(ArrayList<String> periods, ArrayList<String> arms, String fingerprint, Method method)
        implements ShardProgram<UnitEffects> {

    /** Makes the estimator and fits. */
    public interface Method extends Function<Panel, UnitEffects>, Serializable {}

    public static SparkFit<UnitEffects, Row> fit(JavaSparkContext spark, Panel panel, int partitions, Method method) {
        return fit(spark, panel, partitions, method, null);
    }

    public static SparkFit<UnitEffects, Row> fit(
            JavaSparkContext spark, Panel panel, int partitions, Method method, @Nullable FitCheckpoints checkpoints) {
        Estimation program = new Estimation(
                new ArrayList<>(panel.periodNames()), new ArrayList<>(panel.armNames()), panel.fingerprint(), method);
        return SparkFit.run(
                blocks(spark, panel, partitions),
                panel.arms(),
                program,
                effects -> rows(effects).iterator(),
                checkpoints);
    }

    /** A row of name, grade, effect and standard error for each unit. */
    static List<Row> rows(UnitEffects effects) {
        return effects.effects().stream()
                .map(unit -> RowFactory.create(
                        unit.unit(),
                        unit.grade().name(),
                        unit.ate().value(),
                        unit.ate().standardError()))
                .toList();
    }

    @Override
    public String agreement() {
        return RunFingerprint.of(Backends.select());
    }

    @Override
    public UnitEffects run(ShardData part, Engine engine) {
        return method.apply(PanelShard.of(
                part.unitNames(),
                periods,
                arms,
                part.cellsPerArm(),
                part.largestOutcome(),
                OutcomeStorage.DOUBLE,
                fingerprint,
                engine));
    }

    private static JavaRDD<UnitBlock> blocks(JavaSparkContext spark, Panel panel, int partitions) {
        int rows = PanelShard.rowsPerBlock(panel.periods());
        UnitBlock[][] parts = IntStream.range(0, partitions)
                .mapToObj(part -> {
                    int end = (int) ((part + 1L) * panel.units() / partitions);
                    List<UnitBlock> blocks = new ArrayList<>();
                    for (int first = (int) ((long) part * panel.units() / partitions); first < end; first += rows) {
                        blocks.add(block(panel, first, Math.min(end, first + rows)));
                    }
                    return blocks.toArray(UnitBlock[]::new);
                })
                .toArray(UnitBlock[][]::new);
        // Not parallelised themselves, because Spark would send them along with every task.
        Broadcast<UnitBlock[][]> sent = spark.broadcast(parts);
        return spark.parallelize(IntStream.range(0, partitions).boxed().toList(), partitions)
                .flatMap(part -> List.of(sent.value()[part]).iterator())
                .cache();
    }

    private static UnitBlock block(Panel panel, int first, int end) {
        int periods = panel.periods();
        double[] outcomes = new double[(end - first) * periods];
        byte[] arms = new byte[outcomes.length];
        for (int cell = 0; cell < arms.length; cell++) {
            int unit = first + cell / periods;
            int period = cell % periods;
            boolean isObserved = panel.isObserved(unit, period);
            arms[cell] = isObserved ? (byte) panel.arm(unit, period) : ShardRows.MISSING;
            outcomes[cell] = isObserved ? panel.outcome(unit, period) : 0;
        }
        return UnitBlock.ofDoubles(
                panel.unitNames().subList(first, end).toArray(String[]::new), periods, outcomes, arms, panel.arms());
    }
}
