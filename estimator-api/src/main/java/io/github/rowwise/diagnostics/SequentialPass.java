package io.github.rowwise.diagnostics;

import io.github.rowwise.effects.InternalEffects;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.engine.Merge;
import io.github.rowwise.internal.pass.FitProgressTracker;
import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.Panel;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Passes of diagnostics over the rows of a panel or of a shard. */
final class SequentialPass {

    private SequentialPass() {}

    /** Opens a panel. */
    static PassRunner open(Panel panel) {
        FitProgressTracker progress = new FitProgressTracker(ignored -> {});
        progress.enter(FitProgressTracker.Stage.DIAGNOSTICS, 1, 1);
        return InternalPanels.runner(panel, 1, null, progress);
    }

    /** Opens the panel of a result for passes over residuals: outcomes lack what covariates explain of them. */
    static PassRunner openResiduals(UnitEffects effects) {
        return InternalEffects.explained(effects).adjust(open(effects.panel()));
    }

    /**
     * Adds the rows to one sum per process, unit by unit in the order of the panel, and reduces the sums over the shards.
     *
     * @param start makes the sum over no unit
     * @param add adds a block to a sum and returns the sum
     * @param merge adds the sum of another shard
     */
    static <S extends PassScratch> S over(
            Panel panel, Supplier<S> start, BiFunction<S, RowBlock, S> add, Merge<S> merge) {
        try (PassRunner runner = open(panel)) {
            return over(runner, start, add, merge);
        }
    }

    /** The same on an open runner of one thread. */
    static <S extends PassScratch> S over(
            PassRunner runner, Supplier<S> start, BiFunction<S, RowBlock, S> add, Merge<S> merge) {
        // One thread has one scratch, the sum, so the sums of its blocks are one object and there is nothing to add.
        return runner.reduceBlocks(start, add, (sum, more) -> sum == more ? sum : merge.apply(sum, more));
    }
}
