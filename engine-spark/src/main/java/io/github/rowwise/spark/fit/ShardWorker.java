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
 * The program of one part, on a thread of its own that lasts from task to task: it stands where the program waits for a sum.
 * One task at a time has it.
 *
 * @param <R> the program's result
 */
final class ShardWorker<R> {

    /** Long enough not to be noticed, short enough that a killed task ends soon. */
    private static final long MILLISECONDS_BETWEEN_LOOKS = 200;

    private final String agreement;
    private final long checksum;

    /** Shares made. */
    private int made;

    /** What the last task answered, for another attempt at it. */
    private byte @Nullable [] answer;

    private final Thread thread;

    // Between the program's thread and the task's, under this object's lock.
    private @Nullable PartialSum<?> asked;
    private @Nullable Object total;
    private boolean isStopped;
    private boolean isOver;
    private @Nullable R result;
    private @Nullable Throwable failure;

    /** Begins the program. */
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
     * Makes the next share, on the calling thread, which is the one that Spark's readers want.
     *
     * @param previous the total of the sum before, {@code null} before the first
     * @param label what the driver calls the sum
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

    /** Waits for the program's end. */
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

    /** Calls the program off. */
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

    /** Waits until the program asks for a sum or is over. */
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

    /** What the program sees: its sums wait for tasks. */
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
