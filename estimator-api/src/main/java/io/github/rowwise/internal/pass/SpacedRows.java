package io.github.rowwise.internal.pass;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * Makes absent periods columns without cells, so that neighbouring columns are neighbours in time. Each block is copied to the
 * same arrays.
 */
final class SpacedRows implements UnaryOperator<RowBlock> {

    /** The column of each period. */
    private final int[] columns;

    private final int width;
    private double[] outcomes = {};
    private byte[] arms = {};
    private double[][] covariates = RowBlock.NO_COVARIATES;

    /**
     * Creates the change.
     *
     * @param columns the column of each period, increasing
     * @param width number of columns
     */
    SpacedRows(int[] columns, int width) {
        this.columns = columns;
        this.width = width;
    }

    @Override
    public RowBlock apply(RowBlock block) {
        int cells = block.rows() * width;
        if (arms.length != cells) {
            outcomes = new double[cells];
            arms = new byte[cells];
            covariates = new double[block.covariates().length][cells];
            Arrays.fill(arms, RowBlock.MISSING);
        }
        for (int row = 0; row < block.rows(); row++) {
            for (int period = 0; period < columns.length; period++) {
                int from = row * columns.length + period;
                int to = row * width + columns[period];
                outcomes[to] = block.outcomes()[from];
                arms[to] = block.arms()[from];
                for (int k = 0; k < covariates.length; k++) {
                    covariates[k][to] = block.covariates()[k][from];
                }
            }
        }
        return new RowBlock(block.firstRow(), block.rows(), width, outcomes, arms, covariates);
    }
}
