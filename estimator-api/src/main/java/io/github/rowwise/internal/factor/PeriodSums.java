package io.github.rowwise.internal.factor;

/**
 * Sums over units for every period, one row a period, of the squared innovations that go with the period: their quadratic
 * part in its extended vector, in that of the period before, and crossed, their linear parts, and what is left. None has the
 * period's own precision in it, so that this can be updated afterwards.
 */
final class PeriodSums {

    private final Dimensions size;

    private final boolean correlated;

    /** Quadratic parts, as in {@link Dimensions#row}. */
    final double[] rows;

    /** Linear part in the period's vector. */
    final double[] linear;

    /** Linear part in that of the period before. */
    final double[] linearPast;

    final double[] squares;

    PeriodSums(Dimensions size, int periods, boolean correlated) {
        this.size = size;
        this.correlated = correlated;
        this.rows = new double[periods * size.row(correlated)];
        this.linear = new double[periods * size.vector()];
        this.linearPast = new double[correlated ? linear.length : 0];
        this.squares = new double[periods];
    }

    int periods() {
        return squares.length;
    }

    PeriodSums add(PeriodSums other) {
        Rows.add(rows, other.rows);
        Rows.add(linear, other.linear);
        Rows.add(linearPast, other.linearPast);
        Rows.add(squares, other.squares);
        return this;
    }

    /**
     * The posterior of (f_j, nu_j) of all periods, with the constant's entry known to be 1.
     *
     * @param precisions each period's own
     */
    FactorChain.Posterior solve(double[] precisions, double[][] priorMeans, double priorPrecisionOfPeriodEffects) {
        int g = size.latent();
        int m = periods();
        double[][] diagonal = new double[m][g * g];
        double[][] between = new double[m][g * g];
        double[][] right = new double[m][g];
        for (int j = 0; j < m; j++) {
            double now = precisions[j];
            double next = j + 1 < m ? precisions[j + 1] : 0;
            for (int a = 0; a < g; a++) {
                for (int c = 0; c < g; c++) {
                    int first = Math.min(a, c) + 1;
                    int second = Math.max(a, c) + 1;
                    diagonal[j][a * g + c] = now * own(first, second, j) + next * past(first, second, j + 1);
                    between[j][a * g + c] = now * coupled(a + 1, c + 1, j);
                }
                diagonal[j][a * g + a] += a < size.rank() ? 1 : priorPrecisionOfPeriodEffects;
                right[j][a] = now * (linear[j * size.vector() + a + 1] - own(0, a + 1, j) + coupled(a + 1, 0, j))
                        + next * (linearPast(a + 1, j + 1) - past(0, a + 1, j + 1) + coupled(0, a + 1, j + 1))
                        + (a < size.rank() ? priorMeans[a][j] : 0);
            }
        }
        return FactorChain.solve(diagonal, between, right, g);
    }

    /** Expected squared innovations of each period, over the units' innovation variances. */
    double[] innovations(PeriodTable unweighted) {
        double[] total = squares.clone();
        int vector = size.vector();
        int width = size.row(correlated);
        for (int j = 0; j < total.length; j++) {
            int row = j * width;
            total[j] -= 2 * inner(linear, unweighted.extended(), j * vector, j * vector, vector);
            total[j] += symmetric(unweighted, row + size.cellStart(correlated));
            if (correlated && j > 0) {
                total[j] -= 2 * inner(linearPast, unweighted.extended(), j * vector, (j - 1) * vector, vector);
                total[j] += symmetric(unweighted, row + size.pastStart()) - symmetric(unweighted, row);
                int cross = row + size.crossStart();
                total[j] -= 2 * inner(rows, unweighted.rows(), cross, cross, size.orderedPairs());
            }
        }
        return total;
    }

    /** The inner product of two symmetric matrices by unordered pair. */
    private double symmetric(PeriodTable table, int start) {
        int at = start;
        double sum = 0;
        for (int a = 0; a < size.extended(); a++) {
            sum -= rows[at] * table.rows()[at];
            for (int c = a; c < size.extended(); c++) {
                sum += 2 * rows[at] * table.rows()[at];
                at++;
            }
        }
        return sum;
    }

    private static double inner(double[] a, double[] b, int firstOfA, int firstOfB, int length) {
        double sum = 0;
        for (int k = 0; k < length; k++) {
            sum += a[firstOfA + k] * b[firstOfB + k];
        }
        return sum;
    }

    /** The quadratic part of two entries of the period's vector, the lesser first. */
    double own(int a, int c, int j) {
        return rows[j * size.row(correlated) + size.cellStart(correlated) + size.pair(a, c)];
    }

    /** The same of the vector of the period before. */
    double past(int a, int c, int j) {
        return correlated && j < periods() ? rows[j * size.row(true) + size.pastStart() + size.pair(a, c)] : 0;
    }

    private double linearPast(int a, int j) {
        return correlated && j < periods() ? linearPast[j * size.vector() + a] : 0;
    }

    /** The coupling of an entry of the period with an entry of the one before. */
    double coupled(int now, int before, int j) {
        if (!correlated || j == periods()) {
            return 0;
        }
        int row = j * size.row(true);
        return rows[row + size.pair(Math.min(now, before), Math.max(now, before))]
                + rows[row + size.crossStart() + now * size.extended() + before];
    }
}
