package io.github.rowwise.internal.factor.model;

import io.github.rowwise.internal.factor.kernel.PositiveDefinite;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;

/**
 * The posterior of all periods' (f_j, nu_j): a Gaussian chain with a block tridiagonal precision, because serially
 * correlated noise ties each period to the one before.
 *
 * <p>One sweep forward eliminates the periods in turn, one backward gives means, covariances and covariances with the
 * period before; the Kalman smoother in information form. Cost: m inverses of size r + 1.
 */
public final class FactorSmoother {

    private FactorSmoother() {}

    /** Means, one row a period, with the covariances and the logarithm of the precision's determinant. */
    public record Posterior(double[][] means, double[][] covariance, double[][] lagged, double logPrecision) {}

    /**
     * Solves the chain.
     *
     * @param diagonal blocks of the precision on the diagonal, g x g for each period; overwritten
     * @param coupling minus the blocks of the precision beside it, of each period (rows) with the one before (columns)
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

    /** The logarithm of the determinant of the precision of a chain, from its marginal and lagged covariances. */
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
