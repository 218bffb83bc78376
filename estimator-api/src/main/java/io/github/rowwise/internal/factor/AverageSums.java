package io.github.rowwise.internal.factor;

import io.github.rowwise.linalg.DenseMatrix;

/**
 * Sums for the average effects over units. Errors of units go together where they come from the prior mean and from the
 * factors, so these parts are added up before they are squared.
 */
final class AverageSums {

    private final Dimensions size;
    private final double[] values = new double[FactorEffects.ESTIMANDS];
    private final double[] own = new double[FactorEffects.ESTIMANDS];
    private final double[][] pulls;
    private final double[] effects;
    private final DenseMatrix treatedShares;
    private final DenseMatrix controlShares;
    private int count;

    AverageSums(Dimensions size, int periods) {
        this.size = size;
        this.pulls = new double[FactorEffects.ESTIMANDS][size.coefficients()];
        this.effects = new double[size.effects()];
        this.treatedShares = DenseMatrix.zeros(size.effects(), periods);
        this.controlShares = DenseMatrix.zeros(size.effects(), periods);
    }

    /** For each period, the sum of the coefficients of units treated in it, over each unit's number of such cells. */
    DenseMatrix treatedShares() {
        return treatedShares;
    }

    DenseMatrix controlShares() {
        return controlShares;
    }

    void add(int estimand, double value, double variance, double[] pull, double[] d) {
        values[estimand] += value;
        own[estimand] += variance;
        add(pulls[estimand], pull);
        if (estimand == 0) {
            add(effects, d);
            count++;
        }
    }

    AverageSums add(AverageSums later) {
        add(values, later.values);
        add(own, later.own);
        for (int estimand = 0; estimand < pulls.length; estimand++) {
            add(pulls[estimand], later.pulls[estimand]);
        }
        add(effects, later.effects);
        add(treatedShares.values(), later.treatedShares.values());
        add(controlShares.values(), later.controlShares.values());
        count += later.count;
        return this;
    }

    void finish(FactorEffects target, FactorState state, SharedUncertainty shared) {
        double square = (double) count * count;
        int p = size.coefficients();
        double inflation = FactorEffects.inflation(p, state.units());
        for (int estimand = 0; estimand < FactorEffects.ESTIMANDS; estimand++) {
            double variance = own[estimand] + Small.form(pulls[estimand], shared.meanCovariance(), pulls[estimand], p);
            variance *= inflation;
            if (!size.constantEffects()) {
                variance += switch (estimand) {
                    case 0 -> Small.form(effects, shared.everyPeriodCovariance(), effects, size.effects());
                    case 1 -> byPeriod(state, treatedShares);
                    default -> byPeriod(state, controlShares);
                };
            }
            target.averages[estimand] = values[estimand] / count;
            target.averageVariances[estimand] = variance / square;
        }
    }

    private double byPeriod(FactorState state, DenseMatrix shares) {
        int g = size.latent();
        double sum = 0;
        for (int j = 0; j < state.periods(); j++) {
            for (int a = 0; a < size.rank(); a++) {
                for (int c = 0; c < size.rank(); c++) {
                    sum += shares.get(a + 1, j) * state.covariance[j][a * g + c] * shares.get(c + 1, j);
                }
            }
        }
        return sum;
    }

    private static void add(double[] sum, double[] more) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] += more[k];
        }
    }
}
