package io.github.rowwise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.linalg.DenseMatrix;

/** Slow and obvious products to compare with. */
final class Oracle {

    private Oracle() {}

    static DenseMatrix transpose(DenseMatrix a) {
        DenseMatrix transposed = DenseMatrix.zeros(a.columns(), a.rows());
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                transposed.set(j, i, a.get(i, j));
            }
        }
        return transposed;
    }

    static DenseMatrix multiply(DenseMatrix a, DenseMatrix b) {
        DenseMatrix product = DenseMatrix.zeros(a.rows(), b.columns());
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < b.columns(); j++) {
                double sum = 0;
                for (int k = 0; k < a.columns(); k++) {
                    sum += a.get(i, k) * b.get(k, j);
                }
                product.set(i, j, sum);
            }
        }
        return product;
    }

    static DenseMatrix scaleColumns(DenseMatrix a, double[] factors) {
        DenseMatrix scaled = a.copy();
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                scaled.set(i, j, a.get(i, j) * factors[j]);
            }
        }
        return scaled;
    }

    static void assertClose(DenseMatrix actual, DenseMatrix expected) {
        assertThat(actual.rows()).isEqualTo(expected.rows());
        assertThat(actual.columns()).isEqualTo(expected.columns());
        double largest = 0;
        double distance = 0;
        for (int i = 0; i < expected.rows(); i++) {
            for (int j = 0; j < expected.columns(); j++) {
                largest = Math.max(largest, Math.abs(expected.get(i, j)));
                distance = Math.max(distance, Math.abs(actual.get(i, j) - expected.get(i, j)));
            }
        }
        assertThat(distance).isLessThanOrEqualTo(1e-11 * largest);
    }
}
