package io.github.rowwise.spark.fit;

import io.github.rowwise.spark.panel.UnitBlock;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;

/**
 * The fit of a program over the shards of a panel, one per partition.
 *
 * @param result the driver's result, which has no units
 * @param rows rows of all units; persisted, the caller unpersists them. Lost rows are recomputed from the blocks
 * @param repeatedSums number of partial sums that were repeated because an executor was lost or a task ran elsewhere
 * @param <R> type of the program's result
 * @param <T> type of a row
 */
public record SparkFit<R, T>(R result, JavaRDD<T> rows, long repeatedSums) {

    /**
     * Runs a program. Exceptions of the program are thrown, whether they come from the driver or from a shard.
     *
     * @param blocks blocks of all units; persisted, and the same whenever they are recomputed
     * @param arms number of arms
     * @param program the program
     * @param rows takes the rows out of the shards' results
     * @param checkpoints the checkpoints to write and to resume from, or {@code null} for none
     * @throws io.github.rowwise.CheckpointException if a checkpoint cannot be written or resumed from
     * @throws java.util.concurrent.CancellationException if the thread is interrupted, or the job is cancelled; the thread stays
     *     interrupted
     */
    public static <R, T> SparkFit<R, T> run(
            JavaRDD<UnitBlock> blocks,
            int arms,
            ShardProgram<R> program,
            ResultRows<R, T> rows,
            @Nullable FitCheckpoints checkpoints) {
        FitId fit = LiveFits.begin(blocks.context().applicationId());
        DriverEngine<R> engine = null;
        try {
            engine = new DriverEngine<>(fit, blocks, arms, program, checkpoints);
            R result = program.run(ShardData.withoutUnits(arms), engine);
            SparkFit<R, T> done = new SparkFit<>(result, engine.rows(rows), engine.repeated());
            LiveFits.end(fit);
            engine.tidy();
            return done;
        } catch (Throwable e) {
            LiveFits.end(fit);
            if (engine != null) {
                engine.giveUp();
            }
            throw e;
        } finally {
            if (engine != null) {
                engine.close();
            }
        }
    }

    /** Runs a program without checkpoints. */
    public static <R, T> SparkFit<R, T> run(
            JavaRDD<UnitBlock> blocks, int arms, ShardProgram<R> program, ResultRows<R, T> rows) {
        return run(blocks, arms, program, rows, null);
    }
}
