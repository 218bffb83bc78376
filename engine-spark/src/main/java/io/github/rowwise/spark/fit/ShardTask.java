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
 * Where a fit stands, as the tasks of a job know it, and what they do: bring the replica of a part there and one step on.
 *
 * @param fit which
 * @param live fits that go on
 * @param program of every part
 * @param arms number of arms
 * @param steps sums added up so far
 * @param checksums of the parts' blocks when they were first read; {@code null} in the first job
 * @param checkpoints where parts are kept, {@code null} for nowhere
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

    /** Makes the part's share of the next sum. */
    byte[] share(String label, int part, ShardReader reader, TaskContext task) {
        int number = steps.size();
        ShardWorker<R> waiting = waiting(part);
        if (waiting != null && waiting.made() == number + 1 && waiting.answer() != null) {
            // Another attempt, because the answer was lost on its way.
            byte[] answer = waiting.answer();
            ShardWorkerRegistry.put(fit, part, waiting);
            return answer;
        }
        int repeated = waiting == null ? number : number - waiting.made();
        ShardWorker<R> replica = null;
        try {
            replica = upToDate(waiting, part, reader, task);
            if (replica == null) {
                return JavaSerialization.of(PartialSums.of(new ShardReply(part, home(here()), "", 0, 0), null));
            }
            Object share = replica.share(total(number - 1), label, reader, task);
            byte[] answer = JavaSerialization.of(PartialSums.of(
                    new ShardReply(part, home(here()), replica.agreement(), replica.checksum(), repeated), share));
            replica.keepAnswer(answer);
            ShardWorkerRegistry.put(fit, part, replica);
            return answer;
        } catch (Throwable e) {
            throw failure(e, replica, part, reader, task);
        }
    }

    /** Ends the part's program and takes rows out of its result. */
    <T> Iterator<T> rows(ResultRows<R, T> rows, int part, ShardReader reader, TaskContext task) {
        ShardWorker<R> replica = null;
        try {
            replica = upToDate(waiting(part), part, reader, task);
            return replica == null
                    ? Collections.emptyIterator()
                    : rows.of(replica.result(total(steps.size() - 1), task));
        } catch (Throwable e) {
            throw failure(e, replica, part, reader, task);
        }
    }

    private @Nullable ShardWorker<R> waiting(int part) {
        ShardWorkerRegistry.keep(live);
        return ShardWorkerRegistry.take(fit, part);
    }

    /**
     * Returns a replica that has made its share of all steps.
     *
     * @return {@code null} where the part has no units
     */
    private @Nullable ShardWorker<R> upToDate(
            @Nullable ShardWorker<R> waiting, int part, ShardReader reader, TaskContext task) throws Throwable {
        ShardWorker<R> replica = waiting;
        if (replica != null && replica.made() > steps.size()) {
            // This task is of a job that is long over.
            replica.stop();
            replica = null;
        }
        if (replica == null) {
            ShardData data = reader.part(arms);
            requireSame(data.checksum(), part);
            if (data.unitNames().isEmpty()) {
                return null;
            }
            if (!steps.isEmpty()) {
                LOG.info("Fit {}: {} repeats {} sums", fit.number(), place(part), steps.size());
            }
            replica = new ShardWorker<>(
                    program,
                    data,
                    checkpoints == null ? null : checkpoints.ofPart(part),
                    "rowwise-fit-" + fit.number() + "-part-" + part);
        }
        try {
            while (replica.made() < steps.size()) {
                int next = replica.made();
                replica.share(total(next - 1), steps.get(next).label(), reader, task);
            }
            return replica;
        } catch (Throwable e) {
            replica.stop();
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

    /** Stops the replica; what is Spark's to handle goes on as it is. */
    private static RuntimeException failure(
            Throwable thrown, @Nullable ShardWorker<?> replica, int part, ShardReader reader, TaskContext task) {
        if (replica != null) {
            replica.stop();
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

    /** An executor as Spark reads it in preferred locations. */
    static String home(BlockManagerId executor) {
        return "executor_" + executor.host() + "_" + executor.executorId();
    }
}
