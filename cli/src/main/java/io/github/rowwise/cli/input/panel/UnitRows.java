package io.github.rowwise.cli.input.panel;

/** Receives the rows of a panel, one unit per call, in the order of the units. */
@FunctionalInterface
interface UnitRows {

    /**
     * Receives the next unit. The arrays are reused after the call.
     *
     * @param arms the arm in each period, 0 for control, or -1 if the outcome is missing
     * @param outcomes the outcome in each period, NaN if it is missing
     * @param covariates one row per covariate, of the number in each period, NaN if it is missing
     */
    void add(byte[] arms, double[] outcomes, double[][] covariates);
}
