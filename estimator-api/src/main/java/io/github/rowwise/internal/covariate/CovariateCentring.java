package io.github.rowwise.internal.covariate;

import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.Sums;

/**
 * Means of units and periods of several series, by alternating averages. The series are the covariates and, as the last one
 * where it is asked for, the outcome.
 *
 * @param unitMeans by series and local unit
 * @param periodMeans by series and period
 * @param variances of the centred series over the cells
 * @param cells number of cells
 * @param units by series: the power of two that the values are multiplied by first, so that squares stay finite
 */
record CovariateCentring(
        double[][] unitMeans, double[][] periodMeans, double[] variances, double cells, double[] units) {

    private static final PassScratch NO_SCRATCH = new PassScratch() {};

    /** Which cells the means are taken over. */
    enum Cells {
        OBSERVED,
        CONTROL;

        boolean include(byte arm) {
            return this == CONTROL ? arm == 0 : arm != RowBlock.MISSING;
        }
    }

    /**
     * Computes the means.
     *
     * @param units one per covariate, and one more if the outcome is a further series
     * @param tolerance the iteration ends when no mean of a period changes by more than this share of the series' standard
     *     deviation
     * @param rounds maximum number of passes
     */
    static CovariateCentring of(PanelView view, double[] units, Cells cells, double tolerance, int rounds) {
        int periods = view.periods();
        int series = units.length;
        double[][] unitMeans = new double[series][view.units()];
        double[][] periodMeans = new double[series][periods];
        double[] variances = new double[series];
        double count = 0;
        double change = Double.POSITIVE_INFINITY;
        for (int round = 0; round < rounds && !(change <= tolerance); round++) {
            double[] sums = view.runner()
                    .reduceBlocks(
                            () -> NO_SCRATCH,
                            (scratch, block) -> sums(block, cells, units, unitMeans, periodMeans),
                            Sums::add);
            count = 0;
            for (int j = 0; j < periods; j++) {
                count += sums[series * (periods + 1) + j];
            }
            change = 0;
            for (int s = 0; s < series; s++) {
                int at = s * (periods + 1);
                variances[s] = sums[at + periods] / count;
                for (int j = 0; j < periods; j++) {
                    double members = sums[series * (periods + 1) + j];
                    double step = members > 0 ? sums[at + j] / members : 0;
                    periodMeans[s][j] += step;
                    if (variances[s] > 0) {
                        change = Math.max(change, Math.abs(step) / Math.sqrt(variances[s]));
                    }
                }
            }
        }
        return new CovariateCentring(unitMeans, periodMeans, variances, count, units);
    }

    /**
     * Sets the units' means given those of the periods.
     *
     * @return by series: the sums of the centred series by period, and their sum of squares; then the number of cells by period
     */
    private static double[] sums(
            RowBlock block, Cells cells, double[] units, double[][] unitMeans, double[][] periodMeans) {
        int m = block.columns();
        int series = unitMeans.length;
        double[] sums = new double[series * (m + 1) + m];
        for (int row = 0; row < block.rows(); row++) {
            int unit = block.firstRow() + row;
            int count = 0;
            for (int j = 0; j < m; j++) {
                if (cells.include(block.arms()[row * m + j])) {
                    count++;
                    sums[series * (m + 1) + j]++;
                }
            }
            for (int s = 0; s < series && count > 0; s++) {
                double[] values = values(block, s);
                double[] means = periodMeans[s];
                double sum = 0;
                for (int j = 0; j < m; j++) {
                    if (cells.include(block.arms()[row * m + j])) {
                        sum += values[row * m + j] * units[s] - means[j];
                    }
                }
                double mean = sum / count;
                unitMeans[s][unit] = mean;
                for (int j = 0; j < m; j++) {
                    if (cells.include(block.arms()[row * m + j])) {
                        double centred = values[row * m + j] * units[s] - means[j] - mean;
                        sums[s * (m + 1) + j] += centred;
                        sums[s * (m + 1) + m] += centred * centred;
                    }
                }
            }
        }
        return sums;
    }

    private static double[] values(RowBlock block, int series) {
        return series < block.covariates().length ? block.covariates()[series] : block.outcomes();
    }

    /** Returns the same for rows in which absent periods are columns. */
    CovariateCentring spaced(int[] columns, int width) {
        double[][] spaced = new double[periodMeans.length][width];
        for (int s = 0; s < spaced.length; s++) {
            for (int j = 0; j < columns.length; j++) {
                spaced[s][columns[j]] = periodMeans[s][j];
            }
        }
        return new CovariateCentring(unitMeans, spaced, variances, cells, units);
    }

    /** Sets the cells of a row to a centred series, 0 for missing cells. */
    void centre(int series, RowBlock block, int row, double[] target) {
        int m = block.columns();
        double[] values = values(block, series);
        double[] means = periodMeans[series];
        double mean = unitMeans[series][block.firstRow() + row];
        for (int j = 0; j < m; j++) {
            int at = row * m + j;
            target[at] = block.arms()[at] == RowBlock.MISSING ? 0 : values[at] * units[series] - means[j] - mean;
        }
    }
}
