package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.factor.model.CheckpointCodec;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.pass.Sums;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decides which factors are tentatively dropped, and when. The first trial drops all weak factors together. After a
 * rejection, each trial drops the weakest.
 */
final class FactorPruning {

    /**
     * A factor is weak if its signal is below this many times its posterior variance.
     *
     * <p>The limit is higher in panels with many more units than periods. The strongest direction of pure noise has a
     * signal of about {@code sqrt(units / periods)}. A factor with a signal below {@code units / periods} determines a
     * unit's loading less precisely than the prior does, however many units share the factor.
     */
    private static final double WEAK_STRENGTH = 4;

    /** A factor below this limit is dropped unless the bound decreases. */
    private static final double NEGLIGIBLE_STRENGTH = 1;

    /** Factors below this limit are dropped together in any trial. */
    private static final double CERTAINLY_NEGLIGIBLE_STRENGTH = .3;

    /** Other trials must gain this share of the last iteration's increase of the bound. */
    private static final double MIN_GAIN_SHARE = .4;

    private static final int ITERATIONS_BETWEEN_TRIALS = 5;

    /** If one unit has more than this share of a factor's squared loadings, the factor is that unit's noise. */
    private static final double ONE_UNIT_SHARE = .5;

    private boolean allWeakAtOnce = true;
    private int nextTrial;

    void exchange(CheckpointCodec fields) {
        allWeakAtOnce = fields.flag(allWeakAtOnce);
        nextTrial = fields.count(nextTrial);
    }

    /**
     * A set of factors to be dropped tentatively.
     *
     * @param dropped whether each factor is dropped
     * @param count number of dropped factors
     * @param minStrength strength of the weakest factor
     */
    record Trial(boolean[] dropped, int count, double minStrength) {

        /**
         * Returns the minimum gain of the bound for which the trial is accepted, given its increase in the last
         * iteration.
         */
        double minGain(double increase) {
            return minStrength > NEGLIGIBLE_STRENGTH || count > 1 ? MIN_GAIN_SHARE * Math.max(increase, 0) : 0;
        }
    }

    boolean isDue(FactorState state, int iteration) {
        return state.size.rank() > 1 && iteration >= nextTrial;
    }

    /** Returns the next trial; {@code null} if no factor is weak. The factors must be sorted by decreasing strength. */
    @Nullable
    Trial trial(FactorState state, int units) {
        double[] strength = strengths(state);
        double minStrength = Arrays.stream(strength).min().orElse(Double.MAX_VALUE);
        double ratio = (double) units / state.periods();
        double weakLimit = Math.max(WEAK_STRENGTH * Math.max(1, Math.sqrt(ratio)), ratio);
        if (!(minStrength <= weakLimit)) {
            return null;
        }
        boolean[] dropped = new boolean[strength.length];
        int count = 0;
        // At least one factor remains.
        for (int k = strength.length - 1; k >= 0 && count < strength.length - 1; k--) {
            dropped[k] = strength[k] <= (allWeakAtOnce ? weakLimit : CERTAINLY_NEGLIGIBLE_STRENGTH);
            count += dropped[k] ? 1 : 0;
        }
        for (int k = 0; count == 0; k++) {
            dropped[k] = strength[k] <= minStrength;
            count += dropped[k] ? 1 : 0;
        }
        return new Trial(dropped, count, minStrength);
    }

    void reject(Trial trial, int iteration) {
        nextTrial = iteration + (allWeakAtOnce && trial.count > 1 ? 1 : ITERATIONS_BETWEEN_TRIALS);
        allWeakAtOnce = false;
    }

    /**
     * Finds the factors that are carried by a single unit.
     *
     * <p>Such a factor explains the unit's noise, so that the unit's effect is wrong but seems precise (a Heywood
     * case). The bound does not prevent this. A unit carries a factor if it has most of the squared loadings, both in
     * absolute terms and relative to each unit's noise variance. With both conditions, neither a large unit nor a quiet
     * one is mistaken for such a case. At least one factor remains.
     *
     * @return one flag per factor; {@code null} if there is no such factor
     */
    static boolean @Nullable [] carriedByOneUnit(FactorState state, PassRunner runner) {
        int rank = state.size.rank();
        boolean[] carried = new boolean[rank];
        int count = 0;
        for (int k = rank - 1; k >= 0 && count < rank - 1; k--) {
            carried[k] = largestShare(state, runner, k) > ONE_UNIT_SHARE;
            count += carried[k] ? 1 : 0;
        }
        return count == 0 ? null : carried;
    }

    /** Returns the largest share that a unit has in a factor: the smaller of its two shares. */
    private static double largestShare(FactorState state, PassRunner runner, int factor) {
        double[] squares = new double[state.units()];
        double[] sums = new double[2];
        for (int unit = 0; unit < squares.length; unit++) {
            double loading = state.coefficients[unit * state.size.coefficients() + 1 + factor];
            squares[unit] = loading * loading;
            sums[0] += squares[unit];
            sums[1] += squares[unit] / state.noise[unit];
        }
        double[] all = runner.allReduce(sums, Sums::add);
        double largest = 0;
        for (int unit = 0; unit < squares.length; unit++) {
            double share = Math.min(squares[unit] / all[0], squares[unit] / state.noise[unit] / all[1]);
            largest = Math.max(largest, share);
        }
        return runner.allReduce(largest, Math::max);
    }

    /** Returns the signal of each factor divided by its posterior variance. */
    private static double[] strengths(FactorState state) {
        int g = state.size.latent();
        double[] strength = new double[state.size.rank()];
        for (int k = 0; k < strength.length; k++) {
            double signal = 0;
            double variance = 0;
            for (int j = 0; j < state.periods(); j++) {
                signal += state.latent[k][j] * state.latent[k][j];
                variance += state.covariance[j][k * g + k];
            }
            strength[k] = signal / variance;
        }
        return strength;
    }
}
