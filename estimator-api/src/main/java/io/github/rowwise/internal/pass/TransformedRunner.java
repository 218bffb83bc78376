package io.github.rowwise.internal.pass;

import io.github.rowwise.engine.Merge;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Runs passes over the rows of another runner, changed block by block. */
public final class TransformedRunner implements PassRunner {

    private final PassRunner runner;
    private final Supplier<UnaryOperator<RowBlock>> transformations;

    /**
     * Wraps a runner.
     *
     * @param transformations makes the change for one thread, which may return the same arrays for each block
     */
    public TransformedRunner(PassRunner runner, Supplier<UnaryOperator<RowBlock>> transformations) {
        this.runner = runner;
        this.transformations = transformations;
    }

    @Override
    public FitProgressTracker progress() {
        return runner.progress();
    }

    @Override
    public <W extends PassScratch, S> S reduceBlocks(
            Supplier<W> worker, BiFunction<W, RowBlock, S> kernel, Merge<S> merge) {
        return runner.reduceBlocks(
                () -> new Transformed<>(worker.get(), transformations.get()),
                (scratch, block) -> kernel.apply(scratch.inner, scratch.transformation.apply(block)),
                merge);
    }

    /** A worker's scratch memory, and the change of its blocks. */
    private record Transformed<W extends PassScratch>(W inner, UnaryOperator<RowBlock> transformation)
            implements PassScratch {

        @Override
        public void close() {
            inner.close();
        }
    }

    @Override
    public <S> S allReduce(S contribution, Merge<S> merge) {
        return runner.allReduce(contribution, merge);
    }

    @Override
    public WorkerThreads workers() {
        return runner.workers();
    }

    @Override
    public PassRunner subsample(int every) {
        return new TransformedRunner(runner.subsample(every), transformations);
    }

    @Override
    public void close() {
        runner.close();
    }
}
