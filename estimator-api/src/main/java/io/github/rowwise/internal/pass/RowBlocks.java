package io.github.rowwise.internal.pass;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The row blocks of a panel, in memory or in a file. Several threads may read blocks at the same time, each with its
 * own buffer.
 *
 * <p>An iterator reads the blocks into the same arrays: a block is valid until the next one is read.
 */
public interface RowBlocks extends Iterable<RowBlock> {

    /** No blocks. */
    RowBlocks NONE = of(List.of());

    int count();

    /**
     * Reads a block.
     *
     * @param buffer may provide the arrays of the block, which is then valid until the buffer is used again
     */
    RowBlock read(int index, BlockBuffer buffer);

    /**
     * Copies consecutive rows of one block; a missing cell has outcome 0.
     *
     * @param index the block
     * @param from its first row to copy, from 0
     * @param rows how many
     * @param to the arrays to fill
     * @param at where in them the first row goes, in cells
     * @param room may be used on the way
     */
    default void copyRows(int index, int from, int rows, RowArrays to, int at, BlockBuffer room) {
        RowBlock block = read(index, room);
        int columns = block.columns();
        System.arraycopy(block.outcomes(), from * columns, to.outcomes(), at, rows * columns);
        System.arraycopy(block.arms(), from * columns, to.arms(), at, rows * columns);
    }

    /**
     * Arrays for rows of cells, row-major.
     *
     * @param outcomes of each cell
     * @param arms of each cell
     */
    record RowArrays(double[] outcomes, byte[] arms) {}

    /** Returns blocks that are already in memory. */
    static RowBlocks of(List<RowBlock> blocks) {
        List<RowBlock> copy = List.copyOf(blocks);
        return new RowBlocks() {
            @Override
            public int count() {
                return copy.size();
            }

            @Override
            public RowBlock read(int index, BlockBuffer buffer) {
                return copy.get(index);
            }
        };
    }

    /** Returns every {@code step}-th block, starting with the first. */
    default RowBlocks every(int step) {
        RowBlocks all = this;
        return new RowBlocks() {
            @Override
            public int count() {
                return (all.count() + step - 1) / step;
            }

            @Override
            public RowBlock read(int index, BlockBuffer buffer) {
                return all.read(index * step, buffer);
            }
        };
    }

    @Override
    default Iterator<RowBlock> iterator() {
        BlockBuffer buffer = new BlockBuffer();
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < count();
            }

            @Override
            public RowBlock next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return read(next++, buffer);
            }
        };
    }
}
