package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.RowBlock;

/**
 * The serial correlation that is left in the innovations after the model's, common to all units, and what it adds to the
 * variance of a unit's effect: real series are often smoother, or rougher, than their noise of order one.
 *
 * @param correlations at lags 1, 2, ...
 */
record LeftCorrelation(double[] correlations) {

    static final int LAGS = 3;

    /** A fit by itself makes correlations of about one over the number of periods; less than this many are taken for none. */
    private static final double NOTICED = 3;

    /** The factor on the variance stays within this and its inverse. */
    private static final double MOST = 4;

    private static final double TINY = 1e-300;

    static LeftCorrelation of(double[] products, double[] squares, int periods) {
        double[] correlations = new double[LAGS];
        for (int k = 0; k < LAGS; k++) {
            double left = products[k] / Math.max(squares[k], TINY);
            correlations[k] = Math.signum(left) * Math.max(0, Math.abs(left) - NOTICED / periods);
        }
        return new LeftCorrelation(correlations);
    }

    /** Innovations with variance one from a unit's noise, or what is done to it; 0 where missing. */
    static void whiten(double[] noise, byte[] arms, FactorState state, int unit, double[] target) {
        double rho = state.correlation[unit];
        for (int j = 0; j < noise.length; j++) {
            double innovation =
                    UnitCells.follows(arms, j) ? noise[j] - rho * noise[j - 1] : Math.sqrt(1 - rho * rho) * noise[j];
            target[j] =
                    arms[j] == RowBlock.MISSING ? 0 : innovation * Math.sqrt(state.precisions[j] / state.noise[unit]);
        }
    }

    /** What the correlation adds to variances. One thread's scratch. */
    final class Added {

        private final FactorState state;
        private final double[] weights;
        private final double[] innovations;

        Added(FactorState state) {
            this.state = state;
            this.weights = new double[state.periods()];
            this.innovations = new double[state.periods()];
        }

        /**
         * What the correlation adds to the variance of a combination of the unit's coefficients; below 0 where it is negative.
         *
         * @param covariance of the combination with all coefficients
         */
        double variance(byte[] arms, double[] covariance, int unit) {
            // The estimate is a sum of the cells' noise with these weights, whitened.
            for (int j = 0; j < arms.length; j++) {
                weights[j] = arms[j] == RowBlock.MISSING ? 0 : fit(covariance, arms[j], j);
            }
            whiten(weights, arms, state, unit, innovations);
            double power = Small.inner(innovations, innovations);
            double sum = 0;
            for (int lag = 1; lag <= LAGS; lag++) {
                double products = 0;
                for (int j = lag; j < arms.length; j++) {
                    products += innovations[j] * innovations[j - lag];
                }
                sum += 2 * correlations[lag - 1] * products;
            }
            double factor = 1 + sum / Math.max(power, TINY);
            return (Math.max(1 / MOST, Math.min(MOST, factor)) - 1) * power;
        }

        private double fit(double[] coefficients, int arm, int j) {
            Dimensions size = state.size;
            int first = arm > 0 ? size.firstEffect(arm) : 0;
            double sum = 0;
            for (int k = 0; k < size.levels(); k++) {
                double both = coefficients[k] + (arm > 0 && k < size.effects() ? coefficients[first + k] : 0);
                sum += both * (k == 0 ? 1 : state.latent[k - 1][j]);
            }
            return sum;
        }
    }
}
