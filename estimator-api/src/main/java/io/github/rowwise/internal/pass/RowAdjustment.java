package io.github.rowwise.internal.pass;

/** The covariates of a panel as a fit uses them: scaled, each with an instrument. */
public interface RowAdjustment {

    /** Of a panel without covariates. */
    RowAdjustment NONE = new RowAdjustment() {
        @Override
        public int covariates() {
            return 0;
        }

        @Override
        public void read(int covariate, RowBlock block, int row, double[] scaled, double[] instrument) {
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
     * @param instrument is set to its instrument
     */
    void read(int covariate, RowBlock block, int row, double[] scaled, double[] instrument);

    /** Returns the first coefficient of a scaled covariate, in units of the outcome. */
    double start(int covariate);

    /**
     * Returns the same for rows in which absent periods are columns.
     *
     * @param columns the column of each period, increasing
     * @param width number of columns
     */
    RowAdjustment spaced(int[] columns, int width);

    /** Returns a runner of rows without what first coefficients of the covariates explain of the outcomes. */
    PassRunner adjust(PassRunner runner);
}
