package io.github.rowwise.internal.pass;

import io.github.rowwise.engine.Merge;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs passes over the row blocks of a panel on a given number of threads.
 *
 * <p>The results of the blocks are merged in block order, whichever thread finishes first. The result is therefore the
 * same to the last bit for any number of threads.
 */
public final class BlockRunner implements PassRunner {

    private final RowBlocks blocks;
    private final FitProgressTracker progress;
    private final WorkerThreads workers;

    /** Reused by all passes, because direct memory is released late. */
    private final Queue<BlockBuffer> buffers;

    /** Creates a runner with threads of its own. */
    public BlockRunner(RowBlocks blocks, int threads) {
        this(blocks, threads, null, new FitProgressTracker(progress -> {}));
    }

    /**
     * Creates a runner.
     *
     * @param threads how many blocks are processed at once; no more than there are blocks are used
     * @param executor runs all of them but the calling thread's, {@code null} for own threads
     * @param progress is called for each pass
     */
    public BlockRunner(RowBlocks blocks, int threads, @Nullable Executor executor, FitProgressTracker progress) {
        this.blocks = blocks;
        this.progress = progress;
        this.workers = new WorkerThreads(Math.max(1, Math.min(threads, blocks.count())), executor);
        this.buffers = new ConcurrentLinkedQueue<>();
    }

    private BlockRunner(BlockRunner all, RowBlocks blocks) {
        this.blocks = blocks;
        this.progress = new FitProgressTracker(progress -> {});
        this.workers = all.workers;
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
        workers.run(work, () -> next.set(count));
        progress.passFinished();
        return sum.get();
    }

    @Override
    public <S> S allReduce(S contribution, Merge<S> merge) {
        return contribution;
    }

    @Override
    public WorkerThreads workers() {
        return workers;
    }

    @Override
    public PassRunner subsample(int every) {
        return new BlockRunner(this, blocks.every(every));
    }

    @Override
    public void close() {
        workers.close();
    }

    private static void requireNoInterrupt() {
        WorkerThreads.requireNoInterrupt("during a pass over the panel");
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
