package io.github.rowwise.cli.input.panel;

/** Receives the cells of a panel in any order. */
@FunctionalInterface
interface CellSink {

    /**
     * Receives a cell.
     *
     * @param unit index of the unit
     * @param period index of the period
     * @param arm the arm, 0 for control, or -1 if the outcome is missing
     * @param outcome the outcome, NaN if it is missing
     * @param covariates one number per covariate, NaN where missing; the array is reused after the call
     */
    void set(int unit, int period, int arm, double outcome, double[] covariates);
}
