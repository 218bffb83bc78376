package io.github.rowwise.internal.factor.model;

import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.Vectors;
import java.util.Arrays;

/**
 * Moments of the periods' extended vectors {@code g_j = (1, f_j, nu_j)}, weighted with the periods' noise precisions
 * w_j.
 *
 * <p>Let {@code M_j = E g_j g_j'} and {@code P_j = E g_j g_(j-1)'}. A row of {@link #rows} belongs to period j and has
 * four parts (see {@link Dimensions#row}). Without correlation it has the second part only.
 *
 * <table>
 *   <caption>Parts of a row</caption>
 *   <tr><th>part</th><th>content</th><th>storage</th></tr>
 *   <tr><td>same</td><td>{@code w_j (P_j + P_j')}</td><td>unordered pairs</td></tr>
 *   <tr><td>cell</td><td>{@code w_j M_j}</td><td>unordered pairs</td></tr>
 *   <tr><td>near</td><td>{@code w_(j+1) M_j}</td><td>unordered pairs</td></tr>
 *   <tr><td>cross</td><td>{@code w_(j+1) P_(j+1) + w_j P_j'}</td><td>ordered pairs</td></tr>
 * </table>
 *
 * @param size sizes of vectors and rows
 * @param extended means of g_j, one row per entry, m columns
 * @param rows one row per period, as above
 * @param lagged correction for a treated cell in period j - 1 whose successor in period j is missing, one row per j:
 *     {@code w_j M_(j-1)} by unordered pair, then {@code w_j P_j} by ordered pair
 * @param leading correction for a treated cell in period j whose predecessor is missing, one row per j: {@code w_j M_j}
 *     by unordered pair, then {@code w_j P_j'} by ordered pair
 * @param total sum of the first three parts over all periods, for a unit without missing cells
 * @param missingCells correction to {@code total} for one missing cell, one row per period
 * @param laterMissingCells the same if the previous cell is missing too
 */
public record PeriodMoments(
        Dimensions size,
        double[][] extended,
        double[] rows,
        double[] lagged,
        double[] leading,
        double[] total,
        double[] missingCells,
        double[] laterMissingCells) {

    /** Returns the moments under the posterior of the periods, weighted with the noise precision of each period. */
    public static PeriodMoments of(FactorState state, boolean correlated) {
        return of(state, correlated, means(state), state.periodPrecisions);
    }

    /** Returns the moments with unit weights. */
    public static PeriodMoments unweighted(FactorState state, boolean correlated) {
        double[] ones = new double[state.periods()];
        Arrays.fill(ones, 1);
        return of(state, correlated, means(state), ones);
    }

    /** Returns the contribution of the posterior covariances to the weighted moments. */
    public static PeriodMoments ofCovariances(FactorState state, boolean correlated) {
        return of(state, correlated, new double[state.size.extended()][state.periods()], state.periodPrecisions);
    }

    /**
     * Returns the length of a row of {@link #lagged} and {@link #leading}. It equals the length of the parts near and
     * cross together.
     */
    public static int edgeLength(Dimensions size) {
        return size.pairs() + size.orderedPairs();
    }

    public int periods() {
        return extended[0].length;
    }

    /** Returns the means of the extended vectors, by entry and period. Rows of the state are shared. */
    public static double[][] means(FactorState state) {
        double[][] extended = new double[state.size.extended()][];
        extended[0] = new double[state.periods()];
        Arrays.fill(extended[0], 1);
        for (int k = 0; k < state.latent.length; k++) {
            extended[state.size.extendedOf(k)] = state.latent[k];
        }
        System.arraycopy(state.trends, 0, extended, state.size.firstTrend(), state.size.trends());
        return extended;
    }

    private static PeriodMoments of(FactorState state, boolean correlated, double[][] extended, double[] weights) {
        Dimensions size = state.size;
        int m = state.periods();
        int wide = size.extended();
        int width = size.row(correlated);
        int pairs = size.pairs();
        int edgeLength = edgeLength(size);
        double[] rows = new double[m * width];
        double[] lagged = new double[correlated ? m * edgeLength : 0];
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
                    lagged[j * edgeLength + pairs + a * wide + c] =
                            weights[j] * (extended[a][j] * extended[c][j - 1] + entry(state.lagged[j], size, a, c));
                }
            }
        }
        for (int j = 0; j < m && correlated; j++) {
            int same = j * width;
            int cross = j * width + size.crossStart();
            int lag = j * edgeLength + pairs;
            System.arraycopy(rows, j * width + size.cellStart(true), leading, j * edgeLength, pairs);
            if (j > 0) {
                System.arraycopy(rows, (j - 1) * width + size.nearStart(), lagged, j * edgeLength, pairs);
            }
            for (int a = 0; a < wide; a++) {
                for (int c = 0; c < wide; c++) {
                    double above = lagged[lag + a * wide + c];
                    double below = lagged[lag + c * wide + a];
                    leading[lag + a * wide + c] = below;
                    if (c >= a) {
                        rows[same++] = above + below;
                    }
                    rows[cross + a * wide + c] = below + (j + 1 < m ? lagged[lag + edgeLength + a * wide + c] : 0);
                }
            }
        }
        double[] total = new double[size.symmetric(correlated)];
        for (int j = 0; j < m; j++) {
            Vectors.add(total, 0, rows, j * width, total.length);
        }
        if (!correlated) {
            return new PeriodMoments(size, extended, rows, lagged, leading, total, rows, rows);
        }
        // The first cell has no predecessor.
        Vectors.subtract(total, size.nearStart(), rows, size.cellStart(true), pairs);
        double[] missingCells = missingCellCorrections(size, rows, m, false);
        double[] laterMissingCells = missingCellCorrections(size, rows, m, true);
        return new PeriodMoments(size, extended, rows, lagged, leading, total, missingCells, laterMissingCells);
    }

    /**
     * Sums the terms of each cell: its own terms, those with its successor and, unless its predecessor is missing too,
     * those with its predecessor.
     */
    private static double[] missingCellCorrections(
            Dimensions size, double[] rows, int m, boolean isPredecessorMissing) {
        int width = size.row(true);
        int wide = size.symmetric(true);
        int pairs = size.pairs();
        int cell = size.cellStart(true);
        int near = size.nearStart();
        double[] missingCells = new double[m * wide];
        for (int j = 0; j < m; j++) {
            int to = j * wide;
            int from = j * width;
            Vectors.add(missingCells, to + cell, rows, from + cell, pairs);
            Vectors.add(missingCells, to + near, rows, from + near, pairs);
            if (j + 1 < m) {
                Vectors.add(missingCells, to, rows, from + width, pairs);
                Vectors.add(missingCells, to + near, rows, from + width + cell, pairs);
            }
            if (isPredecessorMissing || j == 0) {
                Vectors.subtract(missingCells, to + near, rows, from + cell, pairs);
            } else {
                Vectors.add(missingCells, to, rows, from, pairs);
                Vectors.add(missingCells, to + near, rows, from - width + near, pairs);
            }
        }
        return missingCells;
    }

    private static double entry(double[] covariance, Dimensions size, int a, int c) {
        int first = size.latentOf(a);
        int second = size.latentOf(c);
        return first < 0 || second < 0 ? 0 : covariance[first * size.latent() + second];
    }
}
