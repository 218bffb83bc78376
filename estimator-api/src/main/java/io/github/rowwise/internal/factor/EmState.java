package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.factor.model.CheckpointCodec;
import io.github.rowwise.internal.factor.model.FactorState;
import org.jspecify.annotations.Nullable;

/** Where the iterations of a round stand, and what they remember of each other. */
final class EmState {

    final Squarem acceleration = new Squarem();
    final FactorPruning pruning = new FactorPruning();

    /** The bound as the last iteration left it. */
    double bound = Double.NEGATIVE_INFINITY;

    /** The state before a step that the next pass is to judge. */
    @Nullable
    FactorState beforeStep;

    private int iterations;

    /** How many iterations in a row have hardly raised the bound. */
    private int still;

    /** Iterations that are finished. */
    int iterations() {
        return iterations;
    }

    /**
     * Takes the bound that an iteration reached.
     *
     * @param least a rise below this counts as standing still
     */
    void accept(double reached, double least) {
        still = reached - bound < least ? still + 1 : 0;
        bound = reached;
        iterations++;
    }

    boolean standsStill() {
        return still >= 2;
    }

    /** A state tells the sizes. */
    void exchange(CheckpointCodec fields, FactorState state) {
        acceleration.exchange(fields);
        pruning.exchange(fields);
        bound = fields.number(bound);
        beforeStep = FactorState.exchange(fields, beforeStep, state);
        iterations = fields.count(iterations);
        still = fields.count(still);
    }
}
