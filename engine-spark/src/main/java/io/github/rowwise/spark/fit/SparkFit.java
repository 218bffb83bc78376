package io.github.rowwise.spark.fit;

import io.github.rowwise.spark.panel.UnitBlock;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program over the parts of a panel, one a partition.
 *
 * @param result of the driver, which has no units
 * @param rows of all units, persisted: for the caller to unpersist. Rows that are lost are computed anew, from the blocks
 * @param repeatedSums sums that parts had to repeat because an executor was lost or a task went elsewhere
 * @param <R> the program's result
 * @param <T> a row
 */
public record SparkFit<R, T>(R result, JavaRDD<T> rows, long repeatedSums) {

    /**
     * Runs a program to its end. What it throws, here or in a part, is thrown.
     *
     * @param blocks of all units: persisted, and alike whenever they are computed again
     * @param arms number of arms
     * @param program what to run
     * @param rows what to take out of the parts' results
     * @param checkpoints where the fit is kept and goes on from, {@code null} for nowhere
     * @throws io.github.rowwise.CheckpointException if a checkpoint cannot be written, or the one that is there cannot be gone
     *     on from
     * @throws java.util.concurrent.CancellationException if the thread is interrupted, which it stays, or the job is cancelled
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

    /** The same without checkpoints. */
    public static <R, T> SparkFit<R, T> run(
            JavaRDD<UnitBlock> blocks, int arms, ShardProgram<R> program, ResultRows<R, T> rows) {
        return run(blocks, arms, program, rows, null);
    }
}
