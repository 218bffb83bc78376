package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.factor.model.CheckpointCodec;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.pass.Sums;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Which factors are tried without, and when: first all weak ones at once, once that is rejected the weakest. */
final class FactorPruning {

    /**
     * A factor with less signal than this many times its posterior variance is tried without. More where units are many: the
     * strongest direction of mere noise has a signal of about the root of units over periods, and one below units over periods
     * tells less of a unit's loading than its prior does, however many units agree on it.
     */
    private static final double WEAK = 4;

    /** One with less than its posterior variance goes unless the bound falls. */
    private static final double DEAD = 1;

    /** All below this go at once in any trial. */
    private static final double ALL_DEAD = .3;

    /** Other trials are accepted if they gain this share of the last iteration's rise. */
    private static final double GAIN = .4;

    private static final int ITERATIONS_BETWEEN_TRIALS = 5;

    /** A factor of which one unit carries more than this is that unit's noise. */
    private static final double ONE_UNIT = .5;

    private boolean allWeakAtOnce = true;
    private int next;

    void exchange(CheckpointCodec fields) {
        allWeakAtOnce = fields.flag(allWeakAtOnce);
        next = fields.count(next);
    }

    /**
     * A trial.
     *
     * @param count how many factors are dropped
     * @param least strength of the weakest
     */
    record Trial(boolean[] dropped, int count, double least) {

        /** What the bound must gain, given its rise in the last iteration. */
        double leastGain(double rise) {
            return least > DEAD || count > 1 ? GAIN * Math.max(rise, 0) : 0;
        }
    }

    boolean isDue(FactorState state, int iteration) {
        return state.size.rank() > 1 && iteration >= next;
    }

    /** The next trial, {@code null} where no factor is weak; factors come strongest first. */
    @Nullable
    Trial trial(FactorState state, int units) {
        double[] strength = strengths(state);
        double least = Arrays.stream(strength).min().orElse(Double.MAX_VALUE);
        double ratio = (double) units / state.periods();
        double weak = Math.max(WEAK * Math.max(1, Math.sqrt(ratio)), ratio);
        if (!(least <= weak)) {
            return null;
        }
        boolean[] dropped = new boolean[strength.length];
        int count = 0;
        // Always leave one.
        for (int k = strength.length - 1; k >= 0 && count < strength.length - 1; k--) {
            dropped[k] = strength[k] <= (allWeakAtOnce ? weak : ALL_DEAD);
            count += dropped[k] ? 1 : 0;
        }
        for (int k = 0; count == 0; k++) {
            dropped[k] = strength[k] <= least;
            count += dropped[k] ? 1 : 0;
        }
        return new Trial(dropped, count, least);
    }

    void reject(Trial trial, int iteration) {
        next = iteration + (allWeakAtOnce && trial.count > 1 ? 1 : ITERATIONS_BETWEEN_TRIALS);
        allWeakAtOnce = false;
    }

    /**
     * Which factors a single unit carries, whatever the bound says: such a factor takes the unit's noise for signal, and
     * the unit's effect comes out as sure as it is wrong (a Heywood case). Judged by the sum of squared loadings both as it
     * is and in units of each unit's noise, so that neither a large unit nor a quiet one is taken for it. At least one
     * factor stays.
     *
     * @return {@code null} where there is none
     */
    static boolean @Nullable [] ofOneUnit(FactorState state, PassRunner runner) {
        int rank = state.size.rank();
        boolean[] carried = new boolean[rank];
        int count = 0;
        for (int k = rank - 1; k >= 0 && count < rank - 1; k--) {
            carried[k] = largestShare(state, runner, k) > ONE_UNIT;
            count += carried[k] ? 1 : 0;
        }
        return count == 0 ? null : carried;
    }

    /** The largest share of a unit, the lesser of its two. */
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

    /** Each factor's signal over its posterior variance. */
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
