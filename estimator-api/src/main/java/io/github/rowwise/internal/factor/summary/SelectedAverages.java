package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.average.GainDraw;
import io.github.rowwise.internal.average.GroupSums;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.model.FactorState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Averages over selected cells by group, and their errors: what units share is combined before it is squared, as in {@link
 * AverageSums}.
 *
 * <p>The effects of units are shrunk towards their prior mean, which is about the mean over all units. An average over units whose
 * effects differ from it together is therefore corrected: it is what it would be with the mean of these units as their prior mean,
 * estimated by maximum likelihood (see {@link SelectedSums.Shift}), whose variance is added. Over all units with equal weights there
 * is nothing to correct.
 */
final class SelectedAverages implements GroupSums {

    /** Below this share, what is left of a difference is rounding. */
    private static final double LEAST_RETAINED = 1e-3;

    private final SelectedSums sums;
    private final FactorState state;
    private final SharedUncertainty shared;
    private final SharedNoise noise;
    private final double inflation;
    private final double degreesOfFreedom;
    private final boolean hasVariances;
    private final boolean isByEstimate;
    private final @Nullable PriorBootstrap bootstrap;

    /**
     * Creates the averages.
     *
     * @param inflation see {@link FactorEffects#inflation}
     * @param degreesOfFreedom of what all units share
     * @param isByEstimate see {@link io.github.rowwise.internal.average.SelectedCells#isByEstimate}
     * @param bootstrap of the prior, or {@code null}
     */
    SelectedAverages(
            SelectedSums sums,
            FactorState state,
            SharedUncertainty shared,
            SharedNoise noise,
            double inflation,
            double degreesOfFreedom,
            boolean hasVariances,
            boolean isByEstimate,
            @Nullable PriorBootstrap bootstrap) {
        this.sums = sums;
        this.state = state;
        this.shared = shared;
        this.noise = noise;
        this.inflation = inflation;
        this.degreesOfFreedom = degreesOfFreedom;
        this.hasVariances = hasVariances;
        this.isByEstimate = isByEstimate;
        this.bootstrap = bootstrap;
    }

    @Override
    public List<GainDraw> draws(int arm, long seed) {
        return bootstrap == null ? List.of() : bootstrap.draws(arm, seed);
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

    /** The units of some groups together: their sums over the sum of their weights, and the correction of their average. */
    private final class Side {

        private final SelectedSums.Entry sums;

        /** Derivative of the average with respect to the prior mean of the effect on the constant. */
        private final double shrunk;

        private final double correction;

        /** Variance of the correction over the square of {@link #shrunk}. */
        private final double variance;

        Side(int arm, int average, int[] groups) {
            double weight = 0;
            for (int group : groups) {
                weight += weight(arm, average, group);
            }
            this.sums = new SelectedSums.Entry(
                    state.size, state.periods(), SharedParameters.of(state).count());
            for (int group : groups) {
                SelectedSums.Entry entry = SelectedAverages.this.sums.find(arm, average, group);
                if (entry != null) {
                    sums.add(entry, 1 / weight);
                }
            }
            SelectedSums.Shift shift = sums.shift;
            SelectedSums.Shift all = SelectedAverages.this.sums.all(arm, average);
            // One unit alone is shrunk for its own good; units that differ from all others together are not.
            double share = groups.length == 0 || isByEstimate ? 0 : 1 - shift.squares;
            double retained = Math.max(LEAST_RETAINED, shift.retained);
            double difference = shift.deviation - all.deviation / all.weight;
            this.shrunk = sums.sensitivity[state.size.firstEffect(arm)];
            this.correction = share * shrunk * difference / retained;
            this.variance = share * share * shift.variance / (retained * retained);
        }
    }

    @Override
    public Combination combine(int arm, int average, int[] plus, int[] minus) {
        Side left = new Side(arm, average, plus);
        Side right = new Side(arm, average, minus);
        SelectedSums.Entry total = left.sums;
        total.add(right.sums, -1);
        double ofUnits = inflation * total.unitVariance;
        double ofPrior = inflation
                * (SmallMatrices.form(
                                total.sensitivity, shared.meanCovariance(), total.sensitivity, total.sensitivity.length)
                        + ofCorrection(left, right, sums.all(arm, average)));
        double ofPeriods = noise.variance(total.cellWeights) + ofFactors(average, total.shares);
        double variance = hasVariances ? ofUnits + ofPrior + ofPeriods : Double.NaN;
        // The noise variances of few units are less certain than what all units share.
        double freedom = variance * variance / (inflation * inflation * total.spread);
        return new Combination(
                total.value + left.correction - right.correction,
                variance,
                ofPeriods,
                Math.min(degreesOfFreedom, Math.max(FactorEffects.MIN_DEGREES_OF_FREEDOM, freedom)));
    }

    /** Returns the variance of the corrections. Both sides are compared with the mean of all units, whose variance is in mu. */
    private static double ofCorrection(Side left, Side right, SelectedSums.Shift all) {
        double ofAll = all.variance / Math.max(LEAST_RETAINED * LEAST_RETAINED, all.retained * all.retained);
        double difference = left.shrunk - right.shrunk;
        double variance = left.shrunk * left.shrunk * left.variance
                + right.shrunk * right.shrunk * right.variance
                - difference * difference * ofAll;
        return Math.max(0, variance);
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
