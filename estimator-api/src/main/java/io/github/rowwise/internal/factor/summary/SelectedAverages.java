package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.average.GroupSums;
import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.model.FactorState;

/**
 * Averages over selected cells by group, and the errors of their combinations: what units share is combined before it is squared,
 * as in {@link AverageSums}.
 */
final class SelectedAverages implements GroupSums {

    private final SelectedSums sums;
    private final FactorState state;
    private final SharedUncertainty shared;
    private final SharedNoise noise;
    private final double inflation;
    private final double degreesOfFreedom;
    private final boolean hasVariances;

    /**
     * Creates the averages.
     *
     * @param inflation see {@link FactorEffects#inflation}
     * @param degreesOfFreedom of what all units share
     */
    SelectedAverages(
            SelectedSums sums,
            FactorState state,
            SharedUncertainty shared,
            SharedNoise noise,
            double inflation,
            double degreesOfFreedom,
            boolean hasVariances) {
        this.sums = sums;
        this.state = state;
        this.shared = shared;
        this.noise = noise;
        this.inflation = inflation;
        this.degreesOfFreedom = degreesOfFreedom;
        this.hasVariances = hasVariances;
    }

    @Override
    public int groups() {
        return sums.groups();
    }

    @Override
    public int units(int arm, int average, int group) {
        SelectedSums.Entry entry = sums.find(arm, average, group);
        return entry == null ? 0 : entry.units;
    }

    @Override
    public double weight(int arm, int average, int group) {
        SelectedSums.Entry entry = sums.find(arm, average, group);
        return entry == null ? 0 : entry.weight;
    }

    @Override
    public double value(int arm, int average, int group) {
        SelectedSums.Entry entry = sums.find(arm, average, group);
        return entry == null ? Double.NaN : entry.value / entry.weight;
    }

    @Override
    public double retained(int arm, int average, int group) {
        SelectedSums.Entry entry = sums.find(arm, average, group);
        if (entry == null) {
            return 1;
        }
        double shrunk = entry.sensitivity[state.size.firstEffect(arm)] / entry.scale;
        return Math.max(0, Math.min(1, 1 - shrunk));
    }

    @Override
    public Combination combine(int arm, int average, double[] coefficients) {
        Dimensions size = state.size;
        SelectedSums.Entry total = new SelectedSums.Entry(
                size, state.periods(), SharedParameters.of(state).count());
        for (int group = 0; group < coefficients.length; group++) {
            SelectedSums.Entry entry = sums.find(arm, average, group);
            if (coefficients[group] != 0 && entry != null) {
                total.add(entry, coefficients[group] / entry.weight);
            }
        }
        double ofUnits = inflation * total.unitVariance;
        double ofPrior = inflation
                * SmallMatrices.form(
                        total.sensitivity, shared.meanCovariance(), total.sensitivity, total.sensitivity.length);
        double ofPeriods = noise.variance(total.cellWeights) + ofFactors(average, total.shares);
        double variance = hasVariances ? ofUnits + ofPrior + ofPeriods : Double.NaN;
        // The noise variances of few units are less certain than what all units share.
        double freedom = variance * variance / (inflation * inflation * total.spread);
        return new Combination(
                total.value,
                variance,
                ofPeriods,
                Math.min(degreesOfFreedom, Math.max(FactorEffects.MIN_DEGREES_OF_FREEDOM, freedom)));
    }

    /**
     * Returns the variance that comes from the factors. The covariance between neighbouring periods counts where the average is
     * over stretches of periods, which it is for all cells; see {@link SharedUncertainty}.
     */
    private double ofFactors(int average, double[] shares) {
        int e = state.size.effects();
        int g = state.size.latent();
        double sum = 0;
        for (int j = 0; j < state.periods() && shares.length > 0; j++) {
            sum += state.factorVariance(j, shares, j * e);
            for (int a = 1; a < e && average == 0 && j > 0; a++) {
                for (int c = 1; c < e; c++) {
                    sum += 2 * shares[j * e + a] * state.lagged[j][(a - 1) * g + c - 1] * shares[(j - 1) * e + c];
                }
            }
        }
        return sum;
    }
}
