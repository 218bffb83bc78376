package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.factor.kernel.CellBits;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.pass.UnitCells;
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
        private final boolean isSparse;
        private final double[] roots;

        /** Period of each slot of the current unit, see {@link UnitCells}. */
        private int[] periods = {};

        /** The innovations by slot; 0 for missing cells. */
        final double[] innovations;

        Whitener(FactorState state, int slots) {
            this.state = state;
            this.isSparse = slots < state.periods();
            this.roots = new double[state.periods()];
            this.innovations = new double[slots];
            Arrays.setAll(roots, j -> Math.sqrt(state.periodPrecisions[j]));
        }

        /**
         * Sets the innovations.
         *
         * @param noise by slot, 0 for missing cells
         * @param periods period of each slot
         * @param unit index of the unit in the panel
         */
        void set(double[] noise, CellBits bits, int[] periods, int unit) {
            double rho = state.correlation[unit];
            double scale = Math.sqrt(1 / state.noise[unit]);
            this.periods = periods;
            bits.subtractBefore(noise, rho, Math.sqrt(1 - rho * rho), innovations);
            for (int j = 0; j < innovations.length && !isSparse; j++) {
                innovations[j] *= scale * roots[j];
            }
            for (int slot = 0; slot < innovations.length && isSparse; slot++) {
                innovations[slot] *= periods[slot] < 0 ? 0 : scale * roots[periods[slot]];
            }
        }

        /** Returns the slot of the cell that is {@code lag} periods before that of a slot; -1 if there is none. */
        private int before(int slot, int lag) {
            int period = periods[slot] - lag;
            // Slots are no further apart than their periods, and empty ones have a negative period.
            for (int at = slot; period >= 0 && at >= Math.max(0, slot - lag); at--) {
                if (periods[at] == period) {
                    return at;
                }
            }
            return -1;
        }

        /** Returns half of the sum of squares of all innovations that have a cell {@code lag} periods before or after them. */
        double squares(int lag, CellBits bits) {
            return isSparse ? listedSums(lag, true) : fullSquares(lag, bits);
        }

        private double fullSquares(int lag, CellBits bits) {
            int m = innovations.length;
            double squares = Vectors.inner(innovations, lag, innovations, lag, m - lag)
                    + Vectors.inner(innovations, 0, innovations, 0, m - lag);
            for (int word = 0; word < bits.seen.length; word++) {
                for (int remaining = bits.missing(word); remaining != 0; remaining &= remaining - 1) {
                    // A pair counts only if both cells are observed.
                    int j = word * CellBits.WORD + Integer.numberOfTrailingZeros(remaining);
                    squares -= j >= lag ? innovations[j - lag] * innovations[j - lag] : 0;
                    squares -= j + lag < m ? innovations[j + lag] * innovations[j + lag] : 0;
                }
            }
            return squares / 2;
        }

        /** Returns sums over pairs of cells: of their mean square, or of their product. */
        private double listedSums(int lag, boolean squares) {
            double sum = 0;
            for (int slot = 0; slot < innovations.length; slot++) {
                int other = before(slot, lag);
                if (other >= 0) {
                    double now = innovations[slot];
                    double then = innovations[other];
                    sum += squares ? (now * now + then * then) / 2 : now * then;
                }
            }
            return sum;
        }

        /** Returns the sum of the products of innovations at a distance of {@code lag} periods. */
        double products(int lag) {
            if (isSparse) {
                return listedSums(lag, false);
            }
            int length = Math.max(0, innovations.length - lag);
            return Vectors.inner(innovations, innovations.length - length, innovations, 0, length);
        }
    }

    /** Computes the change of variances due to the autocorrelation. Scratch memory of one thread. */
    final class VarianceChange {

        private final Whitener whitener;

        VarianceChange(FactorState state, int slots) {
            this.whitener = new Whitener(state, slots);
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
        double variance(CellBits bits, int[] periods, double[] weights, int unit) {
            whitener.set(weights, bits, periods, unit);
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
