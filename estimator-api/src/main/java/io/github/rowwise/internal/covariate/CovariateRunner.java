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
 * Runs passes over rows with the covariates of a {@link CovariateAdjustment}. The rows are copied block by block.
 *
 * <p>The rows have the scaled covariates first, then as many instruments: the covariates without their common part.
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
        private double[][] covariates = RowBlock.NO_COVARIATES;

        Adjusted(W inner) {
            this.inner = inner;
        }

        RowBlock adjust(RowBlock block) {
            int cells = block.rows() * block.columns();
            int q = coefficients.length;
            if (outcomes.length != cells) {
                outcomes = new double[cells];
                covariates = new double[2 * q][cells];
            }
            System.arraycopy(block.outcomes(), 0, outcomes, 0, cells);
            for (int k = 0; k < q; k++) {
                for (int row = 0; row < block.rows(); row++) {
                    series.set(k, block, row, covariates[k], covariates[q + k]);
                }
                for (int at = 0; at < cells; at++) {
                    outcomes[at] -= coefficients[k] * covariates[k][at];
                }
            }
            return new RowBlock(block.firstRow(), block.rows(), block.columns(), outcomes, block.arms(), covariates);
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
