package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.PassScratch;
import io.github.rowwise.internal.RowBlock;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The last pass: each unit's average effects with their posterior variance.
 *
 * <p>An average over a set of periods is {@code c'd_i} with c the average of (1, f_j). Its variance adds up that of the
 * coefficients given all else; that of the prior mean, which the units estimate together; a share for what the factors'
 * uncertainty adds to the noise of the unit (leverage); and, where effects go with factors, the factors' own.
 */
final class UnitSummaries {

    private static final double MOST_LEVERAGE = .5;
    private static final double LEAST_FREEDOM = 4;

    private final PanelSums panel;
    private final FactorState state;
    private final ResidualLimit limit;
    private final BitSet averaged;
    private final PeriodColumns moments;
    private final PeriodColumns covariances;
    private final SharedUncertainty shared;
    private final FactorEffects effects;

    private UnitSummaries(
            PanelSums panel,
            FactorState state,
            ResidualLimit limit,
            double[] sumOfCovariances,
            LinearAlgebra algebra,
            BitSet averaged) {
        this.panel = panel;
        this.state = state;
        this.limit = limit;
        this.averaged = averaged;
        this.moments = PeriodColumns.of(state, panel.correlated());
        this.covariances = PeriodColumns.ofCovariances(state, panel.correlated());
        this.shared = SharedUncertainty.of(state, sumOfCovariances, algebra);
        this.effects = new FactorEffects(panel.units());
        this.effects.averageFreedom = Math.max(LEAST_FREEDOM, panel.units() - state.size.coefficients() - 1.0);
    }

    static FactorEffects of(
            PanelSums panel, LinearAlgebra algebra, FactorState state, ResidualLimit limit, BitSet averaged) {
        EmPass.Result posterior = EmPass.run(panel, algebra, state, limit);
        UnitSummaries summaries =
                new UnitSummaries(panel, state, limit, posterior.moments.covariances, algebra, averaged);
        state.coefficients = posterior.coefficients;
        AverageSums sums = panel.view()
                .runner()
                .sum(
                        () -> summaries.new Scratch(new TileCells(panel, algebra.newTile(panel.periods()))),
                        Scratch::block,
                        AverageSums::add);
        sums.finish(summaries.effects, state, summaries.shared);
        return summaries.effects;
    }

    private final class Scratch implements PassScratch {

        private final int e = state.size.effects();
        private final int p = state.size.coefficients();
        private final TileCells cells;
        private final UnitProducts products;
        private final UnitProducts covarianceProducts;
        private final UnitPosterior unit;
        private final UnitGrams covarianceGrams;
        private final double[] whitened;
        private final double[] average = new double[e];
        private final double[] covariance = new double[e * e];
        private final DenseMatrix[] shares;

        Scratch(TileCells cells) {
            this.cells = cells;
            this.products = new UnitProducts(moments, panel.correlated(), cells.tileRows());
            this.covarianceProducts = new UnitProducts(covariances, panel.correlated(), cells.tileRows());
            this.unit = new UnitPosterior(state, panel.correlated(), shared.priorPrecision());
            this.covarianceGrams = new UnitGrams(state.size, panel.correlated());
            this.whitened = new double[state.size.augmented() * state.size.augmented()];
            this.shares =
                    new DenseMatrix[] {DenseMatrix.zeros(cells.tileRows(), e), DenseMatrix.zeros(cells.tileRows(), e)};
        }

        AverageSums block(RowBlock block) {
            AverageSums sums = new AverageSums(state.size, panel.periods());
            for (int first = 0; first < block.rows(); first += cells.tileRows()) {
                int rows = Math.min(cells.tileRows(), block.rows() - first);
                cells.read(block, first, rows);
                limit.apply(cells, block.firstRow() + first, rows);
                products.compute(cells, rows);
                covarianceProducts.compute(cells, rows);
                for (int row = 0; row < rows; row++) {
                    summarise(row, block.firstRow() + first + row, sums);
                }
                cells.load(CellMask.TREATED, rows);
                cells.tile().addTransposedProduct(rows, shares[0].rowRange(0, rows), sums.treatedShares());
                cells.tile().addTransposedProduct(rows, shares[1].rowRange(0, rows), sums.controlShares());
                negate(shares[1]);
                cells.load(CellMask.OBSERVED, rows);
                cells.tile().addTransposedProduct(rows, shares[1].rowRange(0, rows), sums.controlShares());
            }
            return sums;
        }

        private void summarise(int row, int index, AverageSums sums) {
            unit.compute(products, row, index);
            covarianceGrams.unpack(covarianceProducts, row);
            double noise = state.noise[index];
            int observed = panel.cells()[index];
            double leverage = leverage(index);
            double used = Small.inner(unit.gram, unit.covariance) / noise;
            effects.freedom[index] = Math.max(
                    LEAST_FREEDOM, Math.min(panel.units() - p - 1.0, NoiseRules.VARIANCE_WEIGHT + observed - used));
            boolean counts = averaged.get(index);
            double[] d = Arrays.copyOfRange(unit.mean, state.size.levels(), p);
            estimate(0, index, d, shared.everyPeriod(), shared.everyPeriodCovariance(), leverage, counts, sums);
            int treated = panel.treated()[index];
            for (int estimand = 1; estimand < FactorEffects.ESTIMANDS; estimand++) {
                int count = estimand == 1 ? treated : observed - treated;
                arm(row, estimand == 2, count);
                estimate(estimand, index, d, average, covariance, leverage, counts, sums);
                for (int k = 0; k < e; k++) {
                    // The transposed product with the treated mask takes controls away from those of all cells.
                    double share = counts ? d[k] / count : 0;
                    shares[estimand - 1].set(row, k, estimand == 1 ? share : -share);
                }
            }
        }

        private double leverage(int index) {
            UnitGrams.combine(covarianceGrams.moments, state.correlation[index], whitened);
            double share = Small.form(unit.augmented, whitened, unit.augmented, unit.augmented.length)
                    / (Math.max(1, panel.cells()[index]) * state.noise[index]);
            return Math.max(0, Math.min(MOST_LEVERAGE, share));
        }

        /** The average of (1, f_j) over the unit's cells in an arm, and its covariance given each period's. */
        private void arm(int row, boolean control, int cellsInArm) {
            double count = Math.max(1, cellsInArm);
            DenseMatrix all = products.of(CellMask.OBSERVED);
            DenseMatrix treated = products.of(CellMask.TREATED);
            DenseMatrix allCovariances = covarianceProducts.of(CellMask.OBSERVED);
            DenseMatrix treatedCovariances = covarianceProducts.of(CellMask.TREATED);
            for (int a = 0; a < e; a++) {
                int first = state.size.pair(0, a);
                double sum = treated.get(row, first);
                average[a] = (control ? all.get(row, first) - sum : sum) / count;
                for (int c = 0; c < e; c++) {
                    int pair = state.size.pair(Math.min(a, c), Math.max(a, c));
                    double both = treatedCovariances.get(row, pair);
                    covariance[a * e + c] = (control ? allCovariances.get(row, pair) - both : both) / (count * count);
                }
            }
        }

        private void estimate(
                int estimand,
                int index,
                double[] d,
                double[] direction,
                double[] directionCovariance,
                double leverage,
                boolean counts,
                AverageSums sums) {
            int k = state.size.levels();
            double value = 0;
            double[] image = new double[p];
            for (int a = 0; a < e; a++) {
                value += direction[a] * d[a];
                for (int i = 0; i < p; i++) {
                    image[i] += unit.covariance[i * p + k + a] * direction[a];
                }
            }
            double own = 0;
            for (int a = 0; a < e; a++) {
                own += image[k + a] * direction[a];
            }
            own += leverage * (1 - leverage) * Small.form(image, unit.gram, image, p) / state.noise[index];
            double[] pull = Small.times(shared.priorPrecision(), image, p, p, 1);
            double inflation = FactorEffects.inflation(p, panel.units());
            double common = Small.form(pull, shared.meanCovariance(), pull, p);
            effects.values[estimand][index] = value;
            effects.variances[estimand][index] = inflation * (own + common)
                    + (state.size.constantEffects() ? 0 : Small.form(d, directionCovariance, d, e));
            if (counts) {
                sums.add(estimand, value, own, pull, d);
            }
        }

        @Override
        public void close() {
            cells.close();
        }
    }

    private static void negate(DenseMatrix matrix) {
        for (int k = 0; k < matrix.values().length; k++) {
            matrix.values()[k] = -matrix.values()[k];
        }
    }
}
