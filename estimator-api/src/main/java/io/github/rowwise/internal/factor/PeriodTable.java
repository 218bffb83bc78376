package io.github.rowwise.internal.factor;

import java.util.Arrays;

/**
 * Moments of the periods' extended vectors {@code g_j = (1, f_j, nu_j)}, one row a period: what a unit's sums are made of.
 *
 * <p>With {@code M_j = E g_j g_j'}, {@code P_j = E g_j g_(j-1)'} and weights w_j, a row has the parts of
 * {@link Dimensions#row}: {@code w_j (P_j + P_j')}, {@code w_j M_j}, {@code w_(j+1) M_j} and
 * {@code w_(j+1) P_(j+1) + w_j P_j'}.
 *
 * @param size shapes
 * @param extended the means of g_j, one row an entry and m columns
 * @param rows as above
 * @param lagged w_j P_j, by ordered pair
 * @param leading w_j P_j'
 * @param total sum of the first three parts over all periods
 */
record PeriodTable(
        Dimensions size, double[][] extended, double[] rows, double[] lagged, double[] leading, double[] total) {

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
        return of(state, correlated, new double[state.size.extended()][state.periods()], state.precisions);
    }

    int periods() {
        return extended[0].length;
    }

    private static double[][] means(FactorState state) {
        double[][] extended = new double[state.size.extended()][];
        extended[0] = new double[state.periods()];
        Arrays.fill(extended[0], 1);
        System.arraycopy(state.latent, 0, extended, 1, state.latent.length);
        return extended;
    }

    private static PeriodTable of(FactorState state, boolean correlated, double[][] extended, double[] weights) {
        Dimensions size = state.size;
        int m = state.periods();
        int wide = size.extended();
        int width = size.row(correlated);
        int ordered = size.orderedPairs();
        double[] rows = new double[m * width];
        double[] lagged = new double[correlated ? m * ordered : 0];
        double[] leading = new double[lagged.length];
        for (int j = 0; j < m; j++) {
            int cell = j * width + size.cellStart(correlated);
            int near = j * width + size.nearStart();
            double next = j + 1 < m ? weights[j + 1] : 0;
            for (int a = 0; a < wide; a++) {
                for (int c = a; c < wide; c++) {
                    double moment = extended[a][j] * extended[c][j] + entry(state.covariance[j], size, a, c);
                    rows[cell++] = weights[j] * moment;
                    if (correlated) {
                        rows[near++] = next * moment;
                    }
                }
                for (int c = 0; c < wide && correlated && j > 0; c++) {
                    lagged[j * ordered + a * wide + c] =
                            weights[j] * (extended[a][j] * extended[c][j - 1] + entry(state.lagged[j], size, a, c));
                }
            }
        }
        for (int j = 0; j < m && correlated; j++) {
            int same = j * width;
            int cross = j * width + size.crossStart();
            for (int a = 0; a < wide; a++) {
                for (int c = 0; c < wide; c++) {
                    double above = lagged[j * ordered + a * wide + c];
                    double below = lagged[j * ordered + c * wide + a];
                    leading[j * ordered + a * wide + c] = below;
                    if (c >= a) {
                        rows[same++] = above + below;
                    }
                    rows[cross + a * wide + c] = below + (j + 1 < m ? lagged[(j + 1) * ordered + a * wide + c] : 0);
                }
            }
        }
        double[] total = new double[size.symmetric(correlated)];
        for (int j = 0; j < m; j++) {
            Rows.add(total, 0, rows, j * width, total.length);
        }
        return new PeriodTable(size, extended, rows, lagged, leading, total);
    }

    private static double entry(double[] covariance, Dimensions size, int a, int c) {
        return a == 0 || c == 0 ? 0 : covariance[(a - 1) * size.latent() + c - 1];
    }
}
