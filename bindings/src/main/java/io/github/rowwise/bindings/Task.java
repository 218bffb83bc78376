package io.github.rowwise.bindings;

import io.github.rowwise.FitListener;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Work on a thread of its own. The caller waits for it in steps, so that its own language can react to an interrupt between
 * them, and cancels it if it wants. Safe for use by several threads.
 *
 * <pre class="example">{@code
 * Task<FrameEffects> task = Analyses.estimate(frame, Settings.defaults());
 * while (!task.waitFor(100)) {
 *     System.out.printf("%s %.0f %%%n", task.stage(), 100 * task.fraction());
 * }
 * FrameEffects result = task.result();
 * }</pre>
 *
 * @param <T> type of the result
 */
public final class Task<T> {

    /**
     * Computes a result.
     *
     * @param <T> type of the result
     */
    interface Work<T> {
        T run(Task<T> task);
    }

    private final CompletableFuture<T> future = new CompletableFuture<>();
    private final Thread thread;
    private volatile String stage = "";
    private volatile double fraction;

    private Task(Work<T> work) {
        thread = new Thread(() -> complete(work), "rowwise-task");
        thread.setDaemon(true);
    }

    static <T> Task<T> start(Work<T> work) {
        Task<T> task = new Task<>(work);
        task.thread.start();
        return task;
    }

    private void complete(Work<T> work) {
        try {
            future.complete(work.run(this));
        } catch (Throwable e) {
            future.completeExceptionally(e);
        }
    }

    /**
     * Waits for the end of the work.
     *
     * @param milliseconds how long to wait at most
     * @return whether it has ended, with a result or a failure
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public boolean waitFor(long milliseconds) throws InterruptedException {
        try {
            future.get(milliseconds, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException | CancellationException e) {
            return true;
        }
    }

    /**
     * Returns the result, and waits for it if necessary.
     *
     * @return the result
     * @throws InterruptedException if the waiting thread is interrupted
     * @throws CancellationException if the work was cancelled
     * @throws RuntimeException any exception or error that ended the work, as it is
     */
    public T result() throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof Error error) {
                throw error;
            }
            if (cause instanceof RuntimeException exception) {
                throw exception;
            }
            throw new IllegalStateException(cause);
        }
    }

    /** Ends the work soon, if it has not ended. {@link #result} throws a {@link CancellationException} then. */
    public void cancel() {
        thread.interrupt();
    }

    /**
     * Returns what is being done.
     *
     * @return a few words
     */
    public String stage() {
        return stage;
    }

    /**
     * Returns the share of this stage that is done.
     *
     * @return from 0 to 1
     */
    public double fraction() {
        return fraction;
    }

    /** Begins a stage. */
    void enter(String name) {
        stage = name;
        fraction = 0;
        if (thread.isInterrupted()) {
            throw new CancellationException("interrupted before " + name);
        }
    }

    void reached(double share) {
        fraction = share;
    }

    /** Reports a fit. */
    FitListener listener() {
        return progress -> {
            stage = "fitting: "
                    + progress.stage().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            fraction = progress.fraction();
        };
    }
}
