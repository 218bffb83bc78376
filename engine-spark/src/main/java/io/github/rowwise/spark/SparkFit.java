package io.github.rowwise.spark;

import org.apache.spark.api.java.JavaRDD;

/**
 * Runs a program over the parts of a panel, one a partition.
 *
 * @param result of the driver, which has no units
 * @param rows of all units, persisted: for the caller to unpersist. Rows that are lost are computed anew, from the blocks
 * @param repeatedSums sums that parts had to repeat because an executor was lost or a task went elsewhere
 * @param <R> the program's result
 * @param <T> a row
 */
record SparkFit<R, T>(R result, JavaRDD<T> rows, long repeatedSums) {

    /**
     * Runs a program to its end. What it throws, here or in a part, is thrown.
     *
     * @param blocks of all units: persisted, and alike whenever they are computed again
     * @param arms number of arms
     * @param program what to run
     * @param rows what to take out of the parts' results
     * @throws java.util.concurrent.CancellationException if the thread is interrupted, which it stays, or the job is cancelled
     */
    static <R, T> SparkFit<R, T> run(JavaRDD<UnitBlock> blocks, int arms, PartProgram<R> program, RowsOf<R, T> rows) {
        FitId fit = LiveFits.begin(blocks.context().applicationId());
        DriverEngine<R> engine = null;
        try {
            engine = new DriverEngine<>(fit, blocks, arms, program);
            R result = program.run(PartData.withoutUnits(arms), engine);
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
        }
    }
}
