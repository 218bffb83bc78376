package io.github.rowwise.linalg;

import java.util.Comparator;
import java.util.stream.IntStream;

/** A correct backend as textbooks write it: products by three loops, the rest by Jacobi's rotations and Gram-Schmidt. */
public class SlowLinearAlgebra implements LinearAlgebra {

    /** Singular values below this, relative to the largest, have no left vector: it is left at zero. */
    private static final double NOTHING = 1e-13;

    private static final int MOST_SWEEPS = 60;

    @Override
    public String name() {
        return "slow";
    }

    @Override
    public String version() {
        return "1.2.3";
    }

    @Override
    public void multiply(
            double alpha,
            DenseMatrix a,
            boolean transposeA,
            DenseMatrix b,
            boolean transposeB,
            double beta,
            DenseMatrix c) {
        int inner = transposeA ? a.rows() : a.columns();
        for (int i = 0; i < c.rows(); i++) {
            for (int j = 0; j < c.columns(); j++) {
                double sum = 0;
                for (int k = 0; k < inner; k++) {
                    sum += (transposeA ? a.get(k, i) : a.get(i, k)) * (transposeB ? b.get(j, k) : b.get(k, j));
                }
                c.set(i, j, alpha * sum + (beta == 0 ? 0 : beta * c.get(i, j)));
            }
        }
    }

    /** One-sided Jacobi: rotates pairs of columns until all are orthogonal. */
    @Override
    public Svd svd(DenseMatrix a) {
        if (a.rows() < a.columns()) {
            Svd transposed = svd(matrix(rows(a), a.columns()));
            return new Svd(transposed.right(), transposed.singularValues(), transposed.left());
        }
        double[][] u = columns(a);
        double[][] v = identity(a.columns());
        boolean rotated = true;
        for (int sweep = 0; rotated && sweep < MOST_SWEEPS; sweep++) {
            rotated = false;
            for (int p = 0; p < u.length; p++) {
                for (int q = p + 1; q < u.length; q++) {
                    double pp = dot(u[p], u[p]);
                    double qq = dot(u[q], u[q]);
                    double pq = dot(u[p], u[q]);
                    if (Math.abs(pq) > 1e-14 * Math.sqrt(pp * qq)) {
                        double angle = 0.5 * Math.atan2(2 * pq, pp - qq);
                        rotate(u[p], u[q], angle);
                        rotate(v[p], v[q], angle);
                        rotated = true;
                    }
                }
            }
        }
        int[] order = descending(
                IntStream.range(0, u.length).mapToDouble(k -> norm(u[k])).toArray());
        double[][] left = new double[u.length][];
        double[][] right = new double[u.length][];
        double[] values = new double[u.length];
        for (int k = 0; k < u.length; k++) {
            left[k] = u[order[k]];
            right[k] = v[order[k]];
            values[k] = norm(left[k]);
            for (int i = 0; i < a.rows(); i++) {
                left[k][i] = values[k] <= NOTHING * values[0] ? 0 : left[k][i] / values[k];
            }
        }
        return new Svd(matrix(left, a.rows()), values, matrix(right, a.columns()));
    }

    /** Cyclic Jacobi. */
    @Override
    public SymmetricEigen symmetricEigen(DenseMatrix matrix) {
        int n = matrix.rows();
        double[][] a = columns(matrix);
        double[][] q = identity(n);
        boolean rotated = true;
        for (int sweep = 0; rotated && sweep < MOST_SWEEPS; sweep++) {
            rotated = false;
            for (int p = 0; p < n; p++) {
                for (int r = p + 1; r < n; r++) {
                    if (Math.abs(a[p][r]) > 1e-17 * (Math.abs(a[p][p]) + Math.abs(a[r][r]))) {
                        double angle = 0.5 * Math.atan2(2 * a[p][r], a[p][p] - a[r][r]);
                        rotateEach(a, p, r, angle);
                        rotate(a[p], a[r], angle);
                        rotate(q[p], q[r], angle);
                        a[p][r] = 0;
                        a[r][p] = 0;
                        rotated = true;
                    }
                }
            }
        }
        int[] order = descending(IntStream.range(0, n).mapToDouble(k -> a[k][k]).toArray());
        double[] values = new double[n];
        double[][] vectors = new double[n][];
        for (int k = 0; k < n; k++) {
            values[k] = a[order[k]][order[k]];
            vectors[k] = q[order[k]];
        }
        return new SymmetricEigen(values, matrix(vectors, n));
    }

    /** Gram-Schmidt, twice over. */
    @Override
    public Qr qr(DenseMatrix a) {
        double[][] q = columns(a);
        DenseMatrix r = DenseMatrix.zeros(q.length, q.length);
        for (int j = 0; j < q.length; j++) {
            for (int pass = 0; pass < 2; pass++) {
                for (int k = 0; k < j; k++) {
                    double part = dot(q[k], q[j]);
                    r.set(k, j, r.get(k, j) + part);
                    for (int i = 0; i < a.rows(); i++) {
                        q[j][i] -= part * q[k][i];
                    }
                }
            }
            r.set(j, j, norm(q[j]));
            for (int i = 0; i < a.rows(); i++) {
                q[j][i] /= r.get(j, j);
            }
        }
        return new Qr(matrix(q, a.rows()), r);
    }

    private static void rotate(double[] x, double[] y, double angle) {
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        for (int i = 0; i < x.length; i++) {
            double former = x[i];
            x[i] = c * former + s * y[i];
            y[i] = c * y[i] - s * former;
        }
    }

    /** Rotates two entries of each vector. */
    private static void rotateEach(double[][] vectors, int p, int r, double angle) {
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        for (double[] vector : vectors) {
            double former = vector[p];
            vector[p] = c * former + s * vector[r];
            vector[r] = c * vector[r] - s * former;
        }
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    private static double norm(double[] x) {
        return Math.sqrt(dot(x, x));
    }

    private static int[] descending(double[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer k) -> -values[k]))
                .mapToInt(k -> k)
                .toArray();
    }

    private static double[][] identity(int n) {
        double[][] identity = new double[n][n];
        for (int k = 0; k < n; k++) {
            identity[k][k] = 1;
        }
        return identity;
    }

    private static double[][] columns(DenseMatrix a) {
        double[][] columns = new double[a.columns()][a.rows()];
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                columns[j][i] = a.get(i, j);
            }
        }
        return columns;
    }

    private static double[][] rows(DenseMatrix a) {
        double[][] rows = new double[a.rows()][a.columns()];
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                rows[i][j] = a.get(i, j);
            }
        }
        return rows;
    }

    /** A matrix of these columns. */
    private static DenseMatrix matrix(double[][] columns, int rows) {
        DenseMatrix matrix = DenseMatrix.zeros(rows, columns.length);
        for (int j = 0; j < columns.length; j++) {
            for (int i = 0; i < rows; i++) {
                matrix.set(i, j, columns[j][i]);
            }
        }
        return matrix;
    }
}
