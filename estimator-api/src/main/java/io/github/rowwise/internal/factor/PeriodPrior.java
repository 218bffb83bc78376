package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.PassScratch;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The prior mean of the factors: regressed on the treatment of the units that load on them, so that shrinkage of the
 * factors does not turn into bias where treatment follows them (correlated random effects; Mundlak 1978,
 * doi:10.2307/1913646). Without regressors it is zero.
 */
final class PeriodPrior {

    private static final double DEPENDENT = 1e-8;

    private final double @Nullable [][] basis;

    /** An orthonormal basis of the regressors, one row each. */
    private PeriodPrior(double @Nullable [][] basis) {
        this.basis = basis;
    }

    static PeriodPrior zero() {
        return new PeriodPrior(null);
    }

    /** One pass: for each factor the treatment of a period, less that of the units at large, weighted with loadings. */
    static PeriodPrior fromTreatment(PanelSums panel, LinearAlgebra algebra, FactorState state) {
        int rank = state.size.rank();
        DenseMatrix sums = panel.view()
                .runner()
                .sum(
                        () -> new Scratch(new TileCells(panel, algebra.newTile(panel.periods())), rank),
                        (scratch, block) -> {
                            DenseMatrix total = DenseMatrix.zeros(rank, panel.periods());
                            TileCells cells = scratch.cells();
                            for (int first = 0; first < block.rows(); first += cells.tileRows()) {
                                int rows = Math.min(cells.tileRows(), block.rows() - first);
                                cells.read(block, first, rows);
                                for (int row = 0; row < rows; row++) {
                                    scratch.set(row, panel, state, block.firstRow() + first + row);
                                }
                                cells.load(CellMask.TREATED, rows);
                                cells.tile()
                                        .addTransposedProduct(
                                                rows, scratch.treated().rowRange(0, rows), total);
                                cells.load(CellMask.OBSERVED, rows);
                                cells.tile()
                                        .addTransposedProduct(
                                                rows, scratch.observed().rowRange(0, rows), total);
                            }
                            return total;
                        },
                        PeriodPrior::add);
        double[][] rows = new double[rank][];
        for (int k = 0; k < rank; k++) {
            rows[k] = Arrays.copyOfRange(sums.values(), sums.rowStart(k), sums.rowStart(k) + panel.periods());
            double mean = Small.mean(rows[k]);
            for (int j = 0; j < rows[k].length; j++) {
                rows[k][j] -= mean;
            }
        }
        return new PeriodPrior(orthonormal(rows));
    }

    /** The projection of each factor on the regressors; zeros without any. */
    double[][] means(double[][] factors, int rank) {
        double[][] means = new double[rank][factors[0].length];
        double @Nullable [][] directions = basis;
        for (int k = 0; directions != null && k < rank; k++) {
            for (double[] direction : directions) {
                double share = dot(direction, factors[k]);
                for (int j = 0; j < direction.length; j++) {
                    means[k][j] += share * direction[j];
                }
            }
        }
        return means;
    }

    private static DenseMatrix add(DenseMatrix sum, DenseMatrix more) {
        for (int k = 0; k < sum.values().length; k++) {
            sum.values()[k] += more.values()[k];
        }
        return sum;
    }

    /** Gram and Schmidt's, twice; a regressor that the others explain is left out. */
    private static double[][] orthonormal(double[][] rows) {
        double largest = 0;
        for (double[] row : rows) {
            largest = Math.max(largest, Math.sqrt(dot(row, row)));
        }
        double[][] basis = new double[rows.length][];
        int count = 0;
        for (double[] row : rows) {
            for (int round = 0; round < 2; round++) {
                for (int b = 0; b < count; b++) {
                    double share = dot(basis[b], row);
                    for (int j = 0; j < row.length; j++) {
                        row[j] -= share * basis[b][j];
                    }
                }
            }
            double norm = Math.sqrt(dot(row, row));
            if (norm > DEPENDENT * largest) {
                for (int j = 0; j < row.length; j++) {
                    row[j] /= norm;
                }
                basis[count++] = row;
            }
        }
        return Arrays.copyOf(basis, count);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }

    private record Scratch(TileCells cells, DenseMatrix treated, DenseMatrix observed) implements PassScratch {

        Scratch(TileCells cells, int rank) {
            this(cells, DenseMatrix.zeros(cells.tileRows(), rank), DenseMatrix.zeros(cells.tileRows(), rank));
        }

        void set(int row, PanelSums panel, FactorState state, int unit) {
            double share = (double) panel.treated()[unit] / Math.max(1, panel.cells()[unit]);
            for (int k = 0; k < treated.columns(); k++) {
                double loading = state.coefficients[unit * state.size.coefficients() + 1 + k] / state.noise[unit];
                treated.set(row, k, loading);
                observed.set(row, k, -loading * share);
            }
        }

        @Override
        public void close() {
            cells.close();
        }
    }
}
