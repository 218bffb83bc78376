package io.github.rowwise.internal.factor;

/**
 * Sums over units for every period, one row a period: the precision and linear term of each period's extended vector, and its
 * coupling with the period before, from pairs of cells of one arm and of two.
 */
final class PeriodSums {

    private final Dimensions size;

    private final boolean correlated;

    /** Precision, and coupling with the period before by the arms of both cells, as in {@link Dimensions#row}. */
    final double[] rows;

    final double[] linear;

    PeriodSums(Dimensions size, int periods, boolean correlated) {
        this.size = size;
        this.correlated = correlated;
        this.rows = new double[periods * size.row(correlated)];
        this.linear = new double[periods * size.vector()];
    }

    int periods() {
        return linear.length / size.vector();
    }

    PeriodSums add(PeriodSums other) {
        Rows.add(rows, other.rows);
        Rows.add(linear, other.linear);
        return this;
    }

    /** The posterior of (f_j, nu_j) of all periods, with the constant's entry known to be 1. */
    FactorChain.Posterior solve(double[][] priorMeans, double priorPrecisionOfPeriodEffects) {
        int g = size.latent();
        int m = periods();
        double[][] diagonal = new double[m][g * g];
        double[][] between = new double[m][g * g];
        double[][] right = new double[m][g];
        for (int j = 0; j < m; j++) {
            for (int a = 0; a < g; a++) {
                for (int c = 0; c < g; c++) {
                    diagonal[j][a * g + c] = precise(Math.min(a, c) + 1, Math.max(a, c) + 1, j);
                    between[j][a * g + c] = coupled(a + 1, c + 1, j);
                }
                diagonal[j][a * g + a] += a < size.rank() ? 1 : priorPrecisionOfPeriodEffects;
                right[j][a] += linear[j * size.vector() + a + 1] - precise(0, a + 1, j) + coupled(a + 1, 0, j);
                right[j][a] += a < size.rank() ? priorMeans[a][j] : 0;
                right[j][a] += j + 1 < m ? coupled(0, a + 1, j + 1) : 0;
            }
        }
        return FactorChain.solve(diagonal, between, right, g);
    }

    /** The precision of two entries of a period, the lesser first. */
    double precise(int a, int c, int j) {
        return rows[j * size.row(correlated) + size.cellStart(correlated) + size.pair(a, c)];
    }

    /** The coupling of an entry of the period with an entry of the one before. */
    double coupled(int now, int before, int j) {
        if (!correlated) {
            return 0;
        }
        int row = j * size.row(true);
        return rows[row + size.pair(Math.min(now, before), Math.max(now, before))]
                + rows[row + size.crossStart(true) + now * size.extended() + before];
    }
}
