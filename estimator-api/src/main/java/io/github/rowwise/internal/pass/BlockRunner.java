package io.github.rowwise.internal.pass;

import io.github.rowwise.engine.Merge;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs passes over the row blocks of a panel on a given number of threads.
 *
 * <p>The results of the blocks are merged in block order, whichever thread finishes first. The result is therefore the
 * same to the last bit for any number of threads.
 */
public final class BlockRunner implements PassRunner {

    private final RowBlocks blocks;
    private final int threads;
    private final FitProgressTracker progress;
    private final @Nullable ExecutorService executor;

    /** Reused by all passes, because direct memory is released late. */
    private final Queue<BlockBuffer> buffers;

    public BlockRunner(RowBlocks blocks, int threads) {
        this(blocks, threads, new FitProgressTracker(progress -> {}));
    }

    /**
     * Creates a runner.
     *
     * @param progress is notified of each pass
     */
    public BlockRunner(RowBlocks blocks, int threads, FitProgressTracker progress) {
        this.blocks = blocks;
        this.progress = progress;
        this.threads = Math.min(threads, blocks.count());
        this.executor = this.threads > 1 ? Executors.newFixedThreadPool(this.threads, BlockRunner::newThread) : null;
        this.buffers = new ConcurrentLinkedQueue<>();
    }

    private BlockRunner(BlockRunner all, RowBlocks blocks) {
        this.blocks = blocks;
        this.progress = new FitProgressTracker(progress -> {});
        this.threads = all.threads;
        this.executor = all.executor;
        this.buffers = all.buffers;
    }

    @Override
    public FitProgressTracker progress() {
        return progress;
    }

    /** An interrupt ends the pass after the blocks that are being processed. */
    @Override
    public <W extends PassScratch, S> S reduceBlocks(
            Supplier<W> worker, BiFunction<W, RowBlock, S> kernel, Merge<S> merge) {
        requireNoInterrupt();
        progress.passStarted();
        int count = blocks.count();
        OrderedSum<S> sum = new OrderedSum<>(count, merge);
        AtomicInteger next = new AtomicInteger();
        Runnable work = () -> {
            BlockBuffer reused = buffers.poll();
            BlockBuffer buffer = reused == null ? new BlockBuffer() : reused;
            try (W scratch = worker.get()) {
                for (int b = next.getAndIncrement(); b < count; b = next.getAndIncrement()) {
                    requireNoInterrupt();
                    sum.put(b, kernel.apply(scratch, blocks.read(b, buffer)));
                }
            } finally {
                // A thread that fails stops the others.
                next.set(count);
                buffers.add(buffer);
            }
        };
        ExecutorService pool = executor;
        if (pool == null) {
            work.run();
        } else {
            await(
                    IntStream.range(0, threads)
                            .<Future<?>>mapToObj(t -> pool.submit(work))
                            .toList(),
                    () -> next.set(count));
        }
        progress.passFinished();
        return sum.get();
    }

    @Override
    public <S> S allReduce(S contribution, Merge<S> merge) {
        return contribution;
    }

    @Override
    public PassRunner subsample(int every) {
        return new BlockRunner(this, blocks.every(every));
    }

    @Override
    public void close() {
        if (executor != null) {
            executor.shutdownNow();
        }
    }

    private static void requireNoInterrupt() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted during a pass over the panel");
        }
    }

    /**
     * Waits for all threads, even after a failure or an interrupt. In that case the threads have been asked to stop.
     */
    private static void await(List<Future<?>> futures, Runnable stop) {
        boolean isInterrupted = false;
        Throwable failure = null;
        for (Future<?> future : futures) {
            boolean isDone = false;
            while (!isDone) {
                try {
                    future.get();
                    isDone = true;
                } catch (InterruptedException e) {
                    isInterrupted = true;
                    stop.run();
                } catch (ExecutionException e) {
                    isDone = true;
                    failure = failure == null ? e.getCause() : failure;
                }
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
            requireNoInterrupt();
        }
        if (failure instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "rowwise-pass");
        thread.setDaemon(true);
        return thread;
    }

    /** Merges results in block order. A result that arrives early waits for those of all earlier blocks. */
    private static final class OrderedSum<S> {

        private final @Nullable Object[] waiting;
        private final BinaryOperator<S> merge;
        private int merged;
        private @Nullable S total;

        OrderedSum(int size, BinaryOperator<S> merge) {
            this.waiting = new Object[size];
            this.merge = merge;
        }

        @SuppressWarnings("unchecked")
        synchronized void put(int index, S sum) {
            waiting[index] = sum;
            while (merged < waiting.length && waiting[merged] != null) {
                S next = (S) waiting[merged];
                total = total == null ? next : merge.apply(total, next);
                waiting[merged] = null;
                merged++;
            }
        }

        synchronized S get() {
            if (total == null || merged < waiting.length) {
                throw new IllegalStateException("a pass ended before its last block");
            }
            return total;
        }
    }
}
