package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.pass.UnitBatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Uncertainty of one unit's effect vector d in one arm. Scratch memory of one thread.
 *
 * <p>For an average {@code c'd}:
 *
 * <pre>
 * c' unitCovariance c       variance for a given prior mean
 * c' samplingCovariance c   its component that is due to the noise
 * sensitivity c             derivative of the average with respect to the prior mean
 * </pre>
 *
 * <p>Let C be the posterior covariance of the unit's coefficients, S their prior covariance, and G / s2 the precision
 * of the data. Then {@code C = C (G / s2) C + C S^-1 C}: the first term is due to the noise, the second to shrinkage
 * towards the prior. The uncertainty of the factors increases the first term (leverage). A jackknife may replace it.
 */
final class EffectUncertainty {

    private final int e;
    private final int p;

    /** Posterior covariance of all coefficients with d, p x e. */
    final double[] columns;

    final double[] unitCovariance;
    final double[] samplingCovariance;

    /** Derivative of d with respect to the prior mean, p x e. */
    double[] sensitivity;

    EffectUncertainty(Dimensions size) {
        this.e = size.effects();
        this.p = size.coefficients();
        this.columns = new double[p * e];
        this.unitCovariance = new double[e * e];
        this.samplingCovariance = new double[e * e];
        this.sensitivity = new double[p * e];
    }

    /**
     * Sets the fields for the unit that is selected in the batch.
     *
     * @param first index of the arm's first effect among the coefficients
     * @param priorPrecision inverse of S
     * @param noise innovation variance
     * @param leverage share of the noise variance that the uncertainty of the factors adds
     * @param jackknife covariance of the coefficients that replaces the component due to the noise; {@code null} for
     *     the model's
     */
    void set(
            UnitBatch unit,
            int first,
            double[] priorPrecision,
            double noise,
            double leverage,
            double @Nullable [] jackknife) {
        for (int i = 0; i < p; i++) {
            System.arraycopy(unit.covariance, i * p + first, columns, i * e, e);
        }
        sensitivity = SmallMatrices.times(priorPrecision, columns, p, p, e);
        double[] image = SmallMatrices.times(unit.gram, columns, p, p, e);
        double leverageFactor = 1 + leverage * (1 - leverage);
        Arrays.fill(unitCovariance, 0);
        Arrays.fill(samplingCovariance, 0);
        for (int i = 0; i < p; i++) {
            for (int a = 0; a < e; a++) {
                for (int c = 0; c < e; c++) {
                    unitCovariance[a * e + c] += columns[i * e + a] * sensitivity[i * e + c];
                    samplingCovariance[a * e + c] += columns[i * e + a] * image[i * e + c] / noise * leverageFactor;
                }
            }
        }
        for (int a = 0; a < e && jackknife != null; a++) {
            for (int c = 0; c < e; c++) {
                samplingCovariance[a * e + c] = jackknife[(first + a) * p + first + c] * leverageFactor;
            }
        }
        Vectors.add(unitCovariance, samplingCovariance);
    }
}
