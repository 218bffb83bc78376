package io.github.rowwise.internal.pass;

import io.github.rowwise.engine.Merge;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Runs passes over the rows of a panel and adds up their results over all units.
 *
 * <p>The units may be distributed over several shards. An array with one entry per unit then has the units of one shard
 * only. Therefore decisions must depend on sums of this interface, never on a loop over such an array.
 *
 * <p>A runner is confined to the thread of the fit.
 */
public interface PassRunner extends AutoCloseable {

    /** Returns the tracker, which is notified of each pass. */
    FitProgressTracker progress();

    /**
     * Runs one pass and returns the sum of the kernel's results over all blocks. The pass ends early if the calling
     * thread is interrupted. No thread works on the pass after this method has returned or thrown.
     *
     * @param worker creates the scratch memory of one thread, which is closed after the pass
     * @param kernel a pure function of a block; it may also write the entries of the block's units in an array with one
     *     entry per unit
     * @param merge adds a later sum to an earlier one, and may modify the earlier sum in place
     * @throws CancellationException if the thread is interrupted; its interrupt status stays set
     */
    <W extends PassScratch, S> S reduceBlocks(Supplier<W> worker, BiFunction<W, RowBlock, S> kernel, Merge<S> merge);

    /**
     * Adds up results of the shards without reading rows.
     *
     * @param contribution this shard's contribution; the identity element if it has no units
     * @return the sum over all shards; {@code contribution} itself if all units are local
     */
    <S> S allReduce(S contribution, Merge<S> merge);

    /** The threads of this process that a fit may use between passes. */
    WorkerThreads workers();

    /** Runs one pass whose kernel only writes the entries of the block's units in arrays with one entry per unit. */
    default <W extends PassScratch> void forEachBlock(Supplier<W> worker, BiConsumer<W, RowBlock> kernel) {
        reduceBlocks(
                worker,
                (scratch, block) -> {
                    kernel.accept(scratch, block);
                    return Boolean.TRUE;
                },
                Boolean::logicalAnd);
    }

    /**
     * Returns a runner for a sample of the rows, spread evenly over the panel. Its passes are neither counted nor
     * reported.
     *
     * @param every reads one block in this many
     * @return a runner to be used between passes of this one; it must not be closed
     */
    PassRunner subsample(int every);

    @Override
    void close();
}
