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
 * Runs passes over rows whose covariates are centred and scaled, and whose outcomes lack what given coefficients of the
 * covariates explain. The rows are copied block by block.
 */
final class CovariateRunner implements PassRunner {

    private final PassRunner runner;
    private final CovariateCentring centring;
    private final double[] scales;
    private final double[] coefficients;

    /**
     * Wraps a runner.
     *
     * @param scales by which the centred covariates are divided
     * @param coefficients of the scaled covariates
     */
    CovariateRunner(PassRunner runner, CovariateCentring centring, double[] scales, double[] coefficients) {
        this.runner = runner;
        this.centring = centring;
        this.scales = scales;
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
            int m = block.columns();
            int cells = block.rows() * m;
            if (outcomes.length != cells) {
                outcomes = new double[cells];
                covariates = new double[scales.length][cells];
            }
            System.arraycopy(block.outcomes(), 0, outcomes, 0, cells);
            for (int k = 0; k < scales.length; k++) {
                double[] values = covariates[k];
                double factor = 1 / scales[k];
                for (int row = 0; row < block.rows(); row++) {
                    centring.centre(k, block, row, values);
                    for (int at = row * m; at < (row + 1) * m; at++) {
                        values[at] *= factor;
                        outcomes[at] -= coefficients[k] * values[at];
                    }
                }
            }
            return new RowBlock(block.firstRow(), block.rows(), m, outcomes, block.arms(), covariates);
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
        return new CovariateRunner(runner.subsample(every), centring, scales, coefficients);
    }

    @Override
    public void close() {
        runner.close();
    }
}
