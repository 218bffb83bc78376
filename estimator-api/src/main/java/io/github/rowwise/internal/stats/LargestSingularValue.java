package io.github.rowwise.internal.stats;

import java.util.Arrays;

/**
 * Computes the squared largest singular value of small matrices of the same shape by the Lanczos method, with the same
 * start vector for each matrix.
 *
 * <p>The number of steps is fixed. If the largest value lies within a bulk of noise values, the result is slightly too
 * small, by a similar amount for similar matrices. Comparisons between such matrices remain valid.
 */
public final class LargestSingularValue {

    private static final int STEPS = 16;
    private static final double NEGLIGIBLE = 1e-12;

    private final int rows;
    private final int columns;
    private final double[] start;
    private final double[][] basis;
    private final double[] image;

    /**
     * Creates a solver for {@code rows x columns} matrices, stored row-major.
     *
     * @param start start vector, one entry per row
     */
    public LargestSingularValue(int rows, int columns, double[] start) {
        this.rows = rows;
        this.columns = columns;
        this.start = start;
        this.basis = new double[Math.min(STEPS, rows)][rows];
        this.image = new double[columns];
    }

    public double squareOf(double[] matrix) {
        double[] diagonal = new double[basis.length];
        double[] below = new double[basis.length];
        double[] next = start.clone();
        int steps = 0;
        double norm = Math.sqrt(dot(next, next));
        double size = 0;
        while (steps < basis.length && norm > NEGLIGIBLE * size && norm > 0) {
            double[] vector = basis[steps];
            for (int i = 0; i < rows; i++) {
                vector[i] = next[i] / norm;
            }
            applyNormal(matrix, vector, next);
            diagonal[steps] = dot(vector, next);
            size = Math.max(size, Math.sqrt(dot(next, next)));
            // Twice, so that the basis stays orthogonal in spite of rounding.
            for (int again = 0; again < 2; again++) {
                for (int k = steps; k >= 0; k--) {
                    add(-dot(basis[k], next), basis[k], next);
                }
            }
            norm = Math.sqrt(dot(next, next));
            below[steps] = norm;
            steps++;
        }
        return largestEigenvalue(diagonal, below, steps);
    }

    /** Computes {@code target = X X' vector}. */
    private void applyNormal(double[] matrix, double[] vector, double[] target) {
        Arrays.fill(image, 0);
        for (int i = 0; i < rows; i++) {
            double factor = vector[i];
            int from = i * columns;
            for (int j = 0; j < columns; j++) {
                image[j] = Math.fma(factor, matrix[from + j], image[j]);
            }
        }
        for (int i = 0; i < rows; i++) {
            target[i] = dot(matrix, i * columns, image);
        }
    }

    /**
     * Returns the largest eigenvalue of a symmetric tridiagonal matrix, by bisection on the number of eigenvalues below
     * a bound.
     */
    private static double largestEigenvalue(double[] diagonal, double[] below, int size) {
        double high = 0;
        for (int k = 0; k < size; k++) {
            double before = k == 0 ? 0 : below[k - 1];
            double after = k == size - 1 ? 0 : below[k];
            high = Math.max(high, diagonal[k] + before + after);
        }
        double low = 0;
        for (int step = 0; step < 50; step++) {
            double middle = low + (high - low) / 2;
            if (isAboveAll(diagonal, below, size, middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private static boolean isAboveAll(double[] diagonal, double[] below, int size, double bound) {
        double pivot = 1;
        for (int k = 0; k < size; k++) {
            double off = k == 0 ? 0 : below[k - 1];
            pivot = bound - diagonal[k] - (k == 0 ? 0 : off * off / pivot);
            if (pivot <= 0) {
                return false;
            }
        }
        return true;
    }

    private static double dot(double[] first, double[] second) {
        return dot(first, 0, second);
    }

    /** Uses four accumulators, because a single one would wait for the previous addition at each step. */
    private static double dot(double[] first, int from, double[] second) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int j = 0;
        for (; j + 4 <= second.length; j += 4) {
            sum0 = Math.fma(first[from + j], second[j], sum0);
            sum1 = Math.fma(first[from + j + 1], second[j + 1], sum1);
            sum2 = Math.fma(first[from + j + 2], second[j + 2], sum2);
            sum3 = Math.fma(first[from + j + 3], second[j + 3], sum3);
        }
        for (; j < second.length; j++) {
            sum0 = Math.fma(first[from + j], second[j], sum0);
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    private static void add(double factor, double[] vector, double[] target) {
        for (int i = 0; i < target.length; i++) {
            target[i] = Math.fma(factor, vector[i], target[i]);
        }
    }
}
