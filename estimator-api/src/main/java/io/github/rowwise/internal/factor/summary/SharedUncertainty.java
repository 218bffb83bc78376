package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.factor.kernel.PositiveDefinite;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.SymmetricEigen;
import java.util.Arrays;

/**
 * Errors that all units share, because the prior mean and the factors are estimated from all units together.
 *
 * @param priorPrecision inverse of the coefficients' prior covariance
 * @param meanCovariance sampling covariance of what all units share: see {@link SharedParameters}
 * @param allPeriods average over all periods of (1, f_j); of 1 only if effects are constant
 * @param allPeriodsCovariance posterior covariance of this average
 */
record SharedUncertainty(
        double[] priorPrecision, double[] meanCovariance, double[] allPeriods, double[] allPeriodsCovariance) {

    private static final double DEPENDENT = 1e-10;

    /**
     * Computes the shared uncertainty.
     *
     * @param posterior sums of the units' posteriors
     * @param units number of units of the panel
     * @param present the periods of the panel among those of the state
     */
    static SharedUncertainty of(
            FactorState state, PosteriorPass posterior, int units, int[] present, LinearAlgebra algebra) {
        double[] priorPrecision = PositiveDefinite.inverse(state.priorCovariance, state.size.coefficients());
        return new SharedUncertainty(
                priorPrecision,
                meanCovariance(state, priorPrecision, posterior, units, algebra),
                allPeriods(state, present),
                allPeriodsCovariance(state, present));
    }

    /**
     * Returns the sampling covariance of the prior mean and of the covariates' coefficients: the inverse of their information
     * matrix on the directions with information. The mean of the trends is known to be zero.
     */
    private static double[] meanCovariance(
            FactorState state, double[] priorPrecision, PosteriorPass posterior, int units, LinearAlgebra algebra) {
        SharedParameters shared = SharedParameters.of(state);
        int p = shared.coefficients();
        int q = shared.covariates();
        int all = shared.count();
        double[] full = new double[all * all];
        for (int a = 0; a < shared.width(); a++) {
            for (int c = 0; c < shared.width(); c++) {
                int pair = a * shared.width() + c;
                double weight = shared.width() == 1 ? posterior.units : posterior.attributes[pair];
                double[] lost = SmallMatrices.congruence(priorPrecision, posterior.covariances[pair], p);
                for (int i = 0; i < p; i++) {
                    for (int j = 0; j < p; j++) {
                        full[shared.mean(a, i) * all + shared.mean(c, j)] =
                                weight * priorPrecision[i * p + j] - lost[i * p + j];
                    }
                }
            }
            double[] cross = SmallMatrices.times(posterior.gradients[a], priorPrecision, q, p, p);
            for (int k = 0; k < q; k++) {
                for (int i = 0; i < p; i++) {
                    full[shared.mean(a, i) * all + p + k] = cross[k * p + i];
                    full[(p + k) * all + shared.mean(a, i)] = cross[k * p + i];
                }
            }
        }
        for (int k = 0; k < q; k++) {
            System.arraycopy(posterior.information, k * q, full, (p + k) * all + p, q);
        }
        int[] estimated = shared.estimated(state.size);
        int count = estimated.length;
        double[] information = new double[count * count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                information[i * count + j] = full[estimated[i] * all + estimated[j]];
            }
        }
        SymmetricEigen eigen =
                algebra.symmetricEigen(DenseMatrix.wrap(SmallMatrices.symmetric(information, count), count, count));
        double[] values = eigen.values();
        double[] inverse = new double[all * all];
        for (int k = 0; k < count; k++) {
            double value = values[k];
            if (value > DEPENDENT * values[0]) {
                for (int i = 0; i < count; i++) {
                    for (int j = 0; j < count; j++) {
                        inverse[estimated[i] * all + estimated[j]] +=
                                eigen.vectors().get(i, k) * eigen.vectors().get(j, k) / value;
                    }
                }
            }
        }
        widen(inverse, posterior, shared, units);
        return inverse;
    }

    /**
     * Widens the variances of the covariates' coefficients to those that are clustered by unit, if these are larger: the response
     * to a covariate may differ between units.
     */
    private static void widen(double[] covariance, PosteriorPass posterior, SharedParameters shared, int units) {
        int p = shared.coefficients();
        int q = shared.covariates();
        if (q == 0) {
            return;
        }
        double[] inverse = PositiveDefinite.inverse(SmallMatrices.symmetric(posterior.information.clone(), q), q);
        double[] clustered = SmallMatrices.congruence(inverse, posterior.scores, q);
        int all = shared.count();
        for (int k = 0; k < q; k++) {
            double ratio = clustered[k * q + k] / inverse[k * q + k] * units / (units - 1.0);
            double factor = Math.sqrt(Math.max(1, ratio));
            for (int i = 0; i < all; i++) {
                covariance[(p + k) * all + i] *= factor;
                covariance[i * all + p + k] *= factor;
            }
        }
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
