package io.github.rowwise;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * One-sided Jacobi: rotates pairs of columns until all are orthogonal. Slow and obvious.
 *
 * @param singularValues descending, as many as columns
 * @param right the right singular vectors, one a row
 */
record SlowSvd(double[] singularValues, double[][] right) {

    static SlowSvd of(double[][] matrix) {
        int n = matrix.length;
        int m = matrix[0].length;
        if (n < m) {
            return ofWide(matrix);
        }
        double[][] columns = transposed(matrix);
        double[][] v = new double[m][m];
        for (int k = 0; k < m; k++) {
            v[k][k] = 1;
        }
        orthogonalise(columns, v);
        int[] order = IntStream.range(0, m)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer k) -> -norm(columns[k])))
                .mapToInt(k -> k)
                .toArray();
        double[] values = new double[m];
        double[][] right = new double[m][];
        for (int k = 0; k < m; k++) {
            values[k] = norm(columns[order[k]]);
            right[k] = v[order[k]];
        }
        return new SlowSvd(values, right);
    }

    /** The right vectors of a wide matrix are the left ones of its transpose; those of zeros are left out. */
    private static SlowSvd ofWide(double[][] matrix) {
        double[][] rows = new double[matrix.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = matrix[i].clone();
        }
        orthogonalise(rows, new double[rows.length][1]);
        int[] order = IntStream.range(0, rows.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer k) -> -norm(rows[k])))
                .mapToInt(k -> k)
                .toArray();
        double[] values = new double[rows.length];
        double[][] right = new double[rows.length][];
        for (int k = 0; k < rows.length; k++) {
            values[k] = norm(rows[order[k]]);
            right[k] = new double[matrix[0].length];
            for (int j = 0; j < matrix[0].length; j++) {
                right[k][j] = values[k] <= 1e-13 * values[0] ? 0 : rows[order[k]][j] / values[k];
            }
        }
        return new SlowSvd(values, right);
    }

    /** Rotates pairs of vectors until all are orthogonal, and those of {@code along} with them. */
    private static void orthogonalise(double[][] vectors, double[][] along) {
        boolean rotated = true;
        for (int sweep = 0; rotated && sweep < 60; sweep++) {
            rotated = false;
            for (int p = 0; p < vectors.length; p++) {
                for (int q = p + 1; q < vectors.length; q++) {
                    double pp = dot(vectors[p], vectors[p]);
                    double qq = dot(vectors[q], vectors[q]);
                    double pq = dot(vectors[p], vectors[q]);
                    if (Math.abs(pq) > 1e-15 * Math.sqrt(pp * qq)) {
                        double angle = 0.5 * Math.atan2(2 * pq, pp - qq);
                        rotate(vectors[p], vectors[q], angle);
                        rotate(along[p], along[q], angle);
                        rotated = true;
                    }
                }
            }
        }
    }

    private static void rotate(double[] x, double[] y, double angle) {
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        for (int j = 0; j < x.length; j++) {
            double former = x[j];
            x[j] = c * former + s * y[j];
            y[j] = c * y[j] - s * former;
        }
    }

    static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int j = 0; j < x.length; j++) {
            sum += x[j] * y[j];
        }
        return sum;
    }

    private static double norm(double[] x) {
        return Math.sqrt(dot(x, x));
    }

    static double[][] transposed(double[][] matrix) {
        double[][] result = new double[matrix[0].length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix[0].length; j++) {
                result[j][i] = matrix[i][j];
            }
        }
        return result;
    }
}
