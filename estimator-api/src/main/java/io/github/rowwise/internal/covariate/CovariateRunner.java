package io.github.rowwise.internal.covariate;

import io.github.rowwise.engine.Merge;
import io.github.rowwise.internal.pass.FitProgressTracker;
import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.WorkerThreads;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Runs passes over rows without what given coefficients of the covariates explain of the outcomes. The rows are copied block by
 * block.
 */
final class CovariateRunner implements PassRunner {

    private final PassRunner runner;
    private final CovariateSeries series;
    private final double[] coefficients;

    /**
     * Wraps a runner.
     *
     * @param coefficients of the covariates; what they explain is subtracted from the outcomes
     */
    CovariateRunner(PassRunner runner, CovariateSeries series, double[] coefficients) {
        this.runner = runner;
        this.series = series;
        this.coefficients = coefficients;
    }

    @Override
    public FitProgressTracker progress() {
        return runner.progress();
    }

    @Override
    public <W extends PassScratch, S> S reduceBlocks(
            Supplier<W> worker, BiFunction<W, RowBlock, S> kernel, Merge<S> merge) {
        return runner.reduceBlocks(
                () -> new Adjusted<>(worker.get()),
                (scratch, block) -> kernel.apply(scratch.inner, scratch.adjust(block)),
                merge);
    }

    /** A worker's scratch memory, and the rows of one block. */
    private final class Adjusted<W extends PassScratch> implements PassScratch {

        private final W inner;
        private double[] outcomes = {};
        private double[] scaled = {};
        private double[] instrument = {};

        Adjusted(W inner) {
            this.inner = inner;
        }

        RowBlock adjust(RowBlock block) {
            int m = block.columns();
            int cells = block.rows() * m;
            if (outcomes.length != cells || scaled.length != m) {
                outcomes = new double[cells];
                scaled = new double[m];
                instrument = new double[m];
            }
            System.arraycopy(block.outcomes(), 0, outcomes, 0, cells);
            for (int row = 0; row < block.rows(); row++) {
                for (int k = 0; k < coefficients.length; k++) {
                    series.read(k, block, row, scaled, instrument);
                    for (int j = 0; j < m; j++) {
                        int at = row * m + j;
                        outcomes[at] -= block.arms()[at] == RowBlock.MISSING ? 0 : coefficients[k] * scaled[j];
                    }
                }
            }
            return new RowBlock(block.firstRow(), block.rows(), m, outcomes, block.arms(), block.covariates());
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
        return new CovariateRunner(runner.subsample(every), series, coefficients);
    }

    @Override
    public void close() {
        runner.close();
    }
}
