package io.github.rowwise.internal.pass;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The blocks of a panel, from the first row to the last, wherever they are kept. May be read by several threads at once,
 * each with a room of its own.
 *
 * <p>Iterating gives the blocks one after another in the same arrays: each is good until the next.
 */
public interface RowBlocks extends Iterable<RowBlock> {

    /** Without a block. */
    RowBlocks NONE = of(List.of());

    int count();

    /** A block, in arrays that are kept or in those of {@code room}: good until the room is used again. */
    RowBlock read(int index, BlockBuffer room);

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

    /** Blocks that are in memory as they are. */
    static RowBlocks of(List<RowBlock> blocks) {
        List<RowBlock> kept = List.copyOf(blocks);
        return new RowBlocks() {
            @Override
            public int count() {
                return kept.size();
            }

            @Override
            public RowBlock read(int index, BlockBuffer room) {
                return kept.get(index);
            }
        };
    }

    /** One block out of so many, from the first on. */
    default RowBlocks every(int step) {
        RowBlocks all = this;
        return new RowBlocks() {
            @Override
            public int count() {
                return (all.count() + step - 1) / step;
            }

            @Override
            public RowBlock read(int index, BlockBuffer room) {
                return all.read(index * step, room);
            }
        };
    }

    @Override
    default Iterator<RowBlock> iterator() {
        BlockBuffer room = new BlockBuffer();
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
                return read(next++, room);
            }
        };
    }
}
