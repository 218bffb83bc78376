package io.github.rowwise.panel;

import io.github.rowwise.internal.pass.BlockBuffer;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.RowBlocks;

/** In place of the cells of a panel that has none any more. */
final class ReleasedBlocks implements RowBlocks {

    @Override
    public int count() {
        throw released();
    }

    @Override
    public RowBlock read(int index, BlockBuffer room) {
        throw released();
    }

    @Override
    public void copyRows(int index, int from, int rows, RowArrays to, int at, BlockBuffer room) {
        throw released();
    }

    private static IllegalStateException released() {
        return new IllegalStateException(
                "the panel of a detached or loaded result has names and sizes only: use the panel that was fitted for its cells");
    }
}
