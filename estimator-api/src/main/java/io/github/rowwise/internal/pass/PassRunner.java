package io.github.rowwise.internal.pass;

import io.github.rowwise.engine.Merge;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Runs passes over the rows of a panel and adds up what they find: over all units, wherever they are.
 *
 * <p>The core holds n-vectors of the units whose rows it reads, and all of these may be a part only of the panel's. So a
 * decision rests on sums alone, never on a loop over such a vector. Belongs to the thread of the fit.
 */
public interface PassRunner extends AutoCloseable {

    /** Is told of each pass. */
    FitProgressTracker progress();

    /**
     * One pass. An interrupt of the calling thread ends it; whichever way it ends, no thread is at work on it any more.
     *
     * @param worker makes the scratch of one thread, which is closed after the pass
     * @param kernel a pure function of a block; may also write the block's own rows of an n-vector
     * @param merge adds the later sum to the earlier one, and may change the earlier in place
     * @throws CancellationException if the thread is interrupted, which it stays
     */
    <W extends PassScratch, S> S reduceBlocks(Supplier<W> worker, BiFunction<W, RowBlock, S> kernel, Merge<S> merge);

    /**
     * Adds up what was found without reading rows.
     *
     * @param own of the units whose n-vectors are here, zero or the like where there are none
     * @return the same everywhere; {@code own} itself where all units are here
     */
    <S> S allReduce(S own, Merge<S> merge);

    /** The threads of this process that a fit may use between passes. */
    WorkerThreads workers();

    /** One pass that only writes the blocks' own rows of n-vectors. */
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
     * Runs over some of the rows that are spread over all, which is for a first look: its passes are not counted.
     *
     * @param every one block out of so many
     * @return to be used in between the passes of this one, and not to be closed
     */
    PassRunner subsample(int every);

    @Override
    void close();
}
