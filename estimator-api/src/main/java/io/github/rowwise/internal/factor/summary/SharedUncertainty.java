package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.factor.kernel.PositiveDefinite;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.SymmetricEigen;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Errors that all units share, because the prior mean and the factors are estimated from all units together.
 *
 * @param priorPrecision inverse of the coefficients' prior covariance
 * @param meanCovariance sampling covariance of the prior mean
 * @param allPeriods average over all periods of (1, f_j); of 1 only if effects are constant
 * @param allPeriodsCovariance posterior covariance of this average
 */
record SharedUncertainty(
        double[] priorPrecision, double[] meanCovariance, double[] allPeriods, double[] allPeriodsCovariance) {

    private static final double DEPENDENT = 1e-10;

    /**
     * Computes the shared uncertainty.
     *
     * @param units number of units that inform the prior mean
     * @param sumOfCovariances sum of their posterior covariances
     * @param present the periods of the panel among those of the state
     */
    static SharedUncertainty of(
            FactorState state, double units, double[] sumOfCovariances, int[] present, LinearAlgebra algebra) {
        double[] priorPrecision = PositiveDefinite.inverse(state.priorCovariance, state.size.coefficients());
        return new SharedUncertainty(
                priorPrecision,
                meanCovariance(state, units, priorPrecision, sumOfCovariances, algebra),
                allPeriods(state, present),
                allPeriodsCovariance(state, present));
    }

    /**
     * Returns the sampling covariance of the prior mean: the inverse of its information matrix on the directions with
     * information. The mean of the trends is known to be zero.
     */
    private static double[] meanCovariance(
            FactorState state,
            double units,
            double[] priorPrecision,
            double[] sumOfCovariances,
            LinearAlgebra algebra) {
        int p = state.size.coefficients();
        double[] lost = SmallMatrices.congruence(priorPrecision, sumOfCovariances, p);
        int[] estimated = IntStream.range(0, p)
                .filter(k -> k < state.size.firstTrend() || k >= state.size.levels())
                .toArray();
        int count = estimated.length;
        double[] information = new double[count * count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                int at = estimated[i] * p + estimated[j];
                information[i * count + j] = units * priorPrecision[at] - lost[at];
            }
        }
        SymmetricEigen eigen =
                algebra.symmetricEigen(DenseMatrix.wrap(SmallMatrices.symmetric(information, count), count, count));
        double[] values = eigen.values();
        double[] inverse = new double[p * p];
        for (int k = 0; k < count; k++) {
            double value = values[k];
            if (value > DEPENDENT * values[0]) {
                for (int i = 0; i < count; i++) {
                    for (int j = 0; j < count; j++) {
                        inverse[estimated[i] * p + estimated[j]] +=
                                eigen.vectors().get(i, k) * eigen.vectors().get(j, k) / value;
                    }
                }
            }
        }
        return inverse;
    }

    private static double[] allPeriods(FactorState state, int[] present) {
        double[] average = new double[state.size.effects()];
        average[0] = 1;
        for (int k = 1; k < average.length; k++) {
            double[] factor = state.latent[k - 1];
            average[k] = SmallMatrices.mean(
                    Arrays.stream(present).mapToDouble(j -> factor[j]).toArray());
        }
        return average;
    }

    /** Returns the posterior covariance of the average of (1, f_j) over all periods. */
    private static double[] allPeriodsCovariance(FactorState state, int[] present) {
        int e = state.size.effects();
        int g = state.size.latent();
        double m = present.length;
        double[] sum = new double[e * e];
        for (int a = 1; a < e; a++) {
            for (int c = 1; c < e; c++) {
                int at = (a - 1) * g + c - 1;
                int mirrored = (c - 1) * g + a - 1;
                for (int k = 0; k < present.length; k++) {
                    int j = present[k];
                    sum[a * e + c] += state.covariance[j][at];
                    if (k > 0 && present[k - 1] == j - 1) {
                        sum[a * e + c] += state.lagged[j][at] + state.lagged[j][mirrored];
                    }
                }
                sum[a * e + c] /= m * m;
            }
        }
        return sum;
    }
}
