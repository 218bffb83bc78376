package io.github.rowwise.internal.factor;

import io.github.rowwise.linalg.DenseMatrix;

/**
 * Sums over units for every period: the precision and linear term of each period's extended vector, and its coupling with
 * the period before. Rows by pair as in {@link PeriodColumns}, m columns.
 */
final class PeriodSums {

    private final Dimensions size;
    private final DenseMatrix precision;
    private final DenseMatrix coupling;
    private final DenseMatrix couplingNow;
    private final DenseMatrix couplingBefore;
    private final DenseMatrix linear;

    PeriodSums(Dimensions size, int periods, boolean correlated) {
        this.size = size;
        this.precision = DenseMatrix.zeros(size.pairs(), periods);
        this.coupling = DenseMatrix.zeros(correlated ? size.pairs() : 0, periods);
        this.couplingNow = DenseMatrix.zeros(correlated ? size.effects() * size.extended() : 0, periods);
        this.couplingBefore = DenseMatrix.zeros(correlated ? size.effects() * size.extended() : 0, periods);
        this.linear = DenseMatrix.zeros(size.extended(), periods);
    }

    /** The sum that the transposed product with a mask adds to. */
    DenseMatrix target(CellMask mask) {
        return switch (mask) {
            case OBSERVED, NEIGHBOURS -> precision;
            case TREATED, TREATED_NEIGHBOURS -> precision.rowRange(0, size.effectPairs());
            case PAIR -> coupling;
            case PAIR_TREATED_BOTH -> coupling.rowRange(0, size.effectPairs());
            case PAIR_TREATED_NOW -> couplingNow;
            case PAIR_TREATED_BEFORE -> couplingBefore;
            case OUTCOME, OUTCOME_NEIGHBOURS, OUTCOME_BESIDE -> linear;
            case TREATED_OUTCOME, TREATED_OUTCOME_NEIGHBOURS, TREATED_OUTCOME_BESIDE ->
                linear.rowRange(0, size.effects());
        };
    }

    PeriodSums add(PeriodSums other) {
        add(precision, other.precision);
        add(coupling, other.coupling);
        add(couplingNow, other.couplingNow);
        add(couplingBefore, other.couplingBefore);
        add(linear, other.linear);
        return this;
    }

    /** The posterior of (f_j, nu_j) of all periods, with the constant's entry known to be 1. */
    FactorChain.Posterior solve(double[][] priorMeans, double priorPrecisionOfPeriodEffects) {
        int g = size.latent();
        int m = linear.columns();
        double[][] diagonal = new double[m][g * g];
        double[][] between = new double[m][g * g];
        double[][] right = new double[m][g];
        for (int j = 0; j < m; j++) {
            for (int a = 0; a < g; a++) {
                for (int c = 0; c < g; c++) {
                    diagonal[j][a * g + c] = precision.get(size.pair(Math.min(a, c) + 1, Math.max(a, c) + 1), j);
                    between[j][a * g + c] = coupled(a + 1, c + 1, j);
                }
                diagonal[j][a * g + a] += a < size.rank() ? 1 : priorPrecisionOfPeriodEffects;
                right[j][a] += linear.get(a + 1, j) - precision.get(size.pair(0, a + 1), j) + coupled(a + 1, 0, j);
                right[j][a] += a < size.rank() ? priorMeans[a][j] : 0;
                right[j][a] += j + 1 < m ? coupled(0, a + 1, j + 1) : 0;
            }
        }
        return FactorChain.solve(diagonal, between, right, g);
    }

    /** The coupling of an entry of the period with an entry of the one before. */
    private double coupled(int now, int before, int j) {
        if (coupling.rows() == 0) {
            return 0;
        }
        double sum = coupling.get(size.pair(Math.min(now, before), Math.max(now, before)), j);
        sum += now < size.effects() ? couplingNow.get(size.effectBy(now, before), j) : 0;
        sum += before < size.effects() ? couplingBefore.get(size.effectBy(before, now), j) : 0;
        return sum;
    }

    private static void add(DenseMatrix sum, DenseMatrix more) {
        for (int k = 0; k < sum.values().length; k++) {
            sum.values()[k] += more.values()[k];
        }
    }
}
