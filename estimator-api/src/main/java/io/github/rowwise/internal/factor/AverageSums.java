package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.RowBlock;

/**
 * Sums for the average effects over units. Errors of units go together where they come from the prior mean and from the
 * factors, so these parts are added up before they are squared.
 */
final class AverageSums {

    private final Dimensions size;
    private final int periods;
    private final double[][] values;
    private final double[][] own;
    private final double[][][] pulls;
    private final double[][] effects;
    private final int[] counts;

    /**
     * By period, then by treatment, first for ATT and then for ATU: the sum over the units that are averaged over the period
     * of their d_a, over each unit's number of such cells.
     */
    private final double[] shares;

    AverageSums(Dimensions size, int periods) {
        int treatments = size.treatments();
        this.size = size;
        this.periods = periods;
        this.values = new double[treatments][FactorEffects.ESTIMANDS];
        this.own = new double[treatments][FactorEffects.ESTIMANDS];
        this.pulls = new double[treatments][FactorEffects.ESTIMANDS][size.coefficients()];
        this.effects = new double[treatments][size.effects()];
        this.counts = new int[treatments];
        this.shares = new double[periods * shareWidth(size)];
    }

    /** Entries of a period's shares. */
    static int shareWidth(Dimensions size) {
        return 2 * size.treatments() * size.effects();
    }

    /** Where the shares of an arm's ATT (1) or ATU (2) begin. */
    static int shareStart(Dimensions size, int arm, int estimand) {
        return (2 * (arm - 1) + estimand - 1) * size.effects();
    }

    void add(int arm, int estimand, double value, double variance, double[] pull, double[] d) {
        values[arm - 1][estimand] += value;
        own[arm - 1][estimand] += variance;
        Rows.add(pulls[arm - 1][estimand], pull);
        if (estimand == 0) {
            Rows.add(effects[arm - 1], d);
            counts[arm - 1]++;
        }
    }

    /** Adds a unit's shares, a row for each arm, to the periods in which it is in the arm. */
    void addShares(RowBlock block, int row, double[] rows) {
        int width = shareWidth(size);
        for (int j = 0; j < periods; j++) {
            byte arm = block.arms()[row * periods + j];
            if (arm != RowBlock.MISSING) {
                Rows.addScaled(shares, j * width, rows, arm * width, 1, width);
            }
        }
    }

    AverageSums add(AverageSums later) {
        for (int treatment = 0; treatment < counts.length; treatment++) {
            Rows.add(values[treatment], later.values[treatment]);
            Rows.add(own[treatment], later.own[treatment]);
            Rows.add(effects[treatment], later.effects[treatment]);
            counts[treatment] += later.counts[treatment];
            for (int estimand = 0; estimand < FactorEffects.ESTIMANDS; estimand++) {
                Rows.add(pulls[treatment][estimand], later.pulls[treatment][estimand]);
            }
        }
        Rows.add(shares, later.shares);
        return this;
    }

    void finish(FactorEffects target, FactorState state, SharedUncertainty shared) {
        int p = size.coefficients();
        double inflation = FactorEffects.inflation(p, state.units());
        for (int arm = 1; arm < size.arms(); arm++) {
            double[] d = effects[arm - 1];
            double count = counts[arm - 1];
            for (int estimand = 0; estimand < FactorEffects.ESTIMANDS; estimand++) {
                double[] pull = pulls[arm - 1][estimand];
                double variance = own[arm - 1][estimand] + Small.form(pull, shared.meanCovariance(), pull, p);
                variance *= inflation;
                if (!size.constantEffects()) {
                    variance += estimand == 0
                            ? Small.form(d, shared.everyPeriodCovariance(), d, size.effects())
                            : byPeriod(state, shareStart(size, arm, estimand));
                }
                target.averages[arm - 1][estimand] = values[arm - 1][estimand] / count;
                target.averageVariances[arm - 1][estimand] = variance / (count * count);
            }
        }
    }

    private double byPeriod(FactorState state, int start) {
        int g = size.latent();
        int width = shareWidth(size);
        double sum = 0;
        for (int j = 0; j < periods; j++) {
            int at = j * width + start + 1;
            for (int a = 0; a < size.rank(); a++) {
                for (int c = 0; c < size.rank(); c++) {
                    sum += shares[at + a] * state.covariance[j][a * g + c] * shares[at + c];
                }
            }
        }
        return sum;
    }
}
