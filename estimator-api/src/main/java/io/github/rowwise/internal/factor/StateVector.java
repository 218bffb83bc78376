package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.factor.kernel.PositiveDefinite;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.PanelCounts;

/**
 * The state of the EM algorithm as one vector of unconstrained coordinates:
 *
 * <pre>
 * per panel   factors and period effects, (r + 1) rows of m
 *             prior mean without the trends
 *             prior covariance without the trends as L D L': by row, the entries of L below the diagonal, then log D
 *             log of the trends' prior variances
 *             log of the period precisions, m
 * per unit    log of the innovation variances
 *             artanh of the autocorrelations (only with correlated noise)
 * </pre>
 *
 * <p>The entries per unit are those of the local units.
 */
final class StateVector {

    private StateVector() {}

    static double[] of(FactorState state, PanelCounts panel) {
        int p = state.size.coefficients() - state.size.trends();
        Writer out = new Writer(length(state, panel));
        for (double[] row : state.latent) {
            out.put(row);
        }
        for (int i = 0; i < p; i++) {
            out.put(state.priorMean[index(state, i)]);
        }
        double[] root = covarianceWithoutTrends(state);
        PositiveDefinite.factor(root, p);
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < i; j++) {
                out.put(root[i * p + j] / root[j * p + j]);
            }
            out.put(Math.log(root[i * p + i]));
        }
        for (int k = 0; k < state.size.trends(); k++) {
            out.put(Math.log(state.priorCovariance[trend(state, k)]));
        }
        for (double precision : state.periodPrecisions) {
            out.put(Math.log(precision));
        }
        for (double variance : state.noise) {
            out.put(Math.log(variance));
        }
        for (int unit = 0; panel.correlated() && unit < state.units(); unit++) {
            double rho = state.correlation[unit];
            out.put(.5 * Math.log((1 + rho) / (1 - rho)));
        }
        return out.values;
    }

    /** Returns the approximate reciprocal of each entry's standard error. */
    static double[] scales(FactorState state, PanelCounts panel) {
        int p = state.size.coefficients() - state.size.trends();
        int n = panel.allUnits();
        int g = state.size.latent();
        Writer out = new Writer(length(state, panel));
        for (int k = 0; k < g; k++) {
            double variance = 0;
            for (double[] covariance : state.covariance) {
                variance += covariance[k * g + k];
            }
            double scale = 1 / Math.sqrt(variance / state.periods());
            for (int j = 0; j < state.periods(); j++) {
                out.put(scale);
            }
        }
        double[] root = covarianceWithoutTrends(state);
        for (int i = 0; i < p; i++) {
            out.put(Math.sqrt(n / root[i * p + i]));
        }
        PositiveDefinite.factor(root, p);
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < i; j++) {
                out.put(Math.sqrt(n) * (root[j * p + j] / root[i * p + i]));
            }
            out.put(Math.sqrt(2.0 * n));
        }
        for (int k = 0; k < state.size.trends(); k++) {
            // Half of the scale of a root's logarithm, because this is a variance's.
            out.put(Math.sqrt(n / 2.0));
        }
        for (int cells : panel.periodCells()) {
            out.put(Math.sqrt(cells / 2.0));
        }
        for (int cells : panel.cells()) {
            out.put(Math.sqrt(cells / 2.0));
        }
        for (int unit = 0; panel.correlated() && unit < state.units(); unit++) {
            out.put(Math.sqrt(panel.cells()[unit]));
        }
        return out.values;
    }

    /** Sets the means and parameters of the state. The posterior covariances of the periods do not change. */
    static void set(double[] vector, FactorState state, PanelCounts panel) {
        int p = state.size.coefficients() - state.size.trends();
        int at = 0;
        for (double[] row : state.latent) {
            System.arraycopy(vector, at, row, 0, row.length);
            at += row.length;
        }
        for (int i = 0; i < p; i++) {
            state.priorMean[index(state, i)] = vector[at++];
        }
        double[] unitLower = SmallMatrices.identity(p);
        double[] diagonal = new double[p];
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < i; j++) {
                unitLower[i * p + j] = vector[at++];
            }
            diagonal[i] = Math.exp(vector[at++]);
        }
        double[] root = new double[p * p];
        for (int i = 0; i < p; i++) {
            for (int j = 0; j <= i; j++) {
                root[i * p + j] = unitLower[i * p + j] * diagonal[j];
            }
        }
        double[] covariance =
                SmallMatrices.symmetric(SmallMatrices.times(root, SmallMatrices.transposed(root, p, p), p, p, p), p);
        int all = state.size.coefficients();
        state.priorCovariance = new double[all * all];
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                state.priorCovariance[index(state, i) * all + index(state, j)] = covariance[i * p + j];
            }
        }
        for (int k = 0; k < state.size.trends(); k++) {
            state.priorCovariance[trend(state, k)] = Math.exp(vector[at++]);
        }
        for (int j = 0; j < state.periods(); j++) {
            state.periodPrecisions[j] = Math.exp(vector[at++]);
        }
        for (int unit = 0; unit < state.units(); unit++) {
            state.noise[unit] = Math.max(panel.minNoise(), Math.exp(vector[at++]));
        }
        for (int unit = 0; panel.correlated() && unit < state.units(); unit++) {
            state.correlation[unit] = Math.tanh(vector[at++]);
        }
    }

    private static int length(FactorState state, PanelCounts panel) {
        return shared(state) + state.units() * (panel.correlated() ? 2 : 1);
    }

    /** Returns the number of entries per panel. They precede the entries per unit. */
    static int shared(FactorState state) {
        int p = state.size.coefficients() - state.size.trends();
        return (state.size.latent() + 1) * state.periods() + p + p * (p + 1) / 2 + state.size.trends();
    }

    /** Returns the index of a coefficient, given its index among those that are no trends. */
    private static int index(FactorState state, int i) {
        return i < state.size.firstTrend() ? i : i + state.size.trends();
    }

    /** Returns the index of a trend's prior variance in the prior covariance. */
    private static int trend(FactorState state, int k) {
        return (state.size.firstTrend() + k) * (state.size.coefficients() + 1);
    }

    private static double[] covarianceWithoutTrends(FactorState state) {
        int all = state.size.coefficients();
        int p = all - state.size.trends();
        double[] covariance = new double[p * p];
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                covariance[i * p + j] = state.priorCovariance[index(state, i) * all + index(state, j)];
            }
        }
        return covariance;
    }

    private static final class Writer {

        private final double[] values;
        private int at;

        Writer(int length) {
            this.values = new double[length];
        }

        void put(double value) {
            values[at++] = value;
        }

        void put(double[] several) {
            System.arraycopy(several, 0, values, at, several.length);
            at += several.length;
        }
    }
}
