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
 * Runs a kernel over all row blocks on a given number of threads and adds up what it returns, in block order.
 *
 * <p>The sums are merged strictly from the first block to the last, whichever thread finishes first, so that the
 * result does not depend on the threads to the last bit.
 */
public final class BlockRunner implements PassRunner {

    private final RowBlocks blocks;
    private final FitProgressTracker progress;
    private final WorkerThreads workers;

    /** Kept from pass to pass: memory outside the heap is not given back at once. */
    private final Queue<BlockBuffer> rooms;

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
        this.rooms = new ConcurrentLinkedQueue<>();
    }

    private BlockRunner(BlockRunner all, RowBlocks blocks) {
        this.blocks = blocks;
        this.progress = new FitProgressTracker(progress -> {});
        this.workers = all.workers;
        this.rooms = all.rooms;
    }

    @Override
    public FitProgressTracker progress() {
        return progress;
    }

    /** An interrupt ends it after the blocks that are at work. */
    @Override
    public <W extends PassScratch, S> S reduceBlocks(
            Supplier<W> worker, BiFunction<W, RowBlock, S> kernel, Merge<S> merge) {
        requireNoInterrupt();
        progress.passBegins();
        int count = blocks.count();
        OrderedSum<S> sum = new OrderedSum<>(count, merge);
        AtomicInteger next = new AtomicInteger();
        Runnable work = () -> {
            BlockBuffer kept = rooms.poll();
            BlockBuffer room = kept == null ? new BlockBuffer() : kept;
            try (W scratch = worker.get()) {
                for (int b = next.getAndIncrement(); b < count; b = next.getAndIncrement()) {
                    requireNoInterrupt();
                    sum.put(b, kernel.apply(scratch, blocks.read(b, room)));
                }
            } finally {
                // Whoever stops early, by an exception, stops the others too.
                next.set(count);
                rooms.add(room);
            }
        };
        workers.run(work, () -> next.set(count));
        progress.passEnds();
        return sum.get();
    }

    @Override
    public <S> S allReduce(S own, Merge<S> merge) {
        return own;
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

    /** Holds back a sum that is early until those of all earlier blocks are in. */
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
