package io.github.rowwise.internal.covariate;

import io.github.rowwise.internal.pass.RowBlock;
import java.util.Arrays;

/**
 * The covariates as a fit uses them: centred by unit and period, and divided by their root mean square.
 *
 * @param centring of the covariates
 * @param commonParts of the centred covariates
 * @param scales by which both are divided
 */
record CovariateSeries(CovariateCentring centring, CommonPart[] commonParts, double[] scales) {

    /** Returns the same for rows in which absent periods are columns. */
    CovariateSeries spaced(int[] columns, int width) {
        CommonPart[] parts = new CommonPart[commonParts.length];
        Arrays.setAll(parts, k -> commonParts[k].spaced(columns, width));
        return new CovariateSeries(centring.spaced(columns, width), parts, scales);
    }

    /** Reads one row; the values of missing cells are undefined. */
    void read(int covariate, RowBlock block, int row, double[] scaled, double[] instrument) {
        int m = block.columns();
        int unit = block.firstRow() + row;
        double[] values = block.covariates()[covariate];
        double[] means = centring.periodMeans()[covariate];
        double mean = centring.unitMeans()[covariate][unit];
        double factor = 1 / scales[covariate];
        for (int j = 0; j < m; j++) {
            double centred = values[row * m + j] - means[j] - mean;
            scaled[j] = centred * factor;
            instrument[j] = centred;
        }
        commonParts[covariate].subtract(unit, instrument);
        for (int j = 0; j < m; j++) {
            instrument[j] *= factor;
        }
    }

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
