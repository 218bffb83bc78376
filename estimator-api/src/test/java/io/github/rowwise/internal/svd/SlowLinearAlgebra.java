package io.github.rowwise.internal.svd;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.Qr;
import io.github.rowwise.linalg.Svd;
import io.github.rowwise.linalg.SymmetricEigen;
import java.util.Comparator;
import java.util.stream.IntStream;

/** A slow and simple implementation: matrix products by three loops, eigenvalues by Jacobi rotations. */
public final class SlowLinearAlgebra implements LinearAlgebra {

    @Override
    public String name() {
        return "slow";
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
    public SymmetricEigen symmetricEigen(DenseMatrix matrix) {
        int n = matrix.rows();
        double[][] a = new double[n][n];
        double[][] q = new double[n][n];
        for (int i = 0; i < n; i++) {
            q[i][i] = 1;
            for (int j = 0; j < n; j++) {
                a[i][j] = matrix.get(i, j);
            }
        }
        boolean rotated = true;
        for (int sweep = 0; rotated && sweep < 60; sweep++) {
            rotated = false;
            for (int p = 0; p < n; p++) {
                for (int r = p + 1; r < n; r++) {
                    if (Math.abs(a[p][r]) > 1e-18 * (Math.abs(a[p][p]) + Math.abs(a[r][r]))) {
                        rotate(a, q, p, r);
                        rotated = true;
                    }
                }
            }
        }
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer k) -> -a[k][k]))
                .mapToInt(k -> k)
                .toArray();
        double[] values = new double[n];
        DenseMatrix vectors = DenseMatrix.zeros(n, n);
        for (int k = 0; k < n; k++) {
            values[k] = a[order[k]][order[k]];
            for (int i = 0; i < n; i++) {
                vectors.set(i, k, q[i][order[k]]);
            }
        }
        return new SymmetricEigen(values, vectors);
    }

    /** Applies a two-sided rotation that makes a[p][r] zero, and applies it to the columns of q. */
    private static void rotate(double[][] a, double[][] q, int p, int r) {
        double angle = 0.5 * Math.atan2(2 * a[p][r], a[p][p] - a[r][r]);
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        for (double[][] columns : new double[][][] {a, q}) {
            for (double[] row : columns) {
                double x = row[p];
                row[p] = c * x + s * row[r];
                row[r] = c * row[r] - s * x;
            }
        }
        for (int j = 0; j < a.length; j++) {
            double x = a[p][j];
            a[p][j] = c * x + s * a[r][j];
            a[r][j] = c * a[r][j] - s * x;
        }
        a[p][r] = 0;
        a[r][p] = 0;
    }

    @Override
    public Svd svd(DenseMatrix a) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Qr qr(DenseMatrix a) {
        throw new UnsupportedOperationException();
    }
}
