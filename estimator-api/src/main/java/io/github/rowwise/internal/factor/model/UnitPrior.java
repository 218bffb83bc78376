package io.github.rowwise.internal.factor.model;

import io.github.rowwise.internal.factor.kernel.PositiveDefinite;
import java.util.SplittableRandom;

/**
 * What a fitted factor model holds of a unit before its cells are seen, in scaled outcomes: enough to draw new effects
 * and noise.
 *
 * @param mean prior mean of a unit's coefficients (b, d), with the panel's mean in the first entry
 * @param covariance their prior covariance, row-major
 * @param levels entries of b
 * @param noise innovation variance of each unit
 * @param correlation autocorrelation of each unit's noise
 * @param precisions of each period: a unit's innovation variance is divided by it
 */
public record UnitPrior(
        double[] mean, double[] covariance, int levels, double[] noise, double[] correlation, double[] precisions) {

    /** Of a state that changes no more: its arrays are not copied. */
    public static UnitPrior of(FactorState state, double shift) {
        double[] mean = state.mean.clone();
        mean[0] += shift;
        return new UnitPrior(
                mean, state.spread.clone(), state.size.levels(), state.noise, state.correlation, state.precisions);
    }

    /**
     * Draws effects given levels. With L Cholesky's factor of the covariance of (b, d), {@code (b, d) = mean + L (u, z)},
     * so the levels give u by forward substitution, and a normal z gives d.
     */
    public EffectDraws effectDraws() {
        double[] root = covariance.clone();
        PositiveDefinite.factor(root, mean.length);
        return new EffectDraws(mean, root, levels);
    }

    /** A source of effects. */
    public static final class EffectDraws {

        private final double[] mean;
        private final double[] root;
        private final int levels;

        private EffectDraws(double[] mean, double[] root, int levels) {
            this.mean = mean;
            this.root = root;
            this.levels = levels;
        }

        /**
         * A unit's d given its b.
         *
         * @param signs 1 or -1 for each entry of d: turning a factor round turns its entries round, and with its sign
         *     here the draw is the same
         */
        public double[] draw(double[] b, double[] signs, SplittableRandom random) {
            int p = mean.length;
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
