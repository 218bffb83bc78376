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
    FactorState beforeStep;

    private int iterations;

    /** Number of consecutive iterations with a negligible increase of the bound. */
    private int still;

    /** Returns the number of completed iterations. */
    int iterations() {
        return iterations;
    }

    /**
     * Records the result of an iteration.
     *
     * @param reached the new bound
     * @param tolerance an increase below this is negligible
     */
    void accept(double reached, double least) {
        still = reached - bound < least ? still + 1 : 0;
        bound = reached;
        iterations++;
    }

    boolean standsStill() {
        return still >= 2;
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
        beforeStep = FactorState.exchange(fields, beforeStep, state);
        iterations = fields.count(iterations);
        still = fields.count(still);
    }
}
