package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.factor.model.CheckpointCodec;
import io.github.rowwise.internal.factor.model.FactorState;
import org.jspecify.annotations.Nullable;

/** State of the iterations within one round. */
final class EmState {

    final Squarem acceleration = new Squarem();
    final FactorPruning pruning = new FactorPruning();

    /** The bound after the last iteration. */
    double bound = Double.NEGATIVE_INFINITY;

    /** The evidence and the statistic of the mean onset after the last iteration. */
    double evidence = Double.NEGATIVE_INFINITY;

    double onsetStatistic;

    /** The state before an extrapolation that the next pass may reject; {@code null} if there was none. */
    @Nullable
    FactorState beforeExtrapolation;

    private int iterations;

    /** Number of consecutive iterations with a negligible increase of the bound. */
    private int stalledIterations;

    /** Returns the state of a round that follows this one without a change of the fit. */
    EmState next() {
        EmState next = new EmState();
        next.bound = bound;
        next.evidence = evidence;
        next.onsetStatistic = onsetStatistic;
        return next;
    }

    /** Returns the number of completed iterations. */
    int iterations() {
        return iterations;
    }

    /**
     * Records the result of an iteration.
     *
     * @param value the new bound
     * @param statistic the new statistic of the mean onset
     * @param tolerance an increase below this is negligible
     */
    void accept(EvidenceBound.Value value, double statistic, double tolerance) {
        stalledIterations = value.bound() - bound < tolerance ? stalledIterations + 1 : 0;
        bound = value.bound();
        evidence = value.evidence();
        onsetStatistic = statistic;
        iterations++;
    }

    boolean hasStalled() {
        return stalledIterations >= 2;
    }

    /**
     * Reads or writes the state.
     *
     * @param state provides the array sizes
     */
    void exchange(CheckpointCodec fields, FactorState state) {
        acceleration.exchange(fields);
        pruning.exchange(fields);
        bound = fields.number(bound);
        evidence = fields.number(evidence);
        onsetStatistic = fields.number(onsetStatistic);
        beforeExtrapolation = FactorState.exchange(fields, beforeExtrapolation, state);
        iterations = fields.count(iterations);
        stalledIterations = fields.count(stalledIterations);
    }
}
