package io.github.rowwise.spark.fit;

import io.github.rowwise.engine.Engine;
import io.github.rowwise.engine.PartialSum;
import io.github.rowwise.engine.ShardCheckpoint;
import java.util.Collections;
import java.util.concurrent.CancellationException;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the program of one shard on its own thread, which lives from task to task and waits inside the program's reductions. One
 * task at a time uses it.
 *
 * @param <R> type of the program's result
 */
final class ShardWorker<R> {

    /** Long enough not to cost time, short enough that a killed task ends soon. */
    private static final long MILLISECONDS_BETWEEN_LOOKS = 200;

    private final String agreement;
    private final long checksum;

    /** Number of partial sums computed. */
    private int made;

    /** The reply to the last task, for another attempt at it. */
    private byte @Nullable [] answer;

    private final Thread thread;

    // Shared by the program's thread and the task's, guarded by this object's lock.
    private @Nullable PartialSum<?> asked;
    private @Nullable Object total;
    private boolean isStopped;
    private boolean isOver;
    private @Nullable R result;
    private @Nullable Throwable failure;

    /** Starts the program. */
    ShardWorker(ShardProgram<R> program, ShardData part, FitCheckpoints.@Nullable Part kept, String name) {
        agreement = program.agreement();
        checksum = part.checksum();
        thread = new Thread(() -> run(program, part, kept), name);
        thread.setDaemon(true);
        thread.start();
    }

    String agreement() {
        return agreement;
    }

    long checksum() {
        return checksum;
    }

    int made() {
        return made;
    }

    byte @Nullable [] answer() {
        return answer;
    }

    void keepAnswer(byte[] bytes) {
        answer = bytes;
    }

    /**
     * Computes the next partial sum on the calling thread, because Spark's readers need the task's thread.
     *
     * @param previous the total of the previous reduction, {@code null} before the first
     * @param label the driver's label of the reduction
     */
    @Nullable
    Object share(@Nullable Object previous, String label, ShardReader reader, TaskContext task) throws Throwable {
        if (previous != null) {
            give(previous);
        }
        await(task);
        PartialSum<?> sum = asked;
        if (sum == null || !sum.label().equals(label)) {
            throw new IllegalStateException("the driver asks for sum " + made + ", '" + label + "', and the part for "
                    + (sum == null ? "none" : "'" + sum.label() + "'") + ": give all processes the same jars");
        }
        Object share = sum.ofShard(sum.readsRows() ? reader.rows() : Collections.emptyIterator());
        made++;
        return share;
    }

    /** Waits for the end of the program. */
    R result(@Nullable Object previous, TaskContext task) throws Throwable {
        if (previous != null) {
            give(previous);
        }
        await(task);
        R end = result;
        if (end == null) {
            throw new IllegalStateException(
                    "the driver's program is over, and the part asks for another sum: give all processes the same jars");
        }
        return end;
    }

    /** Cancels the program. */
    synchronized void stop() {
        isStopped = true;
        notifyAll();
        thread.interrupt();
    }

    private synchronized void give(Object sumOfAll) {
        asked = null;
        total = sumOfAll;
        notifyAll();
    }

    /** Waits until the program starts a reduction or ends. */
    private synchronized void await(TaskContext task) throws Throwable {
        while (asked == null && !isOver) {
            if (task.isInterrupted()) {
                throw new TaskKilledException("killed while a part's program ran");
            }
            wait(MILLISECONDS_BETWEEN_LOOKS);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void run(ShardProgram<R> program, ShardData part, FitCheckpoints.@Nullable Part kept) {
        R end = null;
        Throwable thrown = null;
        try (kept) {
            end = program.run(part, new Waiting(kept));
        } catch (Throwable e) {
            thrown = e;
        }
        synchronized (this) {
            result = end;
            failure = thrown;
            isOver = true;
            notifyAll();
        }
    }

    /** The program's engine: its reductions wait for tasks. */
    private final class Waiting implements Engine {

        private final @Nullable ShardCheckpoint kept;

        Waiting(@Nullable ShardCheckpoint kept) {
            this.kept = kept;
        }

        @Override
        public <S> S allReduce(PartialSum<S> sum) {
            return ShardWorker.this.add(sum);
        }

        @Override
        public @Nullable ShardCheckpoint checkpoint() {
            return kept;
        }
    }

    @SuppressWarnings("unchecked")
    private synchronized <S> S add(PartialSum<S> sum) {
        total = null;
        asked = sum;
        notifyAll();
        Object given = null;
        while (given == null) {
            if (isStopped) {
                throw new CancellationException("the fit was called off");
            }
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("the fit was called off");
            }
            given = total;
        }
        total = null;
        return (S) given;
    }
}
