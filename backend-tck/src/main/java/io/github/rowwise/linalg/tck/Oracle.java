package io.github.rowwise.linalg.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rowwise.linalg.DenseMatrix;
import java.util.Locale;

/** Slow and simple matrix arithmetic, and the assertions of the rules. */
final class Oracle {

    /** Largest error of an entry relative to the largest expected entry. */
    static final double TOLERANCE = 1e-12;

    private Oracle() {}

    static DenseMatrix identity(int n) {
        DenseMatrix identity = DenseMatrix.zeros(n, n);
        for (int k = 0; k < n; k++) {
            identity.set(k, k, 1);
        }
        return identity;
    }

    static DenseMatrix transpose(DenseMatrix a) {
        DenseMatrix transposed = DenseMatrix.zeros(a.columns(), a.rows());
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                transposed.set(j, i, a.get(i, j));
            }
        }
        return transposed;
    }

    static DenseMatrix product(DenseMatrix a, DenseMatrix b) {
        assertEquals(a.columns(), b.rows(), "inner sizes of a product");
        double[][] rows = rows(a);
        double[][] columns = rows(transpose(b));
        DenseMatrix product = DenseMatrix.zeros(a.rows(), b.columns());
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < b.columns(); j++) {
                double sum = 0;
                for (int k = 0; k < a.columns(); k++) {
                    sum += rows[i][k] * columns[j][k];
                }
                product.set(i, j, sum);
            }
        }
        return product;
    }

    /** Copies the rows, which are then read faster than a matrix. */
    private static double[][] rows(DenseMatrix a) {
        double[][] rows = new double[a.rows()][a.columns()];
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                rows[i][j] = a.get(i, j);
            }
        }
        return rows;
    }

    /** Returns alpha a + beta b. */
    static DenseMatrix sum(double alpha, DenseMatrix a, double beta, DenseMatrix b) {
        DenseMatrix sum = DenseMatrix.zeros(a.rows(), a.columns());
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                sum.set(i, j, alpha * a.get(i, j) + beta * b.get(i, j));
            }
        }
        return sum;
    }

    /** Returns left diag(values) right', with as many columns of the factors as there are values. */
    static DenseMatrix recomposed(DenseMatrix left, double[] values, DenseMatrix right) {
        DenseMatrix scaled = DenseMatrix.zeros(left.rows(), values.length);
        DenseMatrix transposed = DenseMatrix.zeros(values.length, right.rows());
        for (int k = 0; k < values.length; k++) {
            for (int i = 0; i < left.rows(); i++) {
                scaled.set(i, k, left.get(i, k) * values[k]);
            }
            for (int j = 0; j < right.rows(); j++) {
                transposed.set(k, j, right.get(j, k));
            }
        }
        return product(scaled, transposed);
    }

    static double largest(DenseMatrix a) {
        double largest = 0;
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                largest = Math.max(largest, Math.abs(a.get(i, j)));
            }
        }
        return largest;
    }

    static void assertShape(int rows, int columns, DenseMatrix a, String what) {
        assertEquals(rows + " x " + columns, a.rows() + " x " + a.columns(), "shape of " + what);
    }

    static void assertClose(DenseMatrix expected, DenseMatrix actual, String what) {
        assertShape(expected.rows(), expected.columns(), actual, what);
        double bound = TOLERANCE * largest(expected);
        for (int i = 0; i < expected.rows(); i++) {
            for (int j = 0; j < expected.columns(); j++) {
                double e = expected.get(i, j);
                double a = actual.get(i, j);
                int row = i;
                int column = j;
                // NaN fails this comparison.
                assertTrue(
                        Math.abs(a - e) <= bound,
                        () -> String.format(
                                Locale.ROOT,
                                "%s: entry (%d, %d) is %s, expected %s within %.1e",
                                what,
                                row,
                                column,
                                a,
                                e,
                                bound));
            }
        }
    }

    static void assertOrthonormal(DenseMatrix q, String what) {
        assertClose(identity(q.columns()), product(transpose(q), q), what + "' " + what);
    }

    static void assertDescending(double[] values, String what) {
        for (int k = 1; k < values.length; k++) {
            int at = k;
            assertTrue(
                    values[k - 1] >= values[k],
                    () -> what + " are not in descending order: number " + at + " is " + values[at] + " after "
                            + values[at - 1]);
        }
    }
}
