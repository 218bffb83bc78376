package io.github.rowwise.linalg.tck;

import io.github.rowwise.linalg.DenseMatrix;
import java.util.SplittableRandom;

/** The matrices that the rules use, the same in every run. */
final class Matrices {

    private Matrices() {}

    /** Returns a full-rank matrix with entries uniform on [-1, 1). */
    static DenseMatrix ordinary(int rows, int columns) {
        return ordinary(rows, columns, 31L * rows + columns);
    }

    static DenseMatrix ordinary(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DenseMatrix a = DenseMatrix.zeros(rows, columns);
        double[] values = a.values();
        for (int k = 0; k < values.length; k++) {
            values[k] = 2 * random.nextDouble() - 1;
        }
        return a;
    }

    /** Returns A + A', an indefinite matrix. */
    static DenseMatrix symmetric(int n) {
        DenseMatrix a = ordinary(n, n);
        return Oracle.sum(1, a, 1, Oracle.transpose(a));
    }

    static DenseMatrix scaled(double factor, DenseMatrix a) {
        return Oracle.sum(factor, a, 0, a);
    }

    static DenseMatrix ofRank(int rank, int rows, int columns) {
        return Oracle.product(ordinary(rows, rank, 1), ordinary(rank, columns, 2));
    }

    static DenseMatrix diagonal(double... values) {
        DenseMatrix a = DenseMatrix.zeros(values.length, values.length);
        for (int k = 0; k < values.length; k++) {
            a.set(k, k, values[k]);
        }
        return a;
    }

    /** Returns an orthogonal reflection without zero entries: I - 2 v v' / v'v. */
    static DenseMatrix reflection(int n) {
        DenseMatrix v = DenseMatrix.zeros(n, 1);
        double square = 0;
        for (int k = 0; k < n; k++) {
            v.set(k, 0, k + 1.5);
            square += (k + 1.5) * (k + 1.5);
        }
        return Oracle.sum(1, Oracle.identity(n), -2 / square, Oracle.product(v, Oracle.transpose(v)));
    }

    /**
     * Returns the same matrix as a view of a larger array. The other entries of the array are large, so that reading one of
     * them by mistake has an effect.
     *
     * @param offset number of entries before the first row
     * @param gap number of entries between consecutive rows
     */
    static DenseMatrix view(DenseMatrix a, int offset, int gap) {
        int stride = a.columns() + gap;
        double[] values = new double[offset + a.rows() * stride + 3];
        for (int k = 0; k < values.length; k++) {
            values[k] = 1000 + k;
        }
        DenseMatrix view = DenseMatrix.wrap(values, offset, a.rows(), a.columns(), stride);
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                view.set(i, j, a.get(i, j));
            }
        }
        return view;
    }
}
