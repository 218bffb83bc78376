package io.github.rowwise.internal.pass;

import io.github.rowwise.engine.Engine;
import io.github.rowwise.engine.Merge;
import io.github.rowwise.engine.PartialSum;
import io.github.rowwise.engine.ShardRows;
import java.util.Iterator;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs passes over a shard. An engine adds up the sums of all shards. */
public final class ShardRunner implements PassRunner {

    private final Engine engine;
    private final int units;
    private final int periods;
    private final FitProgressTracker progress;

    /** Reads one block in this many. */
    private final int every;

    /**
     * Creates a runner.
     *
     * @param units number of units of the shard
     * @param periods number of periods of the panel
     */
    public ShardRunner(Engine engine, int units, int periods, FitProgressTracker progress) {
        this(engine, units, periods, progress, 1);
    }

    private ShardRunner(Engine engine, int units, int periods, FitProgressTracker progress, int every) {
        this.engine = engine;
        this.units = units;
        this.periods = periods;
        this.progress = progress;
        this.every = every;
    }

    @Override
    public FitProgressTracker progress() {
        return progress;
    }

    @Override
    public <W extends PassScratch, S> S reduceBlocks(
            Supplier<W> worker, BiFunction<W, RowBlock, S> kernel, Merge<S> merge) {
        progress.passStarted();
        String label = stage() + (every == 1 ? ", pass " : ", sample ") + (progress.passes() + 1);
        S total = engine.allReduce(new RowPass<>(label, worker, kernel, merge));
        progress.passFinished();
        return total;
    }

    @Override
    public <S> S allReduce(S contribution, Merge<S> merge) {
        return engine.allReduce(
                new PrecomputedSum<>(stage() + ", after pass " + progress.passes(), contribution, merge));
    }

    /** The calling thread: an engine runs many shards at once. */
    @Override
    public WorkerThreads workers() {
        return new WorkerThreads(1, null);
    }

    @Override
    public PassRunner subsample(int step) {
        FitProgressTracker silent = new FitProgressTracker(ignored -> {});
        silent.enter(progress.stage(), 1, 1);
        return new ShardRunner(engine, units, periods, silent, step);
    }

    @Override
    public void close() {
        // The engine is owned by the caller that created the shard.
    }

    private String stage() {
        return progress.stage().name().toLowerCase(Locale.ROOT);
    }

    private record PrecomputedSum<S>(String label, S contribution, Merge<S> merge) implements PartialSum<S> {

        @Override
        public boolean readsRows() {
            return false;
        }

        @Override
        public @Nullable S ofShard(Iterator<ShardRows> rows) {
            return contribution;
        }
    }

    private final class RowPass<W extends PassScratch, S> implements PartialSum<S> {

        private final String label;
        private final Supplier<W> worker;
        private final BiFunction<W, RowBlock, S> kernel;
        private final Merge<S> merge;

        RowPass(String label, Supplier<W> worker, BiFunction<W, RowBlock, S> kernel, Merge<S> merge) {
            this.label = label;
            this.worker = worker;
            this.kernel = kernel;
            this.merge = merge;
        }

        @Override
        public String label() {
            return label;
        }

        @Override
        public boolean readsRows() {
            return true;
        }

        @Override
        public Merge<S> merge() {
            return merge;
        }

        @Override
        public @Nullable S ofShard(Iterator<ShardRows> rows) {
            S sum = null;
            int first = 0;
            if (units > 0) {
                try (W scratch = worker.get()) {
                    for (int index = 0; rows.hasNext(); index++) {
                        ShardRows next = rows.next();
                        int count = next.arms().length / periods;
                        if (index % every == 0) {
                            RowBlock block = new RowBlock(first, count, periods, next.outcomes(), next.arms());
                            S more = kernel.apply(scratch, block);
                            sum = sum == null ? more : merge.apply(sum, more);
                        }
                        first += count;
                    }
                }
            }
            if (first != units || rows.hasNext()) {
                throw new IllegalStateException(
                        "the engine supplied rows of " + first + (rows.hasNext() ? " units and more" : " units")
                                + ", but the shard has " + units
                                + ": a pass needs all units of the shard once, in order");
            }
            return sum;
        }
    }
}
