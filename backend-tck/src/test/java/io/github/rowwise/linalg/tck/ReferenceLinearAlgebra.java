package io.github.rowwise.linalg.tck;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.Qr;
import io.github.rowwise.linalg.Svd;
import io.github.rowwise.linalg.SymmetricEigen;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** A correct backend as textbooks write it: Jacobi rotations and Householder reflections. */
class ReferenceLinearAlgebra implements LinearAlgebra {

    /** What counts as nothing where the largest entry is between 1 and 2. */
    private static final double EPSILON = 1e-15;

    /** From this many entries on, results are remembered: the kit's few large matrices come again for every defect. */
    private static final int LARGE = 10_000;

    private static final Map<String, Svd> LARGE_SVDS = new ConcurrentHashMap<>();
    private static final Map<String, SymmetricEigen> LARGE_EIGENS = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public String version() {
        return "1";
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

    @Override
    public Svd svd(DenseMatrix a) {
        if (a.rows() * a.columns() < LARGE) {
            return jacobiSvd(a);
        }
        Svd known = LARGE_SVDS.computeIfAbsent(key(a), key -> jacobiSvd(a));
        return new Svd(
                known.left().copy(), known.singularValues(), known.right().copy());
    }

    @Override
    public SymmetricEigen symmetricEigen(DenseMatrix a) {
        if (a.rows() * a.columns() < LARGE) {
            return jacobiEigen(a);
        }
        SymmetricEigen known = LARGE_EIGENS.computeIfAbsent(key(a), key -> jacobiEigen(a));
        return new SymmetricEigen(known.values(), known.vectors().copy());
    }

    private static String key(DenseMatrix a) {
        return a.rows() + " x " + a.columns() + " " + Arrays.hashCode(a.copy().values());
    }

    /** One-sided Jacobi: rotates columns in pairs until all are orthogonal. */
    private static Svd jacobiSvd(DenseMatrix a) {
        if (a.rows() < a.columns()) {
            Svd transposed = jacobiSvd(Oracle.transpose(a));
            return new Svd(transposed.right(), transposed.singularValues(), transposed.left());
        }
        double scale = scale(a);
        double[][] u = columns(Matrices.scaled(scale, a));
        double[][] v = columns(Oracle.identity(a.columns()));
        boolean rotated = true;
        for (int sweep = 0; rotated && sweep < 60; sweep++) {
            rotated = false;
            for (int p = 0; p < u.length; p++) {
                for (int q = p + 1; q < u.length; q++) {
                    double pp = dot(u[p], u[p]);
                    double qq = dot(u[q], u[q]);
                    double pq = dot(u[p], u[q]);
                    boolean nothing = Math.sqrt(Math.min(pp, qq)) < EPSILON;
                    if (!nothing && Math.abs(pq) > EPSILON * Math.sqrt(pp * qq)) {
                        rotate(u[p], u[q], tangent(pp, qq, pq));
                        rotate(v[p], v[q], tangent(pp, qq, pq));
                        rotated = true;
                    }
                }
            }
        }
        double[] norms = new double[u.length];
        for (int k = 0; k < u.length; k++) {
            norms[k] = Math.sqrt(dot(u[k], u[k]));
        }
        int[] order = descending(norms);
        double[][] left = new double[u.length][];
        double[][] right = new double[u.length][];
        double[] values = new double[u.length];
        for (int k = 0; k < u.length; k++) {
            values[k] = norms[order[k]] / scale;
            right[k] = v[order[k]];
            left[k] = u[order[k]];
            if (norms[order[k]] > 1e-14 * norms[order[0]]) {
                divide(left[k], norms[order[k]]);
            } else {
                left[k] = orthogonalTo(left, k, a.rows());
            }
        }
        return new Svd(matrix(left, a.rows()), values, matrix(right, a.columns()));
    }

    /** Cyclic Jacobi. */
    private static SymmetricEigen jacobiEigen(DenseMatrix input) {
        int n = input.rows();
        double scale = scale(input);
        double[][] a = columns(Matrices.scaled(scale, input));
        double[][] q = columns(Oracle.identity(n));
        boolean rotated = true;
        for (int sweep = 0; rotated && sweep < 60; sweep++) {
            rotated = false;
            for (int i = 0; i < n; i++) {
                for (int j = i + 1; j < n; j++) {
                    if (Math.abs(a[i][j]) > EPSILON) {
                        double t = tangent(a[i][i], a[j][j], a[i][j]);
                        rotate(a[i], a[j], t);
                        double cosine = 1 / Math.sqrt(1 + t * t);
                        for (int k = 0; k < n; k++) {
                            double x = a[k][i];
                            a[k][i] = cosine * (x - t * a[k][j]);
                            a[k][j] = cosine * (t * x + a[k][j]);
                        }
                        rotate(q[i], q[j], t);
                        rotated = true;
                    }
                }
            }
        }
        double[] diagonal = new double[n];
        for (int k = 0; k < n; k++) {
            diagonal[k] = a[k][k];
        }
        int[] order = descending(diagonal);
        double[] values = new double[n];
        double[][] vectors = new double[n][];
        for (int k = 0; k < n; k++) {
            values[k] = diagonal[order[k]] / scale;
            vectors[k] = q[order[k]];
        }
        return new SymmetricEigen(values, matrix(vectors, n));
    }

    /** Gram-Schmidt, twice over, with a new direction where a column has none of its own. */
    @Override
    public Qr qr(DenseMatrix a) {
        int k = Math.min(a.rows(), a.columns());
        double scale = scale(a);
        double[][] columns = columns(Matrices.scaled(scale, a));
        double[][] q = new double[k][];
        DenseMatrix r = DenseMatrix.zeros(k, a.columns());
        for (int j = 0; j < a.columns(); j++) {
            double[] rest = columns[j].clone();
            for (int pass = 0; pass < 2; pass++) {
                for (int i = 0; i < Math.min(j, k); i++) {
                    double part = dot(q[i], rest);
                    r.set(i, j, r.get(i, j) + part / scale);
                    subtract(rest, part, q[i]);
                }
            }
            if (j < k) {
                double norm = Math.sqrt(dot(rest, rest));
                if (norm > 1e-14) {
                    divide(rest, norm);
                    q[j] = rest;
                    r.set(j, j, norm / scale);
                } else {
                    q[j] = orthogonalTo(q, j, a.rows());
                }
            }
        }
        return new Qr(matrix(q, a.rows()), r);
    }

    /** Adds columns to orthonormal ones until they are a square matrix. */
    static DenseMatrix completed(DenseMatrix q) {
        double[][] columns = new double[q.rows()][];
        System.arraycopy(columns(q), 0, columns, 0, q.columns());
        for (int k = q.columns(); k < q.rows(); k++) {
            columns[k] = orthogonalTo(columns, k, q.rows());
        }
        return matrix(columns, q.rows());
    }

    private static double[] orthogonalTo(double[][] columns, int count, int rows) {
        for (int unit = 0; ; unit++) {
            double[] candidate = new double[rows];
            candidate[unit] = 1;
            for (int pass = 0; pass < 2; pass++) {
                for (int k = 0; k < count; k++) {
                    subtract(candidate, dot(columns[k], candidate), columns[k]);
                }
            }
            double norm = Math.sqrt(dot(candidate, candidate));
            // Some unit vector has at least the average part outside of the columns.
            if (norm * norm >= 0.5 / rows) {
                divide(candidate, norm);
                return candidate;
            }
        }
    }

    private static double scale(DenseMatrix a) {
        double largest = Oracle.largest(a);
        return largest == 0 ? 1 : Math.scalb(1.0, -Math.getExponent(largest));
    }

    private static double tangent(double pp, double qq, double pq) {
        double zeta = (qq - pp) / (2 * pq);
        return Math.copySign(1, zeta) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
    }

    private static void rotate(double[] p, double[] q, double tangent) {
        double cosine = 1 / Math.sqrt(1 + tangent * tangent);
        for (int i = 0; i < p.length; i++) {
            double x = p[i];
            p[i] = cosine * (x - tangent * q[i]);
            q[i] = cosine * (tangent * x + q[i]);
        }
    }

    private static void subtract(double[] from, double factor, double[] direction) {
        for (int i = 0; i < from.length; i++) {
            from[i] -= factor * direction[i];
        }
    }

    private static void divide(double[] vector, double by) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= by;
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static int[] descending(double[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> -values[k]))
                .mapToInt(Integer::intValue)
                .toArray();
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

    private static DenseMatrix matrix(double[][] columns, int rows) {
        DenseMatrix a = DenseMatrix.zeros(rows, columns.length);
        for (int j = 0; j < columns.length; j++) {
            for (int i = 0; i < rows; i++) {
                a.set(i, j, columns[j][i]);
            }
        }
        return a;
    }
}
