package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.PassScratch;
import io.github.rowwise.internal.RowBlock;

/**
 * A pass with everything held: the units' coefficients, which it sets, the sum of their posterior covariances, and the serial
 * correlation that is left in the innovations.
 */
final class PosteriorPass {

    final double[] covariances;
    private final double[] products = new double[LeftCorrelation.LAGS];
    private final double[] squares = new double[LeftCorrelation.LAGS];
    private final int periods;

    private PosteriorPass(int p, int periods) {
        this.covariances = new double[p * p];
        this.periods = periods;
    }

    static PosteriorPass run(PanelSums panel, FactorState state, ResidualLimit limit) {
        PeriodTable table = PeriodTable.of(state, panel.correlated());
        double[] priorPrecision = PositiveDefinite.inverse(state.spread, state.size.coefficients());
        double[] coefficients = new double[panel.units() * state.size.coefficients()];
        PosteriorPass sums = panel.view()
                .runner()
                .sum(
                        () -> new Scratch(
                                new UnitBatch(panel, state, limit, table, priorPrecision), state, table, coefficients),
                        Scratch::block,
                        PosteriorPass::add);
        state.coefficients = coefficients;
        return sums;
    }

    private PosteriorPass add(PosteriorPass later) {
        Rows.add(covariances, later.covariances);
        Rows.add(products, later.products);
        Rows.add(squares, later.squares);
        return this;
    }

    LeftCorrelation left() {
        return LeftCorrelation.of(products, squares, periods);
    }

    private static final class Scratch implements PassScratch {

        private final UnitBatch units;
        private final FactorState state;
        private final PeriodTable table;
        private final double[] coefficients;
        private final double[] residuals;
        private final double[] innovations;

        Scratch(UnitBatch units, FactorState state, PeriodTable table, double[] coefficients) {
            this.units = units;
            this.state = state;
            this.table = table;
            this.coefficients = coefficients;
            this.residuals = new double[state.periods()];
            this.innovations = new double[state.periods()];
        }

        PosteriorPass block(RowBlock block) {
            int p = state.size.coefficients();
            PosteriorPass sums = new PosteriorPass(p, state.periods());
            for (int first = 0; first < block.rows(); first += units.most()) {
                int count = Math.min(units.most(), block.rows() - first);
                units.compute(block, first, count);
                for (int unit = 0; unit < count; unit++) {
                    int index = block.firstRow() + first + unit;
                    units.open(unit);
                    Rows.add(sums.covariances, units.covariance);
                    System.arraycopy(units.mean, 0, coefficients, index * p, p);
                    addInnovations(unit, index, sums);
                }
            }
            return sums;
        }

        private void addInnovations(int unit, int index, PosteriorPass sums) {
            byte[] arms = units.cells.arms(unit);
            double[] y = units.cells.outcomes(unit);
            int width = state.size.vector();
            for (int j = 0; j < y.length; j++) {
                double fit = 0;
                for (int k = 0; k < width && arms[j] != RowBlock.MISSING; k++) {
                    fit += table.extended()[j * width + k] * units.moments.means[arms[j] * width + k];
                }
                residuals[j] = y[j] - fit;
            }
            LeftCorrelation.whiten(residuals, arms, state, index, innovations);
            for (int lag = 1; lag <= LeftCorrelation.LAGS; lag++) {
                for (int j = lag; j < y.length; j++) {
                    if (arms[j] != RowBlock.MISSING && arms[j - lag] != RowBlock.MISSING) {
                        double now = innovations[j];
                        double before = innovations[j - lag];
                        sums.products[lag - 1] += now * before;
                        sums.squares[lag - 1] += (now * now + before * before) / 2;
                    }
                }
            }
        }
    }
}
