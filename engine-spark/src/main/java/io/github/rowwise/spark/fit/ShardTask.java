package io.github.rowwise.spark.fit;

import io.github.rowwise.spark.panel.JavaSerialization;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.storage.BlockManagerId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshot of the fit's completed reductions. A task uses it to bring the worker of its partition up to date and advance it by
 * one step.
 *
 * @param fit the fit
 * @param live the running fits
 * @param program the program of every shard
 * @param arms number of arms
 * @param steps the completed reductions
 * @param checksums checksums of the shards' blocks when they were first read; {@code null} in the first job
 * @param checkpoints the checkpoints, or {@code null} for none
 */
record ShardTask<R>(
        FitId fit,
        LiveFits live,
        ShardProgram<R> program,
        int arms,
        ArrayList<CompletedSum> steps,
        long @Nullable [] checksums,
        @Nullable FitCheckpoints checkpoints)
        implements Serializable {

    private static final Logger LOG = LoggerFactory.getLogger(ShardTask.class);

    /** Computes the shard's partial sum of the next reduction. */
    byte[] share(String label, int part, ShardReader reader, TaskContext task) {
        int number = steps.size();
        ShardWorker<R> waiting = waiting(part);
        if (waiting != null && waiting.made() == number + 1 && waiting.answer() != null) {
            // Another attempt, because the reply was lost.
            byte[] answer = waiting.answer();
            ShardWorkerRegistry.put(fit, part, waiting);
            return answer;
        }
        int repeated = waiting == null ? number : number - waiting.made();
        ShardWorker<R> worker = null;
        try {
            worker = upToDate(waiting, part, reader, task);
            if (worker == null) {
                return JavaSerialization.of(PartialSums.of(new ShardReply(part, home(here()), "", 0, 0), null));
            }
            Object share = worker.share(total(number - 1), label, reader, task);
            byte[] answer = JavaSerialization.of(PartialSums.of(
                    new ShardReply(part, home(here()), worker.agreement(), worker.checksum(), repeated), share));
            worker.keepAnswer(answer);
            ShardWorkerRegistry.put(fit, part, worker);
            return answer;
        } catch (Throwable e) {
            throw failure(e, worker, part, reader, task);
        }
    }

    /** Finishes the shard's program and takes the rows out of its result. */
    <T> Iterator<T> rows(ResultRows<R, T> rows, int part, ShardReader reader, TaskContext task) {
        ShardWorker<R> worker = null;
        try {
            worker = upToDate(waiting(part), part, reader, task);
            return worker == null ? Collections.emptyIterator() : rows.of(worker.result(total(steps.size() - 1), task));
        } catch (Throwable e) {
            throw failure(e, worker, part, reader, task);
        }
    }

    private @Nullable ShardWorker<R> waiting(int part) {
        ShardWorkerRegistry.keep(live);
        return ShardWorkerRegistry.take(fit, part);
    }

    /**
     * Returns a worker that has computed its partial sums of all steps.
     *
     * @return {@code null} if the shard has no units
     */
    private @Nullable ShardWorker<R> upToDate(
            @Nullable ShardWorker<R> waiting, int part, ShardReader reader, TaskContext task) throws Throwable {
        ShardWorker<R> worker = waiting;
        if (worker != null && worker.made() > steps.size()) {
            // This task belongs to a job that has ended.
            worker.stop();
            worker = null;
        }
        if (worker == null) {
            ShardData data = reader.part(arms);
            requireSame(data.checksum(), part);
            if (data.unitNames().isEmpty()) {
                return null;
            }
            if (!steps.isEmpty()) {
                LOG.info("Fit {}: {} repeats {} sums", fit.number(), place(part), steps.size());
            }
            worker = new ShardWorker<>(
                    program,
                    data,
                    checkpoints == null ? null : checkpoints.ofPart(part),
                    "rowwise-fit-" + fit.number() + "-part-" + part);
        }
        try {
            while (worker.made() < steps.size()) {
                int next = worker.made();
                worker.share(total(next - 1), steps.get(next).label(), reader, task);
            }
            return worker;
        } catch (Throwable e) {
            worker.stop();
            throw e;
        }
    }

    private @Nullable Object total(int step) {
        return step < 0 ? null : steps.get(step).read();
    }

    private void requireSame(long checksum, int part) {
        if (checksums != null && checksums[part] != checksum) {
            throw new IllegalStateException("partition " + part + " was computed again, and its units or outcomes are "
                    + "not those of the first time: give data that Spark computes alike each time, such as rows "
                    + "read from a file or checkpointed");
        }
    }

    /** Stops the worker. Exceptions that Spark must handle are rethrown. */
    private static RuntimeException failure(
            Throwable thrown, @Nullable ShardWorker<?> worker, int part, ShardReader reader, TaskContext task) {
        if (worker != null) {
            worker.stop();
        }
        boolean isOfProgram = thrown instanceof RuntimeException
                && !(thrown instanceof TaskKilledException)
                && !reader.hasThrown(thrown)
                && !task.isInterrupted();
        return isOfProgram
                ? new ShardFailureException("in " + place(part), (RuntimeException) thrown)
                : SneakyThrow.rethrown(thrown);
    }

    private static String place(int part) {
        BlockManagerId here = here();
        return "part " + part + " on executor " + here.executorId() + " (" + here.host() + ")";
    }

    private static BlockManagerId here() {
        return SparkEnv.get().blockManager().blockManagerId();
    }

    /** Returns the executor in the form of Spark's preferred locations. */
    static String home(BlockManagerId executor) {
        return "executor_" + executor.host() + "_" + executor.executorId();
    }
}
