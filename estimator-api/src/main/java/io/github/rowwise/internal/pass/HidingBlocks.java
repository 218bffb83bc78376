package io.github.rowwise.internal.pass;

/** The row blocks of a panel without some of its cells, which are missing. No cell is stored: a block is changed as it is read. */
public final class HidingBlocks implements RowBlocks {

    /** Decides which cells of a unit are hidden. Is called by several threads. */
    @FunctionalInterface
    public interface Rule {

        /**
         * Hides cells of a unit.
         *
         * @param unit row of the panel
         * @param arms the arms of the unit's cells; those of hidden cells are set to {@link RowBlock#MISSING}
         */
        void hide(int unit, byte[] arms);
    }

    private final RowBlocks all;
    private final Rule rule;

    /** Creates a view of blocks. */
    public HidingBlocks(RowBlocks all, Rule rule) {
        this.all = all;
        this.rule = rule;
    }

    @Override
    public int count() {
        return all.count();
    }

    @Override
    public RowBlock read(int index, BlockBuffer buffer) {
        RowBlock block = all.read(index, buffer);
        int columns = block.columns();
        int cells = block.arms().length;
        // The arrays of a panel in memory are the panel's own; others are the buffer's.
        byte[] arms = buffer.arms(cells);
        double[] outcomes = buffer.outcomes(cells);
        if (block.arms() != arms) {
            System.arraycopy(block.arms(), 0, arms, 0, cells);
        }
        if (block.outcomes() != outcomes) {
            System.arraycopy(block.outcomes(), 0, outcomes, 0, cells);
        }
        byte[] row = new byte[columns];
        for (int r = 0; r < block.rows(); r++) {
            System.arraycopy(arms, r * columns, row, 0, columns);
            rule.hide(block.firstRow() + r, row);
            System.arraycopy(row, 0, arms, r * columns, columns);
        }
        clear(outcomes, arms);
        double[][] covariates = buffer.covariates(block.covariates().length, cells);
        for (int k = 0; k < covariates.length; k++) {
            if (block.covariates()[k] != covariates[k]) {
                System.arraycopy(block.covariates()[k], 0, covariates[k], 0, cells);
            }
            clear(covariates[k], arms);
        }
        return new RowBlock(block.firstRow(), block.rows(), columns, outcomes, arms, covariates);
    }

    /** Sets missing cells to 0. */
    private static void clear(double[] values, byte[] arms) {
        for (int cell = 0; cell < values.length; cell++) {
            values[cell] = arms[cell] == RowBlock.MISSING ? 0 : values[cell];
        }
    }
}
