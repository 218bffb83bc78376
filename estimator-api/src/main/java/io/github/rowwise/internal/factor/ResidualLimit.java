package io.github.rowwise.internal.factor;

import org.jspecify.annotations.Nullable;

/**
 * Huber's rule for heavy-tailed noise: a cell's outcome is moved so that its residual, given the cells beside it, lies
 * within three of its standard deviations of a fit made before. Nothing is stored by cell: the fit is.
 *
 * <p>Source: Huber (1964), doi:10.1214/aoms/1177703732 (pseudo-observations).
 */
final class ResidualLimit {

    private static final double DEVIATIONS = 3;

    /** A cell beside an outlier is judged again once that is moved. */
    private static final int ROUNDS = 2;

    private final @Nullable FactorState fit;

    private ResidualLimit(@Nullable FactorState fit) {
        this.fit = fit;
    }

    static ResidualLimit none() {
        return new ResidualLimit(null);
    }

    static ResidualLimit around(FactorState fit) {
        return new ResidualLimit(fit.copy());
    }

    /** Changes the outcomes that were read. */
    void apply(TileCells cells, int firstUnit, int rows) {
        FactorState around = fit;
        if (around == null) {
            return;
        }
        double[] residuals = new double[around.periods()];
        double[] limited = new double[around.periods()];
        for (int row = 0; row < rows; row++) {
            int unit = firstUnit + row;
            residuals(around, cells, row, unit, residuals);
            limit(cells.pair(row), residuals, around.correlation[unit], around.noise[unit], limited);
            double[] outcome = cells.outcome(row);
            double[] observed = cells.observed(row);
            for (int j = 0; j < outcome.length; j++) {
                outcome[j] += observed[j] * (limited[j] - residuals[j]);
            }
        }
    }

    /** What the fit leaves of the row's observed outcomes. */
    private static void residuals(FactorState fit, TileCells cells, int row, int unit, double[] target) {
        Dimensions size = fit.size;
        int start = unit * size.coefficients();
        double[] x = fit.coefficients;
        double[] nu = fit.latent[size.rank()];
        double[] treated = cells.treated(row);
        double[] observed = cells.observed(row);
        double[] outcome = cells.outcome(row);
        for (int j = 0; j < target.length; j++) {
            target[j] = outcome[j] - nu[j] - x[start] - treated[j] * x[start + size.levels()];
        }
        for (int k = 0; k < size.rank(); k++) {
            double level = x[start + 1 + k];
            double effect = size.constantEffects() ? 0 : x[start + size.levels() + 1 + k];
            double[] factor = fit.latent[k];
            for (int j = 0; j < target.length; j++) {
                target[j] -= factor[j] * (level + treated[j] * effect);
            }
        }
        for (int j = 0; j < target.length; j++) {
            target[j] *= observed[j];
        }
    }

    private static void limit(double[] pair, double[] residuals, double rho, double noise, double[] limited) {
        int m = residuals.length;
        System.arraycopy(residuals, 0, limited, 0, m);
        double[] former = new double[m];
        for (int round = 0; round < ROUNDS; round++) {
            System.arraycopy(limited, 0, former, 0, m);
            for (int j = 0; j < m; j++) {
                boolean last = j + 1 == m;
                double neighbours = pair[j] + (last ? 0 : pair[j + 1]);
                double beside = (j > 0 ? pair[j] * former[j - 1] : 0) + (last ? 0 : pair[j + 1] * former[j + 1]);
                double precision = 1 + rho * rho * (neighbours - 1);
                double surprise = residuals[j] - rho * beside / precision;
                double most = DEVIATIONS * Math.sqrt(noise / precision);
                limited[j] = residuals[j] - (surprise - Math.max(-most, Math.min(most, surprise)));
            }
        }
    }
}
