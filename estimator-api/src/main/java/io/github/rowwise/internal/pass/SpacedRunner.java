package io.github.rowwise.internal.pass;

import io.github.rowwise.engine.Merge;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Runs passes over rows in which absent periods are columns without cells, so that neighbouring columns are neighbours in time.
 * The rows are copied block by block.
 */
public final class SpacedRunner implements PassRunner {

    private final PassRunner runner;

    /** The column of each period. */
    private final int[] columns;

    private final int width;

    /**
     * Wraps a runner.
     *
     * @param columns the column of each period, increasing
     * @param width number of columns
     */
    public SpacedRunner(PassRunner runner, int[] columns, int width) {
        this.runner = runner;
        this.columns = columns;
        this.width = width;
    }

    @Override
    public FitProgressTracker progress() {
        return runner.progress();
    }

    @Override
    public <W extends PassScratch, S> S reduceBlocks(
            Supplier<W> worker, BiFunction<W, RowBlock, S> kernel, Merge<S> merge) {
        return runner.reduceBlocks(
                () -> new Spaced<>(worker.get(), columns, width),
                (scratch, block) -> kernel.apply(scratch.inner, scratch.space(block)),
                merge);
    }

    /** A worker's scratch memory, and the rows of one block. */
    private static final class Spaced<W extends PassScratch> implements PassScratch {

        private final W inner;
        private final int[] columns;
        private final int width;
        private double[] outcomes = {};
        private byte[] arms = {};
        private double[][] covariates = RowBlock.NO_COVARIATES;

        Spaced(W inner, int[] columns, int width) {
            this.inner = inner;
            this.columns = columns;
            this.width = width;
        }

        RowBlock space(RowBlock block) {
            int cells = block.rows() * width;
            if (arms.length != cells) {
                outcomes = new double[cells];
                arms = new byte[cells];
                covariates = new double[block.covariates().length][cells];
                Arrays.fill(arms, RowBlock.MISSING);
            }
            for (int row = 0; row < block.rows(); row++) {
                for (int period = 0; period < columns.length; period++) {
                    int from = row * columns.length + period;
                    int to = row * width + columns[period];
                    outcomes[to] = block.outcomes()[from];
                    arms[to] = block.arms()[from];
                    for (int k = 0; k < covariates.length; k++) {
                        covariates[k][to] = block.covariates()[k][from];
                    }
                }
            }
            return new RowBlock(block.firstRow(), block.rows(), width, outcomes, arms, covariates);
        }

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
        return new SpacedRunner(runner.subsample(every), columns, width);
    }

    @Override
    public void close() {
        runner.close();
    }
}
