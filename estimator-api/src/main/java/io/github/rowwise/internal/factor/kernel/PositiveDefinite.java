package io.github.rowwise.internal.factor.kernel;

/**
 * Inverse and determinant of small symmetric positive definite matrices, row-major, by Cholesky's factorisation.
 *
 * <p>A unit has one such matrix of a dozen rows: too small for a backend's call to pay.
 */
public final class PositiveDefinite {

    /** A pivot below this share of its diagonal entry is rounding. */
    private static final double ROUNDING = 1e-15;

    private PositiveDefinite() {}

    /**
     * Writes the inverse of {@code a} into {@code inverse} and returns the logarithm of the determinant of {@code a}.
     *
     * @param a n x n, of which the lower triangle is read; overwritten by its Cholesky factor
     * @param inverse n x n, both triangles are written
     */
    public static double invert(double[] a, int n, double[] inverse) {
        double logDeterminant = factor(a, n);
        // L^-1 into the lower triangle of the target, then L^-T L^-1.
        for (int j = 0; j < n; j++) {
            inverse[j * n + j] = 1 / a[j * n + j];
            for (int i = j + 1; i < n; i++) {
                double sum = 0;
                for (int k = j; k < i; k++) {
                    sum += a[i * n + k] * inverse[k * n + j];
                }
                inverse[i * n + j] = -sum / a[i * n + i];
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = i; k < n; k++) {
                    sum += inverse[k * n + i] * inverse[k * n + j];
                }
                inverse[i * n + j] = sum;
                inverse[j * n + i] = sum;
            }
        }
        return logDeterminant;
    }

    /** Cholesky's factor into the lower triangle; returns the logarithm of the determinant. */
    public static double factor(double[] a, int n) {
        double logDeterminant = 0;
        for (int j = 0; j < n; j++) {
            double diagonal = a[j * n + j];
            double pivot = diagonal;
            for (int k = 0; k < j; k++) {
                pivot -= a[j * n + k] * a[j * n + k];
            }
            double root = Math.sqrt(Math.max(pivot, Math.max(ROUNDING * diagonal, Double.MIN_NORMAL)));
            a[j * n + j] = root;
            logDeterminant += 2 * Math.log(root);
            for (int i = j + 1; i < n; i++) {
                double sum = a[i * n + j];
                for (int k = 0; k < j; k++) {
                    sum -= a[i * n + k] * a[j * n + k];
                }
                a[i * n + j] = sum / root;
            }
        }
        return logDeterminant;
    }

    /** The logarithm of the determinant; leaves {@code a} as it was. */
    public static double logDeterminant(double[] a, int n) {
        return factor(a.clone(), n);
    }

    /** A new inverse; leaves {@code a} as it was. */
    public static double[] inverse(double[] a, int n) {
        double[] inverse = new double[n * n];
        invert(a.clone(), n, inverse);
        return inverse;
    }
}
