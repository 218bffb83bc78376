package io.github.rowwise.internal.factor;

import java.util.Arrays;

/**
 * Moments of the periods' extended vectors {@code g_j = (1, f_j, nu_j)}, one row a period: what a unit's sums are made of.
 *
 * @param size shapes
 * @param extended the means of g_j
 * @param rows second moments of g_j and, where noise is correlated, of g_(j-1) and of both, as in {@link Dimensions#row},
 *     times a weight of the period j; the part for two cells of one arm has both ways round added up
 */
record PeriodTable(Dimensions size, double[] extended, double[] rows) {

    /** The moments under the periods' posterior, weighted with the precision of the noise in each period. */
    static PeriodTable of(FactorState state, boolean correlated) {
        return of(state, correlated, means(state), state.precisions);
    }

    /** The same without weights. */
    static PeriodTable unweighted(FactorState state, boolean correlated) {
        double[] ones = new double[state.periods()];
        Arrays.fill(ones, 1);
        return of(state, correlated, means(state), ones);
    }

    /** The posterior covariances alone: what the weighted moments exceed the products of the means by. */
    static PeriodTable ofCovariances(FactorState state, boolean correlated) {
        return of(state, correlated, new double[state.periods() * state.size.vector()], state.precisions);
    }

    private static double[] means(FactorState state) {
        int m = state.periods();
        int width = state.size.vector();
        double[] extended = new double[m * width];
        for (int j = 0; j < m; j++) {
            extended[j * width] = 1;
            for (int k = 0; k < state.latent.length; k++) {
                extended[j * width + k + 1] = state.latent[k][j];
            }
        }
        return extended;
    }

    private static PeriodTable of(FactorState state, boolean correlated, double[] extended, double[] weights) {
        Dimensions size = state.size;
        int m = state.periods();
        int wide = size.extended();
        int vector = size.vector();
        double[] rows = new double[m * size.row(correlated)];
        for (int j = 0; j < m; j++) {
            double weight = weights[j];
            int same = j * size.row(correlated);
            int moment = same + size.cellStart(correlated);
            int past = same + size.pastStart();
            int cross = same + size.crossStart();
            int now = j * vector;
            int before = now - vector;
            for (int a = 0; a < wide; a++) {
                for (int c = a; c < wide; c++) {
                    double both = extended[now + a] * extended[now + c];
                    rows[moment++] = weight * (both + entry(state.covariance[j], size, a, c));
                    if (correlated && j > 0) {
                        double above = extended[now + a] * extended[before + c] + entry(state.lagged[j], size, a, c);
                        double below = extended[now + c] * extended[before + a] + entry(state.lagged[j], size, c, a);
                        double earlier = extended[before + a] * extended[before + c];
                        rows[same++] = weight * (above + below);
                        rows[past++] = weight * (earlier + entry(state.covariance[j - 1], size, a, c));
                        rows[cross + a * wide + c] = weight * above;
                        rows[cross + c * wide + a] = weight * below;
                    }
                }
            }
        }
        return new PeriodTable(size, extended, rows);
    }

    private static double entry(double[] covariance, Dimensions size, int a, int c) {
        return a == 0 || c == 0 ? 0 : covariance[(a - 1) * size.latent() + c - 1];
    }
}
