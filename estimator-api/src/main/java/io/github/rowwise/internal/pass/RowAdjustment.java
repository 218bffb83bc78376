package io.github.rowwise.internal.pass;

import java.util.function.UnaryOperator;

/** The covariates of a panel as a fit uses them: scaled, each with an instrument. */
public interface RowAdjustment {

    /** Of a panel without covariates. */
    RowAdjustment NONE = new RowAdjustment() {
        @Override
        public int covariates() {
            return 0;
        }

        @Override
        public void readScaled(int covariate, RowBlock block, int row, double[] scaled) {
            throw new IllegalStateException("no covariates");
        }

        @Override
        public void readInstrument(int covariate, RowBlock block, int row, double[] scaled, double[] instrument) {
            throw new IllegalStateException("no covariates");
        }

        @Override
        public double start(int covariate) {
            return 0;
        }

        @Override
        public RowAdjustment spaced(int[] columns, int width) {
            return this;
        }

        @Override
        public UnaryOperator<RowBlock> unexplained() {
            return UnaryOperator.identity();
        }

        @Override
        public PassRunner adjust(PassRunner runner) {
            return runner;
        }
    };

    /** Returns the number of covariates. */
    int covariates();

    /**
     * Reads a covariate of a row. The values of missing cells are undefined.
     *
     * @param block rows of the panel itself
     * @param scaled is set to the scaled covariate, one value per period
     */
    void readScaled(int covariate, RowBlock block, int row, double[] scaled);

    /**
     * Reads the instrument of a covariate of a row. The values of missing cells are undefined.
     *
     * @param scaled as {@link #readScaled} has set it
     * @param instrument is set to the instrument, one value per period
     */
    void readInstrument(int covariate, RowBlock block, int row, double[] scaled, double[] instrument);

    /** Returns the coefficient of a scaled covariate that a fit starts from, in units of the outcome. */
    double start(int covariate);

    /**
     * Returns the same for rows in which absent periods are columns.
     *
     * @param columns the column of each period, increasing
     * @param width number of columns
     */
    RowAdjustment spaced(int[] columns, int width);

    /**
     * Returns a change of rows that subtracts from their outcomes what the coefficients explain. It is for one thread, and may
     * return the same arrays for each block.
     */
    UnaryOperator<RowBlock> unexplained();

    /** Returns a runner of rows without what the coefficients explain of the outcomes. */
    default PassRunner adjust(PassRunner runner) {
        return new TransformedRunner(runner, this::unexplained);
    }
}
