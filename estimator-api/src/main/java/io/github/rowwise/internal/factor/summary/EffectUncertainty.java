package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.pass.UnitBatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How uncertain one unit's d in one arm is: an average {@code c'd} has the variance {@code c' own c} by itself, of which
 * {@code c' sampled c} is the noise's, and it moves with the prior mean by {@code pull c}. One thread's scratch.
 *
 * <p>The posterior variance C of the unit's coefficients is {@code C (G / s2) C + C S^-1 C}, what the noise does and what the
 * draw towards the prior leaves. What the factors' uncertainty adds to the noise (leverage) goes with the former, which a
 * jackknife may stand in for.
 */
final class EffectUncertainty {

    private final int e;
    private final int p;

    /** The posterior covariance of all coefficients with d, p x e. */
    final double[] columns;

    final double[] own;
    final double[] sampled;

    /** p x e. */
    double[] pull;

    EffectUncertainty(Dimensions size) {
        this.e = size.effects();
        this.p = size.coefficients();
        this.columns = new double[p * e];
        this.own = new double[e * e];
        this.sampled = new double[e * e];
        this.pull = new double[p * e];
    }

    /**
     * Sets the fields for the unit that was opened last.
     *
     * @param first where the arm's effects begin among the coefficients
     * @param priorPrecision inverse of S
     * @param noise innovation variance
     * @param jackknife covariance of the coefficients, in place of the noise's share; {@code null} for the model's
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
        pull = SmallMatrices.times(priorPrecision, columns, p, p, e);
        double[] image = SmallMatrices.times(unit.gram, columns, p, p, e);
        double more = 1 + leverage * (1 - leverage);
        Arrays.fill(own, 0);
        Arrays.fill(sampled, 0);
        for (int i = 0; i < p; i++) {
            for (int a = 0; a < e; a++) {
                for (int c = 0; c < e; c++) {
                    own[a * e + c] += columns[i * e + a] * pull[i * e + c];
                    sampled[a * e + c] += columns[i * e + a] * image[i * e + c] / noise * more;
                }
            }
        }
        for (int a = 0; a < e && jackknife != null; a++) {
            for (int c = 0; c < e; c++) {
                sampled[a * e + c] = jackknife[(first + a) * p + first + c] * more;
            }
        }
        Vectors.add(own, sampled);
    }
}
