package io.github.rowwise.diagnostics;

import io.github.rowwise.effects.LowRankMatrix;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.Qr;
import io.github.rowwise.linalg.Svd;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How much of a low-rank matrix rests on single units and single periods.
 *
 * <p>With the singular value decomposition {@code U diag(s) V'} of rank r of an n x m matrix, the incoherence of its rows is
 * (n / r) max<sub>i</sub> ‖U<sub>i</sub>‖² and that of its columns (m / r) max<sub>j</sub> ‖V<sub>j</sub>‖². It is 1 where all carry the same,
 * and n/r or m/r where a single one carries a direction by itself. The guarantee of Algorithm 1 grows with it; and a
 * factor that one unit or one period carries is rather a peculiarity of it than something common. Source: Candes and Recht
 * (2009), doi:10.1007/s10208-009-9045-5.
 *
 * <pre class="example">{@code
 * Incoherence.of(effects.outcomeMatrix(0), algebra)
 *         .ifPresent(found -> System.out.println(panel.unitNames().get(found.unit()) + " carries most"));
 * }</pre>
 *
 * @param rank number r of directions, those of unit and period means included
 * @param units incoherence of the rows, from 1 to n/r
 * @param unit index of the unit that attains it
 * @param unitLeverage that unit's ‖U<sub>i</sub>‖², from 0 to 1: 1 where it carries a direction by itself
 * @param periods incoherence of the columns, from 1 to m/r
 * @param period index of the period that attains it
 * @param periodLeverage that period's ‖V<sub>j</sub>‖², from 0 to 1
 */
public record Incoherence(
        int rank, double units, int unit, double unitLeverage, double periods, int period, double periodLeverage) {

    /** Directions below this share of the largest are rounding. */
    private static final double NEGLIGIBLE = 1e-10;

    /**
     * Computes the incoherence of a matrix, such as completed outcomes, from its factored form: at a cost of
     * (n + m) k² operations for k loadings.
     *
     * @param matrix any low-rank matrix; rows that were not estimated are left out
     * @param algebra the backend
     * @return the incoherence; empty where no row was estimated or the matrix is zero
     */
    public static Optional<Incoherence> of(LowRankMatrix matrix, LinearAlgebra algebra) {
        DenseMatrix all = matrix.loadings();
        int width = all.columns();
        int[] rows =
                IntStream.range(0, matrix.units()).filter(matrix::isAvailable).toArray();
        if (rows.length == 0 || width == 0) {
            return Optional.empty();
        }
        DenseMatrix loadings = DenseMatrix.zeros(rows.length, width);
        for (int i = 0; i < rows.length; i++) {
            for (int k = 0; k < width; k++) {
                loadings.set(i, k, all.get(rows[i], k));
            }
        }
        DenseMatrix across = matrix.factors();
        DenseMatrix factors = DenseMatrix.zeros(matrix.periods(), width);
        for (int j = 0; j < matrix.periods(); j++) {
            for (int k = 0; k < width; k++) {
                factors.set(j, k, across.get(k, j));
            }
        }
        Qr left = algebra.qr(loadings);
        Qr right = algebra.qr(factors);
        DenseMatrix core =
                DenseMatrix.zeros(left.triangular().rows(), right.triangular().rows());
        algebra.multiply(1, left.triangular(), false, right.triangular(), true, 0, core);
        Svd svd = algebra.svd(core);
        double[] values = svd.singularValues();
        int rank = 0;
        while (rank < values.length && values[rank] > NEGLIGIBLE * values[0]) {
            rank++;
        }
        if (rank == 0) {
            return Optional.empty();
        }
        double[] units = leverages(algebra, left.orthogonal(), svd.left(), rank);
        double[] periods = leverages(algebra, right.orthogonal(), svd.right(), rank);
        int unit = largest(units);
        int period = largest(periods);
        return Optional.of(new Incoherence(
                rank,
                units[unit] * units.length / rank,
                rows[unit],
                units[unit],
                periods[period] * periods.length / rank,
                period,
                periods[period]));
    }

    /** Squared norms of the rows of a basis times the first vectors of the core. */
    private static double[] leverages(LinearAlgebra algebra, DenseMatrix basis, DenseMatrix vectors, int rank) {
        DenseMatrix first =
                DenseMatrix.wrap(vectors.values(), vectors.offset(), vectors.rows(), rank, vectors.stride());
        DenseMatrix singular = DenseMatrix.zeros(basis.rows(), rank);
        algebra.multiply(1, basis, false, first, false, 0, singular);
        double[] leverages = new double[basis.rows()];
        for (int i = 0; i < leverages.length; i++) {
            for (int k = 0; k < rank; k++) {
                leverages[i] += singular.get(i, k) * singular.get(i, k);
            }
        }
        return leverages;
    }

    private static int largest(double[] values) {
        int best = 0;
        for (int k = 1; k < values.length; k++) {
            best = values[k] > values[best] ? k : best;
        }
        return best;
    }
}
