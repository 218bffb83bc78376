package io.github.rowwise.panel;

import io.github.rowwise.internal.pass.BlockBuffer;
import io.github.rowwise.internal.pass.HeapBlocks;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.RowBlocks;
import io.github.rowwise.internal.pass.RowBlocks.RowArrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads single cells and rows of a panel. Cells in memory are read where they are. Of a panel in a file, each thread keeps the
 * row that it read last, so that a scan in any order costs at most one small read per cell and no memory.
 */
final class CellReader {

    /** Cells to copy at a time, so that a buffer stays small. */
    private static final int CELLS = 1 << 13;

    private final RowBlocks blocks;
    private final @Nullable HeapBlocks heap;
    private final int blockRows;
    private final int rows;
    private final int columns;
    private final ThreadLocal<LastRow> last = ThreadLocal.withInitial(LastRow::new);

    CellReader(RowBlocks blocks, int blockRows, int rows, int columns) {
        this.blocks = blocks;
        this.heap = blocks instanceof HeapBlocks inMemory ? inMemory : null;
        this.blockRows = blockRows;
        this.rows = rows;
        this.columns = columns;
    }

    byte arm(int row, int column) {
        return heap != null ? heap.arm(row, column) : lastRow(row).arrays.arms()[column];
    }

    /** NaN where the outcome is missing. */
    double outcome(int row, int column) {
        if (arm(row, column) == RowBlock.MISSING) {
            return Double.NaN;
        }
        return heap != null ? heap.outcome(row, column) : lastRow(row).arrays.outcomes()[column];
    }

    /** Fills the arrays with consecutive rows; outcomes are NaN where missing. */
    void read(int firstRow, int count, double[] outcomes, byte[] arms) {
        RowArrays to = new RowArrays(outcomes, arms);
        BlockBuffer room = heap == null ? last.get().room : new BlockBuffer();
        int most = Math.max(1, CELLS / columns);
        for (int done = 0; done < count; ) {
            int row = firstRow + done;
            int block = row / blockRows;
            int end = Math.min(rows, (block + 1) * blockRows);
            int now = Math.min(Math.min(count - done, end - row), heap == null ? most : count);
            blocks.copyRows(block, row % blockRows, now, to, done * columns, room);
            done += now;
        }
        for (int cell = 0; cell < count * columns; cell++) {
            outcomes[cell] = arms[cell] == RowBlock.MISSING ? Double.NaN : outcomes[cell];
        }
    }

    /** Returns a covariate of consecutive rows, NaN where a cell is missing. */
    double[] covariate(int covariate, int firstRow, int count) {
        double[] values = new double[count * columns];
        BlockBuffer room = new BlockBuffer();
        int last = (firstRow + count - 1) / blockRows;
        for (int index = firstRow / blockRows; count > 0 && index <= last; index++) {
            RowBlock block = blocks.read(index, room);
            int from = Math.max(firstRow, block.firstRow());
            int to = Math.min(firstRow + count, block.firstRow() + block.rows());
            for (int row = from; row < to; row++) {
                for (int column = 0; column < columns; column++) {
                    int cell = (row - block.firstRow()) * columns + column;
                    values[(row - firstRow) * columns + column] =
                            block.arms()[cell] == RowBlock.MISSING ? Double.NaN : block.covariates()[covariate][cell];
                }
            }
        }
        return values;
    }

    /** Visits all rows, read a few thousand cells at a time. */
    void forEachRow(RowVisitor visitor) {
        int most = Math.max(1, Math.min(rows, CELLS / columns));
        double[] outcomes = new double[most * columns];
        byte[] arms = new byte[most * columns];
        double[] rowOutcomes = new double[columns];
        byte[] rowArms = new byte[columns];
        for (int first = 0; first < rows; first += most) {
            int count = Math.min(most, rows - first);
            read(first, count, outcomes, arms);
            for (int row = 0; row < count; row++) {
                System.arraycopy(outcomes, row * columns, rowOutcomes, 0, columns);
                System.arraycopy(arms, row * columns, rowArms, 0, columns);
                visitor.visit(first + row, rowOutcomes, rowArms);
            }
        }
    }

    private LastRow lastRow(int row) {
        LastRow kept = last.get();
        if (kept.row != row) {
            kept.row = -1; // The row is incomplete if reading fails.
            blocks.copyRows(row / blockRows, row % blockRows, 1, kept.arrays, 0, kept.room);
            kept.row = row;
        }
        return kept;
    }

    /** One thread's. */
    private final class LastRow {
        private final RowArrays arrays = new RowArrays(new double[columns], new byte[columns]);
        private final BlockBuffer room = new BlockBuffer();
        private int row = -1;
    }
}
