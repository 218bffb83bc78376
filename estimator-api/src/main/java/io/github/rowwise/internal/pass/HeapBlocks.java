package io.github.rowwise.internal.pass;

import java.util.Arrays;

/**
 * The cells of a panel in heap memory. Outcomes are stored as doubles, or as floats that are converted whenever a block
 * is read.
 *
 * <p>One thread fills the blocks. Afterwards they are not modified.
 */
public final class HeapBlocks implements RowBlocks {

    /** The arm of a cell that was not set. */
    public static final byte UNSET = -2;

    private final int blockRows;
    private final int columns;
    private final byte[][] arms;

    /** One of these two arrays is empty. */
    private final double[][] doubles;

    private final float[][] floats;

    /** By block: one array per covariate. */
    private final double[][][] covariates;

    /** Creates blocks in which all cells are unset. */
    public HeapBlocks(int rows, int columns, int blockRows, boolean asFloats) {
        this(rows, columns, blockRows, asFloats, 0);
    }

    /**
     * Creates blocks in which all cells are unset.
     *
     * @param covariateCount number of covariates
     */
    public HeapBlocks(int rows, int columns, int blockRows, boolean asFloats, int covariateCount) {
        this.blockRows = blockRows;
        this.columns = columns;
        int count = RowBlock.count(rows, blockRows);
        this.arms = new byte[count][];
        this.doubles = new double[asFloats ? 0 : count][];
        this.floats = new float[asFloats ? count : 0][];
        this.covariates = new double[count][covariateCount][];
        for (int b = 0; b < count; b++) {
            int cells = Math.multiplyExact(Math.min(blockRows, rows - b * blockRows), columns);
            arms[b] = new byte[cells];
            Arrays.fill(arms[b], UNSET);
            if (asFloats) {
                floats[b] = new float[cells];
            } else {
                doubles[b] = new double[cells];
            }
            for (int k = 0; k < covariateCount; k++) {
                covariates[b][k] = new double[cells];
            }
        }
    }

    public byte arm(int row, int column) {
        return arms[row / blockRows][row % blockRows * columns + column];
    }

    public double outcome(int row, int column) {
        int block = row / blockRows;
        int cell = row % blockRows * columns + column;
        return floats.length > 0 ? floats[block][cell] : doubles[block][cell];
    }

    /** Sets a cell. The outcome must be 0 if the arm is {@link RowBlock#MISSING}. */
    public void set(int row, int column, byte arm, double outcome) {
        int block = row / blockRows;
        int cell = row % blockRows * columns + column;
        arms[block][cell] = arm;
        if (floats.length > 0) {
            floats[block][cell] = (float) outcome;
        } else {
            doubles[block][cell] = outcome;
        }
    }

    /** Sets the covariates of a cell, which must be 0 if the cell is missing. */
    public void setCovariates(int row, int column, double[] values) {
        double[][] block = covariates[row / blockRows];
        for (int k = 0; k < block.length; k++) {
            block[k][row % blockRows * columns + column] = values[k];
        }
    }

    /** Marks the cells that were not set as missing. */
    public void finish() {
        for (byte[] block : arms) {
            for (int cell = 0; cell < block.length; cell++) {
                if (block[cell] == UNSET) {
                    block[cell] = RowBlock.MISSING;
                }
            }
        }
    }

    @Override
    public int count() {
        return arms.length;
    }

    @Override
    public RowBlock read(int index, BlockBuffer buffer) {
        byte[] arm = arms[index];
        return new RowBlock(
                index * blockRows,
                arm.length / columns,
                columns,
                floats.length > 0 ? widen(floats[index], buffer.outcomes(arm.length)) : doubles[index],
                arm,
                covariates[index]);
    }

    @Override
    public void copyRows(int index, int from, int rows, RowArrays to, int at, BlockBuffer room) {
        int first = from * columns;
        int cells = rows * columns;
        System.arraycopy(arms[index], first, to.arms(), at, cells);
        if (floats.length > 0) {
            for (int k = 0; k < cells; k++) {
                to.outcomes()[at + k] = floats[index][first + k];
            }
        } else {
            System.arraycopy(doubles[index], first, to.outcomes(), at, cells);
        }
    }

    private static double[] widen(float[] narrow, double[] wide) {
        for (int cell = 0; cell < wide.length; cell++) {
            wide[cell] = narrow[cell];
        }
        return wide;
    }
}
