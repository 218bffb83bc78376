package io.github.rowwise;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.SlowLinearAlgebra;
import io.github.rowwise.linalg.Svd;

/**
 * A slow and obvious decomposition of an array.
 *
 * @param singularValues descending, as many as the shorter side
 * @param right the right singular vectors, one per row; zero where the singular value of a wide matrix is
 */
record SlowSvd(double[] singularValues, double[][] right) {

    static SlowSvd of(double[][] matrix) {
        DenseMatrix dense = DenseMatrix.zeros(matrix.length, matrix[0].length);
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix[0].length; j++) {
                dense.set(i, j, matrix[i][j]);
            }
        }
        Svd svd = new SlowLinearAlgebra().svd(dense);
        double[] values = svd.singularValues();
        double[][] right = new double[values.length][matrix[0].length];
        for (int k = 0; k < values.length; k++) {
            for (int j = 0; j < matrix[0].length; j++) {
                right[k][j] = svd.right().get(j, k);
            }
        }
        return new SlowSvd(values, right);
    }

    static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int j = 0; j < x.length; j++) {
            sum += x[j] * y[j];
        }
        return sum;
    }
}
