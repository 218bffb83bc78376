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

    /** The state before an extrapolation that the next pass may reject; {@code null} if there was none. */
    @Nullable
    FactorState beforeExtrapolation;

    private int iterations;

    /** Number of consecutive iterations with a negligible increase of the bound. */
    private int stalledIterations;

    /** Returns the number of completed iterations. */
    int iterations() {
        return iterations;
    }

    /**
     * Records the result of an iteration.
     *
     * @param newBound the new bound
     * @param tolerance an increase below this is negligible
     */
    void accept(double newBound, double tolerance) {
        stalledIterations = newBound - bound < tolerance ? stalledIterations + 1 : 0;
        bound = newBound;
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
        beforeExtrapolation = FactorState.exchange(fields, beforeExtrapolation, state);
        iterations = fields.count(iterations);
        stalledIterations = fields.count(stalledIterations);
    }
}
