package io.github.rowwise.internal.factor.pass;

import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.model.FactorSmoother;
import io.github.rowwise.internal.factor.model.PeriodMoments;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Sums over units of the squared innovations of each period, as a quadratic form in the extended vectors g_j and
 * g_(j-1).
 *
 * <p>Let g_j = (1, f_j, c_j, nu_j). For period j the sum is
 *
 * <pre>
 * sum = squares[j]
 *     - 2 linear[.][j]' g_j - 2 linearPrevious[.][j-1]' g_(j-1)
 *     + g_j' A_j g_j + g_(j-1)' B_j g_(j-1) - 2 g_j' C_j g_(j-1)
 * </pre>
 *
 * <p>The methods {@link #current}, {@link #previous} and {@link #cross} return entries of A_j, B_j and C_j. They are
 * stored in several parts:
 *
 * <table>
 *   <caption>Storage of the quadratic parts</caption>
 *   <tr><td>{@link #rows}</td><td>one row per period, as in {@link Dimensions#row}</td></tr>
 *   <tr><td>{@link #allPeriods}</td><td>contribution to each period of units that are mostly observed</td></tr>
 *   <tr><td>{@link #lagged}, {@link #leading}</td><td>corrections for neighbours that are missing or in another
 *       treatment</td></tr>
 * </table>
 *
 * <p>The sums do not include the noise precision of the period, so that it can be updated afterwards.
 */
public final class PeriodSums implements Serializable {

    private static final long serialVersionUID = 1;

    private final Dimensions size;

    private final boolean correlated;

    /** Quadratic parts per period, as in {@link Dimensions#row}. */
    final double[] rows;

    /** Contribution of the first three parts to each period. */
    final double[] allPeriods;

    /** Correction to B_j by unordered pair, then to C_j by ordered pair; one row per period. */
    final double[] lagged;

    /** Correction to A_j by unordered pair, then to the transposed C_j by ordered pair; one row per period. */
    final double[] leading;

    /** Length of a row of {@link #lagged} and {@link #leading}. */
    private final int edgeLength;

    /** Linear part in g_j, one row per entry. */
    final double[][] linear;

    /** Linear part in g_j that belongs to the next period, one row per entry. */
    final double[][] linearPrevious;

    final double[] squares;

    PeriodSums(Dimensions size, int periods, boolean correlated) {
        this.size = size;
        this.correlated = correlated;
        this.rows = new double[periods * size.row(correlated)];
        this.allPeriods = new double[size.symmetric(correlated)];
        this.edgeLength = PeriodMoments.edgeLength(size);
        this.lagged = new double[correlated ? periods * edgeLength : 0];
        this.leading = new double[lagged.length];
        this.linear = new double[size.extended()][periods];
        this.linearPrevious = new double[correlated ? size.extended() : 0][periods];
        this.squares = new double[periods];
    }

    int periods() {
        return squares.length;
    }

    /** Sets all sums to 0. */
    void clear() {
        for (double[] each : new double[][] {rows, allPeriods, lagged, leading, squares}) {
            Arrays.fill(each, 0);
        }
        for (double[][] each : new double[][][] {linear, linearPrevious}) {
            for (double[] row : each) {
                Arrays.fill(row, 0);
            }
        }
    }

    PeriodSums add(PeriodSums other) {
        Vectors.add(rows, other.rows);
        Vectors.add(allPeriods, other.allPeriods);
        Vectors.add(lagged, other.lagged);
        Vectors.add(leading, other.leading);
        for (int k = 0; k < linear.length; k++) {
            Vectors.add(linear[k], other.linear[k]);
        }
        for (int k = 0; k < linearPrevious.length; k++) {
            Vectors.add(linearPrevious[k], other.linearPrevious[k]);
        }
        Vectors.add(squares, other.squares);
        return this;
    }

    /**
     * Returns the posterior of (f_j, nu_j) of all periods. The other entries of g_j are known.
     *
     * @param precisions noise precision of each period
     * @param extended the vectors g_j by entry and period; only the known entries are read
     */
    public FactorSmoother.Posterior solve(
            double[] precisions, double[][] extended, double[][] priorMeans, double priorPrecisionOfPeriodEffects) {
        int g = size.latent();
        int m = periods();
        double[][] diagonal = new double[m][g * g];
        double[][] between = new double[m][g * g];
        double[][] right = new double[m][g];
        for (int j = 0; j < m; j++) {
            double now = precisions[j];
            double next = j + 1 < m ? precisions[j + 1] : 0;
            for (int a = 0; a < g; a++) {
                int row = size.extendedOf(a);
                for (int c = 0; c < g; c++) {
                    int column = size.extendedOf(c);
                    int first = Math.min(row, column);
                    int second = Math.max(row, column);
                    diagonal[j][a * g + c] = now * current(first, second, j) + next * previous(first, second, j + 1);
                    between[j][a * g + c] = now * cross(row, column, j);
                }
                diagonal[j][a * g + a] += a < size.rank() ? 1 : priorPrecisionOfPeriodEffects;
                double ofPeriod = linear[row][j];
                double ofNext = previousLinear(row, j + 1);
                for (int known = 0; known < size.levels(); known++) {
                    if (size.latentOf(known) < 0) {
                        int first = Math.min(row, known);
                        int second = Math.max(row, known);
                        ofPeriod -= current(first, second, j) * extended[known][j];
                        ofPeriod += j > 0 ? cross(row, known, j) * extended[known][j - 1] : 0;
                        ofNext -= previous(first, second, j + 1) * extended[known][j];
                        ofNext += j + 1 < m ? cross(known, row, j + 1) * extended[known][j + 1] : 0;
                    }
                }
                right[j][a] = now * ofPeriod + next * ofNext + (a < size.rank() ? priorMeans[a][j] : 0);
            }
        }
        return FactorSmoother.solve(diagonal, between, right, g);
    }

    /** Returns the expected squared innovations of each period, divided by the units' innovation variances. */
    double[] innovations(PeriodMoments unweighted) {
        double[] total = squares.clone();
        for (int j = 0; j < total.length; j++) {
            for (int a = 0; a < size.extended(); a++) {
                total[j] -= 2 * linear[a][j] * unweighted.extended()[a][j];
                total[j] += quadratic(unweighted, size.cellStart(correlated), j, a, 0);
                if (correlated && j > 0) {
                    total[j] -= 2 * linearPrevious[a][j - 1] * unweighted.extended()[a][j - 1];
                    total[j] += quadratic(unweighted, size.nearStart(), j, a, 1);
                    for (int c = 0; c < size.extended(); c++) {
                        total[j] -= 2
                                * cross(a, c, j)
                                * unweighted.lagged()[j * edgeLength + size.pairs() + a * size.extended() + c];
                    }
                }
            }
        }
        return total;
    }

    /**
     * Returns the contribution of row {@code a} to the inner product of a quadratic part with the moments of its
     * vector.
     *
     * @param before 0 for A_j and g_j, 1 for B_j and g_(j-1)
     */
    private double quadratic(PeriodMoments moments, int part, int j, int a, int before) {
        int row = (j - before) * size.row(correlated) + part;
        double sum = 0;
        for (int c = a; c < size.extended(); c++) {
            double entry = before == 0 ? current(a, c, j) : previous(a, c, j);
            sum += (c == a ? 1 : 2) * entry * moments.rows()[row + size.pair(a, c)];
        }
        return sum;
    }

    /** Returns an entry of A_j, with {@code a <= c}. */
    double current(int a, int c, int j) {
        int pair = size.pair(a, c);
        int at = size.cellStart(correlated) + pair;
        double sum = rows[j * size.row(correlated) + at] + allPeriods[at];
        return correlated ? sum + leading[j * edgeLength + pair] : sum;
    }

    /** Returns an entry of B_j, with {@code a <= c}; 0 if there is no such period. */
    double previous(int a, int c, int j) {
        if (!correlated || j == 0 || j == periods()) {
            return 0;
        }
        int pair = size.pair(a, c);
        int at = size.nearStart() + pair;
        return rows[(j - 1) * size.row(true) + at] + allPeriods[at] + lagged[j * edgeLength + pair];
    }

    /** Returns an entry of the linear part in g_(j-1); 0 if there is no such period. */
    double previousLinear(int a, int j) {
        return correlated && j > 0 && j < periods() ? linearPrevious[a][j - 1] : 0;
    }

    /** Returns an entry of C_j; 0 if there is no such period. */
    double cross(int now, int before, int j) {
        if (!correlated || j == 0 || j == periods()) {
            return 0;
        }
        int row = j * size.row(true);
        int same = size.pair(Math.min(now, before), Math.max(now, before));
        int wide = size.extended();
        int cross = j * edgeLength + size.pairs();
        return rows[row + same]
                + allPeriods[same]
                + rows[row + size.crossStart() + before * wide + now]
                + rows[row - size.row(true) + size.crossStart() + now * wide + before]
                + lagged[cross + now * wide + before]
                + leading[cross + before * wide + now];
    }
}
