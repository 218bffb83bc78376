package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.factor.model.FactorState;

/**
 * The error that the period effects bring into an average over units.
 *
 * <p>A period effect is estimated from the units that are under control in the period. Their noise and their trends do not
 * average out completely, and every unit under treatment is compared with the same remainder. Let W_j be the sum over units of
 * the weight of the cell of period j in the average. The remainder has the covariance of one unit's noise and trend, K, divided
 * by the number of control units, so the variance is {@code W'KW / controls}. For ten treated and seven control units whose
 * treatment starts together, it is ten sevenths of what the noise of the treated units contributes; if treatment comes and goes,
 * the weights cancel and it vanishes.
 */
final class SharedNoise {

    private final FactorState state;

    /** Inverse roots of the number of control units and of the noise precision, by period. */
    private final double[] roots;

    private final double[] controlRoots;

    /**
     * Creates the variances.
     *
     * @param controlCells number of control units by period
     */
    SharedNoise(FactorState state, int[] controlCells) {
        int m = state.periods();
        this.state = state;
        this.roots = new double[m];
        this.controlRoots = new double[m];
        for (int j = 0; j < m; j++) {
            controlRoots[j] = 1 / Math.sqrt(Math.max(1, controlCells[j]));
            roots[j] = controlRoots[j] / Math.sqrt(state.periodPrecisions[j]);
        }
    }

    /** Returns the variance of an average with the given weights of the periods. */
    double variance(double[] weights) {
        double rho = state.pooledCorrelation;
        double stationary = state.pooledNoise / (1 - rho * rho);
        double before = 0;
        double noise = 0;
        for (int j = 0; j < weights.length; j++) {
            double weight = weights[j] * roots[j];
            noise += weight * (weight + 2 * rho * before);
            before = rho * before + weight;
        }
        double variance = stationary * noise;
        for (int k = 0; k < state.size.trends(); k++) {
            double sum = 0;
            for (int j = 0; j < weights.length; j++) {
                sum += weights[j] * controlRoots[j] * state.trends[k][j];
            }
            int at = (state.size.firstTrend() + k) * (state.size.coefficients() + 1);
            variance += sum * sum * state.priorCovariance[at];
        }
        return variance;
    }
}
