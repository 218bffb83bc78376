package io.github.rowwise.internal.factor.model;

import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.PositiveDefinite;
import io.github.rowwise.internal.pass.UnitAttributes;
import java.util.SplittableRandom;

/**
 * Distribution of a unit's coefficients and noise under the fitted factor model, in scaled outcomes. New effects and
 * noise can be drawn from it.
 *
 * @param mean prior mean of the coefficients (b, d), with the mean of the panel in the first entry
 * @param covariance prior covariance of the coefficients, row-major
 * @param attributeEffects what one more of each attribute adds to the mean, attribute by attribute
 * @param attributes attributes of the units
 * @param size sizes of the model
 * @param noise innovation variance of each unit
 * @param correlation autocorrelation of each unit's noise
 * @param precisions relative precision of the noise in each period, by which the innovation variance is divided
 */
public record UnitPrior(
        double[] mean,
        double[] covariance,
        double[] attributeEffects,
        UnitAttributes attributes,
        Dimensions size,
        double[] noise,
        double[] correlation,
        double[] precisions) {

    /**
     * Returns the distribution for a final state. Arrays of the state that are not modified any more are shared.
     *
     * @param precisions those of the periods of the panel
     */
    public static UnitPrior of(FactorState state, UnitAttributes attributes, double shift, double[] precisions) {
        double[] mean = state.priorMean.clone();
        mean[0] += shift;
        return new UnitPrior(
                mean,
                state.priorCovariance.clone(),
                state.attributeEffects.clone(),
                attributes,
                state.size,
                state.noise,
                state.correlation,
                precisions);
    }

    /**
     * Returns a sampler of the effects d given the levels b.
     *
     * <p>Let L be the Cholesky factor of the covariance, so that {@code (b, d) = mean + L (u, z)} with standard normal
     * u and z. Forward substitution of b yields u, and drawing z yields d.
     */
    public EffectDraws effectDraws() {
        double[] root = covariance.clone();
        PositiveDefinite.factor(root, mean.length);
        return new EffectDraws(this, root);
    }

    /** Draws effects. */
    public static final class EffectDraws {

        private final UnitPrior prior;
        private final double[] mean;
        private final double[] root;
        private final int levels;

        private EffectDraws(UnitPrior prior, double[] root) {
            this.prior = prior;
            this.mean = new double[prior.mean.length];
            this.root = root;
            this.levels = prior.size.levels();
        }

        /**
         * Draws the d of a unit given its b.
         *
         * @param signs 1 or -1 per entry of d. The sign of a factor is arbitrary; a caller that passes it here gets the
         *     same draw for either sign
         */
        public double[] draw(int unit, double[] b, double[] signs, SplittableRandom random) {
            int p = mean.length;
            for (int k = 0; k < p; k++) {
                mean[k] = prior.mean[k];
                for (int c = 0; c < prior.attributes.count(); c++) {
                    mean[k] += prior.attributeEffects[c * p + k] * prior.attributes.augmented(unit, c + 1);
                }
            }
            double[] standard = new double[p];
            for (int k = 0; k < levels; k++) {
                standard[k] = (b[k] - mean[k] - product(k, k, standard)) / root[k * p + k];
            }
            for (int k = levels; k < p; k++) {
                standard[k] = signs[k - levels] * random.nextGaussian();
            }
            double[] d = new double[p - levels];
            for (int k = 0; k < d.length; k++) {
                int row = levels + k;
                d[k] = mean[row] + product(row, row + 1, standard);
            }
            return d;
        }

        private double product(int row, int count, double[] standard) {
            double sum = 0;
            for (int k = 0; k < count; k++) {
                sum += root[row * mean.length + k] * standard[k];
            }
            return sum;
        }
    }
}
