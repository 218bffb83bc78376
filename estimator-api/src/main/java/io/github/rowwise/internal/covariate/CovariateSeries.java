package io.github.rowwise.internal.covariate;

import io.github.rowwise.internal.pass.RowBlock;

/**
 * The covariates as a fit uses them: centred by unit and period, and divided by their root mean square.
 *
 * @param centring of the covariates
 * @param commonParts of the centred covariates
 * @param scales by which both are divided
 */
record CovariateSeries(CovariateCentring centring, CommonPart[] commonParts, double[] scales) {

    /**
     * Sets the cells of a row, 0 for missing ones.
     *
     * @param scaled is set to the scaled covariate
     * @param instrument is set to the scaled covariate without its common part
     */
    void set(int covariate, RowBlock block, int row, double[] scaled, double[] instrument) {
        int m = block.columns();
        centring.centre(covariate, block, row, scaled);
        System.arraycopy(scaled, row * m, instrument, row * m, m);
        commonParts[covariate].subtract(block, row, instrument);
        double factor = 1 / scales[covariate];
        for (int at = row * m; at < (row + 1) * m; at++) {
            scaled[at] *= factor;
            instrument[at] *= factor;
        }
    }
}
