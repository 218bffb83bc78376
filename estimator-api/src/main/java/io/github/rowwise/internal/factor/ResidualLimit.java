package io.github.rowwise.internal.factor;

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

    /** What one thread needs to apply it, {@code null} where there is none. */
    @Nullable
    Applied applied() {
        FactorState around = fit;
        return around == null ? null : new Applied(around);
    }

    /** One thread's scratch. */
    static final class Applied {

        private final FactorState fit;
        private final double[][] extended;
        private final double[] residuals;
        private final double[] foretold;
        private final double[] precision;
        private final double[] most;
        private final double[] limited;
        private final double[] former;

        private Applied(FactorState fit) {
            int m = fit.periods();
            this.fit = fit;
            this.extended = new double[fit.size.levels()][];
            extended[0] = new double[m];
            Arrays.fill(extended[0], 1);
            System.arraycopy(fit.latent, 0, extended, 1, fit.size.rank());
            this.residuals = new double[m];
            this.foretold = new double[m];
            this.precision = new double[m];
            this.most = new double[m];
            this.limited = new double[m];
            this.former = new double[m];
        }

        /** Changes the outcomes that were read of a unit. */
        void apply(UnitCells cells, int unit, int index) {
            setResiduals(cells, unit, index);
            double rho = fit.correlation[index];
            setLimits(cells.bits(unit), rho, fit.noise[index]);
            System.arraycopy(residuals, 0, limited, 0, limited.length);
            for (int round = 0; round < ROUNDS; round++) {
                System.arraycopy(limited, 0, former, 0, former.length);
                setBeside(rho);
                limit();
                cells.bits(unit).clearMissing(limited);
            }
            double[] outcomes = cells.outcomes(unit);
            for (int j = 0; j < outcomes.length; j++) {
                outcomes[j] += limited[j] - residuals[j];
            }
        }

        /** What the fit leaves of the unit's outcomes, 0 where missing. */
        private void setResiduals(UnitCells cells, int unit, int index) {
            Dimensions size = fit.size;
            int start = index * size.coefficients();
            System.arraycopy(fit.latent[size.rank()], 0, residuals, 0, residuals.length);
            Rows.combine(fit.coefficients, start, extended, size.levels(), null, residuals);
            for (int arm = 1; arm < size.arms(); arm++) {
                int[] bits = cells.bits(unit).of(arm);
                int first = start + size.firstEffect(arm);
                Rows.combine(fit.coefficients, first, extended, size.effects(), bits, residuals);
            }
            double[] outcomes = cells.outcomes(unit);
            for (int j = 0; j < residuals.length; j++) {
                residuals[j] = outcomes[j] - residuals[j];
            }
            cells.bits(unit).clearMissing(residuals);
        }

        /** Each cell's precision given the cells beside it, over the innovation variance, and how far it may be out. */
        private void setLimits(CellBits bits, double rho, double noise) {
            double[] u = fit.precisions;
            int m = u.length;
            double square = rho * rho;
            for (int j = 0; j + 1 < m; j++) {
                precision[j] = u[j] + square * u[j + 1];
            }
            precision[m - 1] = u[m - 1];
            for (int word = 0; word < bits.starts.length; word++) {
                for (int left = bits.starts[word]; left != 0; left &= left - 1) {
                    int j = word * CellBits.WORD + Integer.numberOfTrailingZeros(left);
                    precision[j] -= square * u[j];
                }
                for (int left = bits.ends[word]; left != 0; left &= left - 1) {
                    int j = word * CellBits.WORD + Integer.numberOfTrailingZeros(left);
                    precision[j] -= square * u[j + 1];
                }
            }
            for (int j = 0; j < m; j++) {
                most[j] = DEVIATIONS * Math.sqrt(noise / precision[j]);
            }
        }

        /** What the cells beside foretell of each; where one is missing its residual is 0. */
        private void setBeside(double rho) {
            double[] u = fit.precisions;
            int last = u.length - 1;
            for (int j = 1; j < last; j++) {
                foretold[j] = u[j] * former[j - 1] + u[j + 1] * former[j + 1];
            }
            foretold[0] = last > 0 ? u[1] * former[1] : 0;
            foretold[last] = last > 0 ? u[last] * former[last - 1] : 0;
            for (int j = 0; j <= last; j++) {
                foretold[j] = rho * foretold[j] / precision[j];
            }
        }

        private void limit() {
            for (int j = 0; j < limited.length; j++) {
                double surprise = residuals[j] - foretold[j];
                limited[j] = foretold[j] + Math.max(-most[j], Math.min(most[j], surprise));
            }
        }
    }
}
