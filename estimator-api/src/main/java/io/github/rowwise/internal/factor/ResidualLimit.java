package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.RowBlock;
import java.util.Arrays;
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

    /** The limit; a state tells the sizes. */
    ResidualLimit through(CheckpointFields fields, FactorState state) {
        return new ResidualLimit(FactorState.through(fields, fit, state));
    }

    /** Changes the outcomes that were read of a unit. */
    void apply(byte[] arms, double[] outcomes, int unit) {
        FactorState around = fit;
        if (around == null) {
            return;
        }
        double[] residuals = residuals(around, arms, outcomes, unit);
        double[] limited = limit(arms, residuals, around.precisions, around.correlation[unit], around.noise[unit]);
        for (int j = 0; j < outcomes.length; j++) {
            outcomes[j] += limited[j] - residuals[j];
        }
    }

    /** What the fit leaves of the unit's outcomes, 0 where missing. */
    private static double[] residuals(FactorState fit, byte[] arms, double[] outcomes, int unit) {
        Dimensions size = fit.size;
        double[][] coefficients = new double[size.arms()][];
        int start = unit * size.coefficients();
        for (int arm = 0; arm < coefficients.length; arm++) {
            coefficients[arm] = Arrays.copyOfRange(fit.coefficients, start, start + size.levels());
            for (int k = 0; arm > 0 && k < size.effects(); k++) {
                coefficients[arm][k] += fit.coefficients[start + size.firstEffect(arm) + k];
            }
        }
        double[] nu = fit.latent[size.rank()];
        double[] residuals = new double[outcomes.length];
        for (int j = 0; j < residuals.length; j++) {
            if (arms[j] != RowBlock.MISSING) {
                double[] x = coefficients[arms[j]];
                double expected = nu[j] + x[0];
                for (int k = 0; k < size.rank(); k++) {
                    expected += fit.latent[k][j] * x[k + 1];
                }
                residuals[j] = outcomes[j] - expected;
            }
        }
        return residuals;
    }

    private static double[] limit(byte[] arms, double[] residuals, double[] precisions, double rho, double noise) {
        int m = residuals.length;
        double[] limited = residuals.clone();
        for (int round = 0; round < ROUNDS; round++) {
            double[] former = limited.clone();
            for (int j = 0; j < m; j++) {
                if (arms[j] != RowBlock.MISSING) {
                    // Where a neighbour is missing its residual is 0.
                    double next = j + 1 < m ? precisions[j + 1] : 0;
                    double beside =
                            (j > 0 ? precisions[j] * former[j - 1] : 0) + (j + 1 < m ? next * former[j + 1] : 0);
                    double precision = precisions[j] * (UnitCells.follows(arms, j) ? 1 : 1 - rho * rho);
                    precision += j + 1 < m && UnitCells.follows(arms, j + 1) ? next * rho * rho : 0;
                    double surprise = residuals[j] - rho * beside / precision;
                    double most = DEVIATIONS * Math.sqrt(noise / precision);
                    limited[j] = residuals[j] - (surprise - Math.max(-most, Math.min(most, surprise)));
                }
            }
        }
        return limited;
    }
}
