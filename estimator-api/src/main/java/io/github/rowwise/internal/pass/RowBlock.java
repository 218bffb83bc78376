package io.github.rowwise.internal.pass;

/**
 * Consecutive rows of a panel, row-major: one row per unit, one column per period. Passes process one block at a time.
 *
 * <p>A missing cell has arm {@link #MISSING} and outcome 0, so that outcomes are always finite.
 */
public final class RowBlock {

    /** The arm of a cell that was not observed. */
    public static final byte MISSING = -1;

    /** The covariates of a panel without any. */
    public static final double[][] NO_COVARIATES = {};

    private static final int CELLS = 1 << 17;
    private static final int TILE_ROWS = 32;

    private final int firstRow;
    private final int rows;
    private final int columns;
    private final double[] outcomes;
    private final byte[] arms;
    private final double[][] covariates;

    /** Wraps arrays of {@code rows x columns} cells without copying them. */
    public RowBlock(int firstRow, int rows, int columns, double[] outcomes, byte[] arms) {
        this(firstRow, rows, columns, outcomes, arms, NO_COVARIATES);
    }

    /**
     * Wraps arrays of {@code rows x columns} cells without copying them.
     *
     * @param covariates one array per covariate, 0 for a missing cell
     */
    public RowBlock(int firstRow, int rows, int columns, double[] outcomes, byte[] arms, double[][] covariates) {
        this.firstRow = firstRow;
        this.rows = rows;
        this.columns = columns;
        this.outcomes = outcomes;
        this.arms = arms;
        this.covariates = covariates;
    }

    /**
     * Returns the number of rows of a block. It depends on the width only, not on threads or machine, because the
     * blocks determine the order in which sums are added.
     */
    public static int defaultRows(int columns) {
        int rows = CELLS / Math.max(columns, 1);
        return Math.max(TILE_ROWS, rows / TILE_ROWS * TILE_ROWS);
    }

    /** Returns the number of blocks of {@code blockRows} rows; the last block may have fewer. */
    public static int count(int rows, int blockRows) {
        return -Math.floorDiv(-rows, blockRows);
    }

    /** Returns the index of the first row in the panel. */
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

    /** Returns the outcomes, row-major. The array is not copied. */
    public double[] outcomes() {
        return outcomes;
    }

    /** Returns the arms, row-major. The array is not copied. */
    public byte[] arms() {
        return arms;
    }

    /** Returns one array per covariate, row-major; a missing cell has 0. The arrays are not copied. */
    public double[][] covariates() {
        return covariates;
    }
}
