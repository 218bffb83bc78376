package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.factor.kernel.CellBits;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.model.FactorState;
import java.util.Arrays;

/**
 * Autocorrelation of the innovations, common to all units, and its effect on the variance of a unit's effect. Real
 * series are often smoother or rougher than the autoregressive noise of order one that the model assumes.
 *
 * @param correlations autocorrelations at lags 1, 2, ...
 */
record ResidualAutocorrelation(double[] correlations) {

    static final int LAGS = 3;

    /**
     * Correlations below this many times {@code 1 / periods} count as zero, because the fit itself causes correlations
     * of that size.
     */
    private static final double MIN_CORRELATION = 3;

    /** The variance is multiplied by at most this factor and at least its inverse. */
    private static final double MAX_FACTOR = 4;

    private static final double TINY = 1e-300;

    static ResidualAutocorrelation of(double[] products, double[] squares, int periods) {
        double[] correlations = new double[LAGS];
        for (int k = 0; k < LAGS; k++) {
            double correlation = products[k] / Math.max(squares[k], TINY);
            correlations[k] = Math.signum(correlation) * Math.max(0, Math.abs(correlation) - MIN_CORRELATION / periods);
        }
        return new ResidualAutocorrelation(correlations);
    }

    /** Transforms a unit's noise to innovations with variance one. Scratch memory of one thread. */
    static final class Whitener {

        private final FactorState state;
        private final double[] roots;

        /** The innovations; 0 for missing cells. */
        final double[] innovations;

        Whitener(FactorState state) {
            this.state = state;
            this.roots = new double[state.periods()];
            this.innovations = new double[state.periods()];
            Arrays.setAll(roots, j -> Math.sqrt(state.periodPrecisions[j]));
        }

        /**
         * Sets the innovations.
         *
         * @param noise 0 for missing cells
         */
        void set(double[] noise, CellBits bits, int unit) {
            double rho = state.correlation[unit];
            double scale = Math.sqrt(1 / state.noise[unit]);
            bits.subtractBefore(noise, rho, Math.sqrt(1 - rho * rho), innovations);
            for (int j = 0; j < innovations.length; j++) {
                innovations[j] *= scale * roots[j];
            }
        }

        /** Returns the sum of the products of innovations at a distance of {@code lag} periods. */
        double products(int lag) {
            int length = Math.max(0, innovations.length - lag);
            return Vectors.inner(innovations, innovations.length - length, innovations, 0, length);
        }
    }

    /** Computes the change of variances due to the autocorrelation. Scratch memory of one thread. */
    final class VarianceChange {

        private final Whitener whitener;

        VarianceChange(FactorState state) {
            this.whitener = new Whitener(state);
        }

        /** Returns the weights of the innovations of variance one in the last combination; 0 for missing cells. */
        double[] weights() {
            return whitener.innovations;
        }

        /**
         * Returns the change of the variance of a linear combination of the unit's coefficients. It may be negative.
         *
         * @param weights fit in each cell of the posterior covariance of the combination with all coefficients; 0 for missing
         *     cells. The estimate is the sum of the cells' noise with these weights, whitened
         */
        double variance(CellBits bits, double[] weights, int unit) {
            whitener.set(weights, bits, unit);
            double power = whitener.products(0);
            double sum = 0;
            for (int lag = 1; lag <= LAGS; lag++) {
                sum += correlations[lag - 1] == 0 ? 0 : 2 * correlations[lag - 1] * whitener.products(lag);
            }
            double factor = 1 + sum / Math.max(power, TINY);
            return (Math.max(1 / MAX_FACTOR, Math.min(MAX_FACTOR, factor)) - 1) * power;
        }
    }
}
