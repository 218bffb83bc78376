package io.github.rowwise.internal.factor.model;

import io.github.rowwise.internal.factor.kernel.PositiveDefinite;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;

/**
 * Computes the posterior of the latent vectors (f_j, nu_j) of all periods. They form a Gaussian chain with a block
 * tridiagonal precision matrix, because serially correlated noise links each period to the previous one.
 *
 * <p>A forward sweep eliminates the periods in order. A backward sweep computes the means, the covariances and the
 * covariances with the previous period. This is the Kalman smoother in information form. It takes m inversions of
 * matrices of size g = r + 1.
 */
public final class FactorSmoother {

    private FactorSmoother() {}

    /**
     * Posterior of all periods.
     *
     * @param means one row per period
     * @param covariance covariance of each period, g x g
     * @param lagged covariance of each period (rows) with the previous one (columns), g x g
     * @param logPrecision logarithm of the determinant of the precision matrix of all periods
     */
    public record Posterior(double[][] means, double[][] covariance, double[][] lagged, double logPrecision) {}

    /**
     * Computes the posterior.
     *
     * @param diagonal diagonal blocks of the precision matrix, g x g per period; overwritten
     * @param coupling negative off-diagonal blocks of the precision matrix, each period (rows) with the previous one
     *     (columns)
     * @param right right-hand sides; overwritten
     */
    public static Posterior solve(double[][] diagonal, double[][] coupling, double[][] right, int g) {
        int m = diagonal.length;
        double[][] inverse = new double[m][g * g];
        double[][] gain = new double[m][];
        double logPrecision = 0;
        for (int j = 0; j < m; j++) {
            if (j > 0) {
                gain[j] = SmallMatrices.times(coupling[j], inverse[j - 1], g, g, g);
                subtract(
                        diagonal[j],
                        SmallMatrices.times(gain[j], SmallMatrices.transposed(coupling[j], g, g), g, g, g));
                addTimes(right[j], gain[j], right[j - 1], g);
            }
            logPrecision += PositiveDefinite.invert(SmallMatrices.symmetric(diagonal[j], g), g, inverse[j]);
        }
        double[][] means = new double[m][g];
        double[][] covariance = new double[m][];
        double[][] lagged = new double[m][g * g];
        addTimes(means[m - 1], inverse[m - 1], right[m - 1], g);
        covariance[m - 1] = inverse[m - 1];
        for (int j = m - 1; j > 0; j--) {
            double[] back = SmallMatrices.transposed(gain[j], g, g);
            addTimes(means[j - 1], inverse[j - 1], right[j - 1], g);
            addTimes(means[j - 1], back, means[j], g);
            lagged[j] = SmallMatrices.times(covariance[j], gain[j], g, g, g);
            covariance[j - 1] = SmallMatrices.times(back, lagged[j], g, g, g);
            subtract(covariance[j - 1], inverse[j - 1], -1);
            SmallMatrices.symmetric(covariance[j - 1], g);
        }
        return new Posterior(means, covariance, lagged, logPrecision);
    }

    /**
     * Returns the logarithm of the determinant of the precision matrix of a chain, given its covariances and lagged
     * covariances.
     */
    public static double logPrecision(double[][] covariance, double[][] lagged, int g) {
        double sum = PositiveDefinite.logDeterminant(covariance[0], g);
        for (int j = 1; j < covariance.length; j++) {
            double[] regression =
                    SmallMatrices.times(lagged[j], PositiveDefinite.inverse(covariance[j - 1], g), g, g, g);
            double[] conditional = covariance[j].clone();
            subtract(conditional, SmallMatrices.times(regression, SmallMatrices.transposed(lagged[j], g, g), g, g, g));
            sum += PositiveDefinite.logDeterminant(SmallMatrices.symmetric(conditional, g), g);
        }
        return -sum;
    }

    private static void subtract(double[] a, double[] b) {
        subtract(a, b, 1);
    }

    private static void subtract(double[] a, double[] b, double factor) {
        for (int k = 0; k < a.length; k++) {
            a[k] -= factor * b[k];
        }
    }

    private static void addTimes(double[] target, double[] a, double[] x, int g) {
        for (int i = 0; i < g; i++) {
            double sum = 0;
            for (int k = 0; k < g; k++) {
                sum += a[i * g + k] * x[k];
            }
            target[i] += sum;
        }
    }
}
