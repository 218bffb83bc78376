package io.github.rowwise.internal.pass;

/**
 * Some consecutive rows of the panel: the unit of work of every pass.
 *
 * <p>Row-major. A missing cell has arm {@link #MISSING} and outcome 0, so that outcomes are always finite.
 */
public final class RowBlock {

    /** The arm of a cell that was not observed. */
    public static final byte MISSING = -1;

    private static final int CELLS = 1 << 17;
    private static final int TILE_ROWS = 32;

    private final int firstRow;
    private final int rows;
    private final int columns;
    private final double[] outcomes;
    private final byte[] arms;

    /** Wraps the arrays without copying; both hold rows x columns cells. */
    public RowBlock(int firstRow, int rows, int columns, double[] outcomes, byte[] arms) {
        this.firstRow = firstRow;
        this.rows = rows;
        this.columns = columns;
        this.outcomes = outcomes;
        this.arms = arms;
    }

    /**
     * The number of rows of a block, from the width alone: it must not depend on threads or machine, because the
     * blocks fix the order in which sums are added.
     */
    public static int defaultRows(int columns) {
        int rows = CELLS / Math.max(columns, 1);
        return Math.max(TILE_ROWS, rows / TILE_ROWS * TILE_ROWS);
    }

    /** How many blocks of a height make so many rows; the last may be lower. */
    public static int count(int rows, int blockRows) {
        return -Math.floorDiv(-rows, blockRows);
    }

    /** Index in the panel of this block's first row. */
    public int firstRow() {
        return firstRow;
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    public boolean holds(int row) {
        return firstRow <= row && row < firstRow + rows;
    }

    /** The outcomes, shared, row-major. */
    public double[] outcomes() {
        return outcomes;
    }

    /** The arms, shared, row-major. */
    public byte[] arms() {
        return arms;
    }
}
