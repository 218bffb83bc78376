package io.github.rowwise.internal.covariate;

import io.github.rowwise.internal.factor.kernel.PositiveDefinite;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.Sums;
import io.github.rowwise.internal.svd.TruncatedSvd;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.Tile;

/**
 * What the units' series of a centred covariate have in common: its leading factors, and each unit's loadings on them by least
 * squares.
 *
 * <p>A covariate that follows the factors of the outcome is correlated with what the estimated factors, which are shrunk, leave
 * of them. The rest of the covariate is not, and so informs its coefficient without that bias (partialling out; Chernozhukov and
 * others 2018, doi:10.1111/ectj.12097).
 *
 * @param factors orthonormal rows, one entry per period
 * @param loadings of each local unit, unit by unit
 */
record CommonPart(DenseMatrix factors, double[] loadings) {

    /** Further factors would take too much of what informs the coefficient. */
    private static final int MOST_FACTORS = 4;

    /** At least this many units and periods per factor. */
    private static final int PER_FACTOR = 8;

    private static final int PASSES = 4;
    private static final int FURTHER = 2;

    /** A factor is kept if its squared singular value exceeds that of noise by this factor. */
    private static final double MARGIN = 1.2;

    /**
     * Finds the common part.
     *
     * @param view of the panel itself
     * @param sample of its rows, from which the factors are found
     * @param centring of the covariates
     * @param ofSample the same for the sample
     */
    static CommonPart of(
            PanelView view,
            PanelView sample,
            LinearAlgebra algebra,
            CovariateCentring centring,
            CovariateCentring ofSample,
            int covariate) {
        int n = Math.max(1, (int) Math.round((double) view.allUnits() * ofSample.cells() / centring.cells()));
        int m = view.periods();
        int most = Math.min(MOST_FACTORS, Math.min(n, m) / PER_FACTOR);
        if (most == 0) {
            return new CommonPart(DenseMatrix.zeros(0, m), new double[0]);
        }
        TruncatedSvd svd = new TruncatedSvd(algebra, view.hash(), m, Math.min(m, most + FURTHER));
        for (int pass = 0; pass < PASSES && !svd.isExhausted(); pass++) {
            svd.accept(multiply(sample, algebra, ofSample, covariate, svd.block()));
        }
        double rest = ofSample.variances()[covariate] * ofSample.cells();
        for (int k = 0; k < most; k++) {
            rest -= svd.values()[k];
        }
        double free = Math.max(1, ofSample.cells() - (most + 1.0) * (n + m));
        double edge = MARGIN * Math.max(0, rest) / free * Math.pow(Math.sqrt(n) + Math.sqrt(m), 2);
        int rank = 0;
        while (rank < most && svd.values()[rank] > edge) {
            rank++;
        }
        DenseMatrix factors = svd.vectors(rank).copy();
        return new CommonPart(factors, rank == 0 ? new double[0] : loadings(view, centring, covariate, factors));
    }

    private static DenseMatrix multiply(
            PanelView view, LinearAlgebra algebra, CovariateCentring centring, int covariate, DenseMatrix vectors) {
        int m = view.periods();
        double[] sums = view.runner()
                .reduceBlocks(
                        () -> new Scratch(algebra.newTile(m)),
                        (scratch, block) -> {
                            Tile tile = scratch.tile();
                            double[] values = new double[block.arms().length];
                            DenseMatrix sum = DenseMatrix.zeros(vectors.rows(), m);
                            for (int first = 0; first < block.rows(); first += tile.rows()) {
                                int rows = Math.min(tile.rows(), block.rows() - first);
                                for (int r = 0; r < rows; r++) {
                                    centring.centre(covariate, block, first + r, values);
                                    tile.setRow(r, values, (first + r) * m);
                                }
                                DenseMatrix product = DenseMatrix.zeros(rows, vectors.rows());
                                tile.product(rows, vectors, product);
                                tile.addTransposedProduct(rows, product, sum);
                            }
                            return sum.values();
                        },
                        Sums::add);
        return DenseMatrix.wrap(sums, vectors.rows(), m);
    }

    private static double[] loadings(PanelView view, CovariateCentring centring, int covariate, DenseMatrix factors) {
        int r = factors.rows();
        double[] loadings = new double[view.units() * r];
        view.runner().forEachBlock(() -> NO_SCRATCH, (scratch, block) -> {
            int m = block.columns();
            double[] values = new double[block.arms().length];
            for (int row = 0; row < block.rows(); row++) {
                centring.centre(covariate, block, row, values);
                double[] squares = new double[r * r];
                double[] products = new double[r];
                int cells = 0;
                for (int j = 0; j < m; j++) {
                    if (block.arms()[row * m + j] == RowBlock.MISSING) {
                        continue;
                    }
                    cells++;
                    for (int a = 0; a < r; a++) {
                        products[a] += factors.get(a, j) * values[row * m + j];
                        for (int c = 0; c < r; c++) {
                            squares[a * r + c] += factors.get(a, j) * factors.get(c, j);
                        }
                    }
                }
                if (cells <= PER_FACTOR / 2 * r) {
                    continue;
                }
                for (int a = 0; a < r; a++) {
                    // Rows of orthonormal factors: keeps a unit with few cells invertible.
                    squares[a * r + a] += 1e-6;
                }
                double[] of = SmallMatrices.times(PositiveDefinite.inverse(squares, r), products, r, r, 1);
                System.arraycopy(of, 0, loadings, (block.firstRow() + row) * r, r);
            }
        });
        return loadings;
    }

    private static final PassScratch NO_SCRATCH = new PassScratch() {};

    private record Scratch(Tile tile) implements PassScratch {

        @Override
        public void close() {
            tile.close();
        }
    }

    /** Returns the same for rows in which absent periods are columns. */
    CommonPart spaced(int[] columns, int width) {
        DenseMatrix spaced = DenseMatrix.zeros(factors.rows(), width);
        for (int k = 0; k < factors.rows(); k++) {
            for (int j = 0; j < columns.length; j++) {
                spaced.set(k, columns[j], factors.get(k, j));
            }
        }
        return new CommonPart(spaced, loadings);
    }

    /** Subtracts the common part from all cells of a unit, missing ones too. */
    void subtract(int unit, double[] values) {
        int r = factors.rows();
        double[] all = factors.values();
        for (int a = 0; a < r; a++) {
            double loading = loadings[unit * r + a];
            int from = factors.rowStart(a);
            for (int j = 0; j < values.length; j++) {
                values[j] = Math.fma(-loading, all[from + j], values[j]);
            }
        }
    }

    /** Subtracts the common part from the cells of a row that are not missing. */
    void subtract(RowBlock block, int row, double[] values) {
        int r = factors.rows();
        int m = block.columns();
        int unit = block.firstRow() + row;
        for (int a = 0; a < r; a++) {
            double loading = loadings[unit * r + a];
            int from = factors.rowStart(a);
            for (int j = 0; j < m; j++) {
                int at = row * m + j;
                values[at] -= block.arms()[at] == RowBlock.MISSING ? 0 : loading * factors.values()[from + j];
            }
        }
    }
}
