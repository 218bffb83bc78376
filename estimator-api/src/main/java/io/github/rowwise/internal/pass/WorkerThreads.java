package io.github.rowwise.internal.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs one task on several threads at once; the only class that creates threads. The copies of a task share its work by a
 * counter of their own, so that the work gets done however few of them run.
 *
 * <p>Without an executor the threads are its own. With an executor the calling thread runs one copy and the executor the
 * others; a copy that the executor has not started by the time the work is done is dropped, so that a busy executor delays
 * nothing.
 */
public final class WorkerThreads implements AutoCloseable {

    private static final int ENTRIES_PER_STEP = 1 << 12;

    private final int threads;
    private final @Nullable Executor shared;
    private final @Nullable ExecutorService own;

    /**
     * Creates threads, or borrows those of an executor.
     *
     * @param threads how many copies of a task run at once, 1 or more; with 1 the calling thread does everything
     * @param executor runs all copies but one, {@code null} for own threads
     */
    public WorkerThreads(int threads, @Nullable Executor executor) {
        this.threads = threads;
        this.shared = threads > 1 ? executor : null;
        this.own =
                threads > 1 && executor == null ? Executors.newFixedThreadPool(threads, WorkerThreads::thread) : null;
    }

    /** Processes a slice of the entries, from the first index up to the last, exclusive. */
    @FunctionalInterface
    public interface Slice {
        void accept(int from, int to);
    }

    /** Processes entries 0 to {@code count - 1} in slices, in any order. The slices must not depend on each other. */
    public void forEachSlice(int count, Slice slice) {
        int steps = (count + ENTRIES_PER_STEP - 1) / ENTRIES_PER_STEP;
        AtomicInteger next = new AtomicInteger();
        Runnable task = () -> {
            for (int step = next.getAndIncrement(); step < steps; step = next.getAndIncrement()) {
                requireNoInterrupt("while effects were computed");
                slice.accept(step * ENTRIES_PER_STEP, Math.min(count, (step + 1) * ENTRIES_PER_STEP));
            }
        };
        if (steps <= 1) {
            task.run();
        } else {
            run(task, () -> next.set(steps));
        }
    }

    /**
     * Runs a task on all threads and waits for every copy that was started.
     *
     * @param task called once per thread; safe for use by several threads
     * @param stop makes the copies end soon; called when one has failed or the calling thread is interrupted
     * @throws CancellationException if the calling thread is interrupted
     */
    public void run(Runnable task, Runnable stop) {
        Executor executor = own != null ? own : shared;
        if (executor == null) {
            task.run();
            return;
        }
        List<Copy> copies = new ArrayList<>();
        boolean worksHere = own == null;
        try {
            for (int t = worksHere ? 1 : 0; t < threads; t++) {
                Copy copy = new Copy(task);
                executor.execute(copy);
                copies.add(copy);
            }
        } catch (RejectedExecutionException e) {
            // The executor is full or shut down: the copies that it took and this thread do the work.
            worksHere = true;
        } catch (RuntimeException e) {
            stop.run();
            await(copies, stop);
            throw e;
        }
        if (worksHere) {
            Copy here = new Copy(task);
            here.run();
            copies.add(here);
        }
        await(copies, stop);
    }

    /** Waits for the copies that run, and drops the others. After a failure or an interrupt they are to stop soon. */
    private void await(List<Copy> copies, Runnable stop) {
        boolean isInterrupted = false;
        Throwable failure = null;
        for (Copy copy : copies) {
            if (own == null && copy.drop()) {
                continue;
            }
            boolean isDone = false;
            while (!isDone) {
                try {
                    copy.done.await();
                    isDone = true;
                } catch (InterruptedException e) {
                    isInterrupted = true;
                    stop.run();
                }
            }
            failure = failure == null ? copy.failure : failure;
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
            requireNoInterrupt("during a pass over the panel");
        }
        if (failure instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }

    /** Throws if the current thread is interrupted, which it stays. */
    static void requireNoInterrupt(String when) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted " + when);
        }
    }

    /** Ends own threads; those of an executor belong to its owner. */
    @Override
    public void close() {
        if (own != null) {
            own.shutdownNow();
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "rowwise-pass");
        thread.setDaemon(true);
        return thread;
    }

    /** One thread's copy of a task, which is either started once or dropped. */
    private static final class Copy implements Runnable {

        private final AtomicReference<@Nullable Runnable> task;
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile @Nullable Throwable failure;

        Copy(Runnable task) {
            this.task = new AtomicReference<>(task);
        }

        @Override
        public void run() {
            Runnable mine = task.getAndSet(null);
            if (mine != null) {
                try {
                    mine.run();
                } catch (Throwable e) {
                    failure = e;
                } finally {
                    done.countDown();
                }
            }
        }

        /** Returns whether it had not been started, and never will be. */
        boolean drop() {
            return task.getAndSet(null) != null;
        }
    }
}
