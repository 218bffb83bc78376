package io.github.rowwise.benchmarks.study;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Runs the draws of a study. Draws of small panels run in parallel with one thread per fit. Draws of large panels run one
 * after another with all threads in the fit. Results are in the order of the draws and do not depend on the threads.
 */
final class Draws implements AutoCloseable {

    private static final int SMALL_CELLS = 250_000;

    private final ExecutorService pool;
    private final int threadsPerFit;

    Draws(long cells) {
        this(cells, Runtime.getRuntime().availableProcessors());
    }

    Draws(long cells, int threads) {
        boolean isSmall = cells <= SMALL_CELLS;
        this.pool = Executors.newFixedThreadPool(isSmall ? threads : 1);
        this.threadsPerFit = isSmall ? 1 : threads;
    }

    /** Returns the number of threads per fit. */
    int threadsPerFit() {
        return threadsPerFit;
    }

    /** Returns the results of draws 1, 2, ..., in this order. */
    <T> List<T> run(int draws, IntFunction<T> work) {
        List<Future<T>> futures = new ArrayList<>();
        for (int draw = 1; draw <= draws; draw++) {
            int number = draw;
            futures.add(pool.submit(() -> work.apply(number)));
        }
        List<T> results = new ArrayList<>();
        try {
            for (Future<T> future : futures) {
                results.add(future.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a draw failed", e.getCause());
        } finally {
            futures.forEach(future -> future.cancel(true));
        }
        return results;
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
