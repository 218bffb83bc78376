package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.model.CheckpointCodec;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.pass.TwoWayAverages;
import io.github.rowwise.internal.factor.pass.UnitLayouts;
import io.github.rowwise.internal.pass.FitProgressTracker;
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.Sums;
import io.github.rowwise.internal.svd.TruncatedSvd;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.Svd;
import io.github.rowwise.linalg.Tile;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Initial values of the EM algorithm: two-way averages, and the leading right singular vectors of their residuals.
 *
 * @param levels mean and variance of the units' levels
 * @param effects mean and variance of the units' effects, by arm from the first treatment on
 * @param periods period effects
 * @param factors right singular vectors as rows, multiplied by the root of the number of periods
 * @param singularValues singular values of the residuals
 * @param residualVariance variance of the residuals of the two-way averages
 * @param noise variance of the noise
 */
record FactorStart(
        Moments levels,
        List<Moments> effects,
        double[] periods,
        DenseMatrix factors,
        double[] singularValues,
        double residualVariance,
        double noise) {

    /**
     * A panel is decomposed in full if it has at most this many units or periods, and at most {@link #TINY_CELLS}
     * cells.
     */
    private static final int TINY_SIDE = 200;

    private static final int TINY_CELLS = 1 << 17;
    private static final int PASSES = 8;
    private static final double MIN_NOISE_SHARE = 1e-12;

    /** Share of the residual variance that the first trend has at the start. */
    private static final double TREND_SHARE = .05;

    /** Mean and variance over units. */
    record Moments(double mean, double variance) {

        static Moments of(double[] values, PanelCounts panel) {
            double[] sum = {0};
            for (double value : values) {
                sum[0] += value;
            }
            double mean = panel.runner().allReduce(sum, Sums::add)[0] / panel.allUnits();
            double[] squares = {0};
            for (double value : values) {
                squares[0] += (value - mean) * (value - mean);
            }
            return new Moments(mean, panel.runner().allReduce(squares, Sums::add)[0] / panel.allUnits());
        }

        Moments exchange(CheckpointCodec fields) {
            return new Moments(fields.number(mean), fields.number(variance));
        }
    }

    static FactorStart of(PanelCounts panel, LinearAlgebra algebra, int rank) {
        TwoWayAverages averages = TwoWayAverages.fit(panel);
        int m = panel.periods();
        int n = panel.allUnits();
        DenseMatrix vectors;
        double[] values = new double[rank];
        if (Math.min(n, m) <= TINY_SIDE && (long) n * m <= TINY_CELLS) {
            Svd svd = algebra.svd(residuals(panel, averages));
            vectors = DenseMatrix.zeros(rank, m);
            for (int k = 0; k < rank; k++) {
                values[k] = svd.singularValues()[k];
                for (int j = 0; j < m; j++) {
                    vectors.set(k, j, svd.right().get(j, k));
                }
            }
        } else {
            panel.view().runner().progress().enter(FitProgressTracker.Stage.SPECTRUM, .12, PASSES + 1);
            TruncatedSvd svd = new TruncatedSvd(algebra, panel.view().hash(), m, rank);
            for (int pass = 0; pass < PASSES && !svd.isExhausted(); pass++) {
                svd.accept(multiply(panel, algebra, averages, svd.block()));
            }
            vectors = svd.vectors(rank).copy();
            for (int k = 0; k < rank; k++) {
                values[k] = Math.sqrt(svd.values()[k]);
            }
        }
        for (int k = 0; k < vectors.values().length; k++) {
            vectors.values()[k] *= Math.sqrt(m);
        }
        double squares = averages.residualSquares(panel);
        double unexplained = squares;
        for (double value : values) {
            unexplained -= value * value;
        }
        double cells = panel.allCells();
        double degreesOfFreedom =
                Math.max(cells - (panel.treatments() + 2.0) * n - m - (double) rank * (n + m), cells * .2);
        double noise = Math.max(panel.minNoise(), Math.max(unexplained, MIN_NOISE_SHARE * squares) / degreesOfFreedom);
        return new FactorStart(
                Moments.of(averages.levels(), panel),
                Stream.of(averages.effects())
                        .map(effect -> Moments.of(effect, panel))
                        .toList(),
                averages.periods(),
                vectors,
                values,
                squares / cells,
                noise);
    }

    /** Returns a start of the right sizes, which a checkpoint replaces. */
    static FactorStart empty(PanelCounts panel) {
        Moments none = new Moments(0, 0);
        return new FactorStart(
                none,
                Collections.nCopies(panel.treatments(), none),
                new double[panel.periods()],
                DenseMatrix.zeros(1, panel.periods()),
                new double[1],
                0,
                0);
    }

    FactorStart exchange(CheckpointCodec fields) {
        int rank = fields.count(factors.rows());
        return new FactorStart(
                levels.exchange(fields),
                effects.stream().map(effect -> effect.exchange(fields)).toList(),
                fields.numbers(periods),
                DenseMatrix.wrap(fields.numbers(factors.values()), rank, factors.columns()),
                fields.numbers(singularValues),
                fields.number(residualVariance),
                fields.number(noise));
    }

    /**
     * Returns the initial state.
     *
     * @param form the form of the model, with the rank of this start
     */
    FactorState state(PanelCounts panel, Dimensions form) {
        int rank = factors.rows();
        int n = panel.allUnits();
        int m = panel.periods();
        FactorState state = new FactorState(form, panel.units(), m);
        for (int k = 0; k < rank; k++) {
            System.arraycopy(factors.values(), factors.rowStart(k), state.latent[k], 0, m);
        }
        System.arraycopy(periods, 0, state.latent[rank], 0, m);
        state.covariateCoefficients = new double[panel.view().covariates()];
        Arrays.fill(state.noise, noise);
        state.pooledNoise = noise;
        int p = state.size.coefficients();
        state.attributeEffects = new double[panel.view().attributes().count() * p];
        state.priorMean[0] = levels.mean();
        double meanVariance = noise / m;
        for (int i = 0; i < p; i++) {
            state.priorCovariance[i * p + i] = 4 * meanVariance;
        }
        state.priorCovariance[0] = levels.variance() + 1e-9 * panel.variance() + meanVariance;
        for (int arm = 1; arm <= effects.size(); arm++) {
            Moments effect = effects.get(arm - 1);
            int constant = state.size.firstEffect(arm);
            state.priorMean[constant] = effect.mean();
            double variance = effect.variance() + meanVariance;
            state.priorCovariance[constant * p + constant] = variance;
            for (int k = 0; k < form.onsets(); k++) {
                int onset = form.firstOnset(arm) + k;
                state.priorCovariance[onset * p + onset] = variance + effect.mean() * effect.mean();
            }
        }
        for (int k = 0; k < form.trends(); k++) {
            int trend = form.firstTrend() + k;
            state.priorCovariance[trend * p + trend] =
                    TREND_SHARE * residualVariance / ((k + 1) * (k + 1)) + meanVariance;
        }
        for (int k = 0; k < rank; k++) {
            state.priorCovariance[(k + 1) * p + k + 1] =
                    singularValues[k] * singularValues[k] / ((double) n * m) + 1e-12 * panel.variance();
        }
        return state;
    }

    private static DenseMatrix residuals(PanelCounts panel, TwoWayAverages averages) {
        int m = panel.periods();
        double[] rows = panel.runner()
                .reduceBlocks(
                        () -> new TwoWayAverages.Scratch(panel),
                        (scratch, block) -> {
                            double[] filled = new double[block.rows() * m];
                            for (int r = 0; r < block.rows(); r++) {
                                averages.residuals(panel, block, r, scratch);
                                System.arraycopy(scratch.row, 0, filled, r * m, m);
                            }
                            return filled;
                        },
                        Sums::append);
        return DenseMatrix.wrap(rows, panel.allUnits(), m);
    }

    /** Returns X'X times the vectors, one per row, where X holds the residuals of the two-way averages. */
    static DenseMatrix multiply(
            PanelCounts panel, LinearAlgebra algebra, TwoWayAverages averages, DenseMatrix vectors) {
        double[] sums = panel.runner()
                .reduceBlocks(
                        () -> new Scratch(algebra.newTile(panel.periods()), new TwoWayAverages.Scratch(panel)),
                        (scratch, block) -> {
                            Tile tile = scratch.tile();
                            DenseMatrix sum = DenseMatrix.zeros(vectors.rows(), panel.periods());
                            int used = 0;
                            for (int row = 0; row < block.rows(); row++) {
                                if (UnitLayouts.hasFewCells(panel, block.firstRow() + row)) {
                                    int count = averages.listResiduals(panel, block, row, scratch.residuals());
                                    addFewCells(count, scratch.residuals(), vectors, sum);
                                } else {
                                    averages.residuals(panel, block, row, scratch.residuals());
                                    tile.setRow(used++, scratch.residuals().row, 0);
                                }
                                if (used == tile.rows() || (used > 0 && row + 1 == block.rows())) {
                                    DenseMatrix product = DenseMatrix.zeros(used, vectors.rows());
                                    tile.product(used, vectors, product);
                                    tile.addTransposedProduct(used, product, sum);
                                    used = 0;
                                }
                            }
                            return sum.values();
                        },
                        Sums::add);
        return DenseMatrix.wrap(sums, vectors.rows(), panel.periods());
    }

    /** Adds the products of a row of listed residuals with the vectors, times the row. */
    private static void addFewCells(int count, TwoWayAverages.Scratch listed, DenseMatrix vectors, DenseMatrix sum) {
        for (int k = 0; k < vectors.rows(); k++) {
            double[] values = vectors.values();
            int start = vectors.rowStart(k);
            double product = 0;
            for (int cell = 0; cell < count; cell++) {
                product = Math.fma(listed.row[cell], values[start + listed.period[cell]], product);
            }
            int to = sum.rowStart(k);
            for (int cell = 0; cell < count; cell++) {
                int at = to + listed.period[cell];
                sum.values()[at] = Math.fma(listed.row[cell], product, sum.values()[at]);
            }
        }
    }

    private record Scratch(Tile tile, TwoWayAverages.Scratch residuals) implements PassScratch {

        @Override
        public void close() {
            tile.close();
        }
    }
}
