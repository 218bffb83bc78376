package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.pass.UnitBatch;
import io.github.rowwise.internal.pass.UnitAttributes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Uncertainty of one unit's effect vector d in one arm: the effects on the constant and on the factors, and the coefficients of
 * the onset terms. Scratch memory of one thread.
 *
 * <p>For an average {@code c'd}:
 *
 * <pre>
 * c' unitCovariance c       variance for a given prior mean
 * c' samplingCovariance c   its component that is due to the noise
 * sensitivity c             derivative of the average with respect to what all units share
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

    /** Derivative of d with respect to the {@link SharedParameters}, one row each. */
    double[] sensitivity;

    /**
     * Creates the memory.
     *
     * @param p number of coefficients of a unit
     * @param e length of d
     */
    EffectUncertainty(int p, int e) {
        this.e = e;
        this.p = p;
        this.columns = new double[p * e];
        this.unitCovariance = new double[e * e];
        this.samplingCovariance = new double[e * e];
        this.sensitivity = new double[p * e];
    }

    /** Returns the length of d. */
    int length() {
        return e;
    }

    /**
     * Sets the fields to those of {@code (d_0 + t'w, d_1, ..., d_r)}: the onset terms t are averaged over cells, and their
     * effects added to the constant.
     */
    void average(EffectUncertainty of, double[] terms) {
        combineColumns(of.columns, of.e, terms, columns);
        sensitivity = new double[of.sensitivity.length / of.e * e];
        combineColumns(of.sensitivity, of.e, terms, sensitivity);
        combine(of.unitCovariance, of.e, terms, unitCovariance);
        combine(of.samplingCovariance, of.e, terms, samplingCovariance);
    }

    /** Multiplies d by a number. */
    void scale(double factor) {
        for (double[] linear : new double[][] {columns, sensitivity}) {
            Vectors.addScaled(linear, 0, linear, 0, factor - 1, linear.length);
        }
        for (double[] quadratic : new double[][] {unitCovariance, samplingCovariance}) {
            Vectors.addScaled(quadratic, 0, quadratic, 0, factor * factor - 1, quadratic.length);
        }
    }

    private void combineColumns(double[] of, int width, double[] terms, double[] target) {
        for (int i = 0; i < target.length / e; i++) {
            System.arraycopy(of, i * width, target, i * e, e);
            for (int t = 0; t < terms.length; t++) {
                target[i * e] += terms[t] * of[i * width + e + t];
            }
        }
    }

    private void combine(double[] of, int width, double[] terms, double[] target) {
        for (int a = 0; a < e; a++) {
            System.arraycopy(of, a * width, target, a * e, e);
        }
        for (int t = 0; t < terms.length; t++) {
            int row = (e + t) * width;
            for (int a = 0; a < e; a++) {
                target[a] += terms[t] * of[row + a];
                target[a * e] += terms[t] * of[a * width + e + t];
            }
            for (int u = 0; u < terms.length; u++) {
                target[0] += terms[t] * terms[u] * of[row + e + u];
            }
        }
    }

    /**
     * Sets the fields for the unit that is selected in the batch.
     *
     * @param arm 1 or more
     * @param noise innovation variance
     * @param leverage share of the noise variance that the uncertainty of the factors adds
     * @param jackknife covariance of the coefficients that replaces the component due to the noise; {@code null} for
     *     the model's
     */
    void set(UnitBatch unit, Dimensions size, int arm, double noise, double leverage, double @Nullable [] jackknife) {
        for (int i = 0; i < p; i++) {
            for (int k = 0; k < e; k++) {
                columns[i * e + k] = unit.covariance[i * p + size.armCoefficient(arm, k)];
            }
        }
        sensitivity = SmallMatrices.times(unit.priorPrecision, columns, p, p, e);
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
                samplingCovariance[a * e + c] =
                        jackknife[size.armCoefficient(arm, a) * p + size.armCoefficient(arm, c)] * leverageFactor;
            }
        }
        Vectors.add(unitCovariance, samplingCovariance);
    }

    /** Adds the derivatives with respect to the shared parameters other than the prior mean. */
    void addShared(
            SharedParameters shared,
            UnitBatch units,
            int unit,
            Dimensions size,
            int arm,
            UnitAttributes attributes,
            int index) {
        sensitivity = Arrays.copyOf(sensitivity, shared.count() * e);
        for (int k = 0; k < shared.covariates(); k++) {
            double[] gradient = units.covariates(unit).gradient;
            for (int a = 0; a < e; a++) {
                sensitivity[(p + k) * e + a] = -gradient[k * p + size.armCoefficient(arm, a)];
            }
        }
        for (int c = 1; c < shared.width(); c++) {
            Vectors.addScaled(
                    sensitivity, shared.mean(c, 0) * e, sensitivity, 0, attributes.augmented(index, c), p * e);
        }
    }
}
