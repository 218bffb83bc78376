package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.PassScratch;
import io.github.rowwise.internal.RowBlock;
import io.github.rowwise.linalg.LinearAlgebra;

/**
 * One iteration's pass over the panel: every unit's posterior and noise, and from them the sums that the periods'
 * posterior needs. Each tile is read once and used in both directions.
 */
final class EmPass {

    /** What a pass adds up. */
    static final class Result {

        final double[] noise;
        final double[] correlation;
        final double[] coefficients;

        /** Each unit's expected squared whitened residuals, with its new correlation. */
        final double[] residuals;

        /** Sums of the coefficients less their former prior mean, of the products of these, and of covariances. */
        Moments moments;

        PeriodSums periods;

        Result(int units, int p) {
            this.noise = new double[units];
            this.correlation = new double[units];
            this.coefficients = new double[units * p];
            this.residuals = new double[units];
            this.moments = new Moments(p);
            this.periods = new PeriodSums(new Dimensions(0, true), 0, false);
        }
    }

    /** First and second moments of the units' coefficients. */
    static final class Moments {

        final double[] sum;
        final double[] products;
        final double[] covariances;
        double logDeterminants;

        Moments(int p) {
            this.sum = new double[p];
            this.products = new double[p * p];
            this.covariances = new double[p * p];
        }

        void add(UnitPosterior unit, double[] centre) {
            int p = sum.length;
            for (int i = 0; i < p; i++) {
                double deviation = unit.mean[i] - centre[i];
                sum[i] += deviation;
                for (int j = 0; j < p; j++) {
                    products[i * p + j] += deviation * (unit.mean[j] - centre[j]);
                    covariances[i * p + j] += unit.covariance[i * p + j];
                }
            }
            logDeterminants += unit.logDeterminant;
        }

        void add(Moments other) {
            add(sum, other.sum);
            add(products, other.products);
            add(covariances, other.covariances);
            logDeterminants += other.logDeterminants;
        }

        private static void add(double[] total, double[] more) {
            for (int k = 0; k < total.length; k++) {
                total[k] += more[k];
            }
        }
    }

    private record BlockSums(Moments moments, PeriodSums periods) {

        BlockSums add(BlockSums later) {
            moments.add(later.moments);
            periods.add(later.periods);
            return this;
        }
    }

    private final PanelSums panel;
    private final FactorState state;
    private final ResidualLimit limit;
    private final PeriodColumns columns;
    private final double[] priorPrecision;
    private final Result result;

    private EmPass(PanelSums panel, FactorState state, ResidualLimit limit) {
        this.panel = panel;
        this.state = state;
        this.limit = limit;
        this.columns = PeriodColumns.of(state, panel.correlated());
        this.priorPrecision = PositiveDefinite.inverse(state.spread, state.size.coefficients());
        this.result = new Result(panel.units(), state.size.coefficients());
    }

    static Result run(PanelSums panel, LinearAlgebra algebra, FactorState state, ResidualLimit limit) {
        EmPass pass = new EmPass(panel, state, limit);
        BlockSums sums = panel.view()
                .runner()
                .sum(
                        () -> pass.new Scratch(new TileCells(panel, algebra.newTile(panel.periods()))),
                        Scratch::block,
                        BlockSums::add);
        pass.result.moments = sums.moments();
        pass.result.periods = sums.periods();
        return pass.result;
    }

    private final class Scratch implements PassScratch {

        private final TileCells cells;
        private final UnitProducts products;
        private final UnitPosterior unit;
        private final UnitWeights weights;
        private final double[] squares = new double[3];
        private final double[] residuals = new double[3];

        Scratch(TileCells cells) {
            this.cells = cells;
            this.products = new UnitProducts(columns, panel.correlated(), cells.tileRows());
            this.unit = new UnitPosterior(state, panel.correlated(), priorPrecision);
            this.weights = new UnitWeights(state.size, panel.correlated(), cells.tileRows());
        }

        BlockSums block(RowBlock block) {
            BlockSums sums = new BlockSums(
                    new Moments(state.size.coefficients()),
                    new PeriodSums(state.size, panel.periods(), panel.correlated()));
            for (int first = 0; first < block.rows(); first += cells.tileRows()) {
                int rows = Math.min(cells.tileRows(), block.rows() - first);
                cells.read(block, first, rows);
                limit.apply(cells, block.firstRow() + first, rows);
                products.compute(cells, rows);
                for (int row = 0; row < rows; row++) {
                    solve(row, block.firstRow() + first + row);
                    sums.moments().add(unit, state.mean);
                }
                weights.addTo(sums.periods(), cells, rows);
            }
            return sums;
        }

        private void solve(int row, int index) {
            unit.compute(products, row, index);
            cells.outcomeSquares(row, squares);
            unit.expectedResiduals(squares, residuals);
            NoiseRules.update(state, panel, index, residuals, state.noise[index], result.noise, result.correlation);
            double correlation = result.correlation[index];
            result.residuals[index] = panel.correlated() ? UnitGrams.combine(residuals, correlation) : residuals[0];
            System.arraycopy(unit.mean, 0, result.coefficients, index * unit.mean.length, unit.mean.length);
            weights.set(row, unit, result.noise[index], correlation);
        }

        @Override
        public void close() {
            cells.close();
        }
    }
}
