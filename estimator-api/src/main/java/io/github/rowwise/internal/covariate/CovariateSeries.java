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

    /** Returns the same without the common parts, which only instruments need. */
    CovariateSeries withoutInstruments() {
        return new CovariateSeries(centring, new CommonPart[0], scales);
    }

    /** Reads a scaled covariate of one row; the values of missing cells are undefined. */
    void readScaled(int covariate, RowBlock block, int row, double[] scaled) {
        int m = block.columns();
        double[] values = block.covariates()[covariate];
        double[] means = centring.periodMeans()[covariate];
        double mean = centring.unitMeans()[covariate][block.firstRow() + row];
        double unit = centring.units()[covariate];
        double factor = 1 / scales[covariate];
        for (int j = 0; j < m; j++) {
            scaled[j] = (values[row * m + j] * unit - means[j] - mean) * factor;
        }
    }

    /** Reads the instrument of a covariate in the same way. */
    void readInstrument(int covariate, RowBlock block, int row, double[] scaled, double[] instrument) {
        System.arraycopy(scaled, 0, instrument, 0, instrument.length);
        commonParts[covariate].subtract(block.firstRow() + row, 1 / scales[covariate], instrument);
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
