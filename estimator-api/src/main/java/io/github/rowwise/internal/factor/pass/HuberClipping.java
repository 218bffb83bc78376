package io.github.rowwise.internal.factor.pass;

import io.github.rowwise.internal.factor.kernel.CellBits;
import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.model.CheckpointCodec;
import io.github.rowwise.internal.factor.model.FactorState;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Huber's rule for heavy-tailed noise: a cell's outcome is moved so that its residual, given the cells beside it, lies
 * within three of its standard deviations of a fit made before. Only moved outcomes are kept, once they were looked for.
 *
 * <p>Source: Huber (1964), doi:10.1214/aoms/1177703732 (pseudo-observations).
 */
public final class HuberClipping {

    private static final double DEVIATIONS = 3;

    /** A cell beside an outlier is judged again once that is moved. */
    private static final int ROUNDS = 2;

    private static final double[] NONE = {};

    /** Moved outcomes are kept of units with one such cell in so many or fewer: a quarter of a byte a cell at the most. */
    private static final int MOST_KEPT = 64;

    private final @Nullable FactorState fit;

    /** By unit, period and outcome in turn of the cells that are moved; {@code null} before they were looked for. */
    private final double[] @Nullable [] moved;

    private HuberClipping(@Nullable FactorState fit) {
        this.fit = fit;
        this.moved = new double[fit == null ? 0 : fit.units()] @Nullable [];
    }

    public static HuberClipping none() {
        return new HuberClipping(null);
    }

    public static HuberClipping around(FactorState fit) {
        return new HuberClipping(fit.copy());
    }

    /** The limit; a state tells the sizes. */
    public HuberClipping exchange(CheckpointCodec fields, FactorState state) {
        return new HuberClipping(FactorState.exchange(fields, fit, state));
    }

    /** What one thread needs to apply it, {@code null} where there is none. */
    @Nullable
    Applied applied() {
        FactorState around = fit;
        return around == null ? null : new Applied(around, moved);
    }

    /** One thread's scratch. */
    static final class Applied {

        private final FactorState fit;
        private final double[] @Nullable [] moved;
        private final double[][] extended;
        private final double[] residuals;
        private final double[] precision;
        private final double[] surprise;
        private final double[] limited;
        private final double[] former;

        /** Cells that are moved or may be, in the order they were found. */
        private int[] out = new int[16];

        private int count;
        private final boolean[] listed;

        private Applied(FactorState fit, double[] @Nullable [] moved) {
            int m = fit.periods();
            this.fit = fit;
            this.moved = moved;
            this.extended = new double[fit.size.levels()][];
            extended[0] = new double[m];
            Arrays.fill(extended[0], 1);
            System.arraycopy(fit.latent, 0, extended, 1, fit.size.rank());
            this.residuals = new double[m];
            this.precision = new double[m];
            this.surprise = new double[m];
            this.limited = new double[m];
            this.former = new double[m];
            this.listed = new boolean[m];
        }

        /** Changes the outcomes that were read of a unit. */
        void apply(UnitCells cells, int unit, int index) {
            double[] known = moved[index];
            if (known == null) {
                known = look(cells, unit, index);
                moved[index] = known.length * MOST_KEPT <= 2 * limited.length ? known : null;
            }
            double[] outcomes = cells.outcomes(unit);
            for (int k = 0; k < known.length; k += 2) {
                outcomes[(int) known[k]] = known[k + 1];
            }
        }

        private double[] look(UnitCells cells, int unit, int index) {
            CellBits bits = cells.bits(unit);
            double[] outcomes = cells.outcomes(unit);
            double rho = fit.correlation[index];
            double noise = fit.noise[index];
            setResiduals(cells, unit, index);
            setPrecision(bits, rho);
            findOutliers(bits, rho, noise);
            if (count == 0) {
                return NONE;
            }
            System.arraycopy(residuals, 0, former, 0, former.length);
            for (int round = 0; round < ROUNDS; round++) {
                int found = count;
                for (int k = 0; k < found && round > 0; k++) {
                    former[out[k]] = limited[out[k]];
                    // What is beside no moved cell is as it was.
                    list(bits, out[k] - 1);
                    list(bits, out[k] + 1);
                }
                for (int k = 0; k < count; k++) {
                    limit(out[k], rho, noise);
                }
            }
            double[] result = new double[2 * count];
            for (int k = 0; k < count; k++) {
                int j = out[k];
                result[2 * k] = j;
                result[2 * k + 1] = outcomes[j] + (limited[j] - residuals[j]);
                listed[j] = false;
            }
            return result;
        }

        /** Lists the cells that lie further from what those beside foretell than they may. */
        private void findOutliers(CellBits bits, double rho, double noise) {
            setSurprises(rho, DEVIATIONS * DEVIATIONS * noise);
            count = 0;
            for (int j = 0; j < surprise.length; j++) {
                if (surprise[j] > 0) {
                    list(bits, j);
                }
            }
        }

        private void list(CellBits bits, int j) {
            if (j < 0 || j >= listed.length || listed[j] || !bits.isSeen(j)) {
                return;
            }
            if (count == out.length) {
                out = Arrays.copyOf(out, 2 * count);
            }
            listed[j] = true;
            out[count++] = j;
        }

        /** Squared surprises less the most they may be, both times the squared precision: so nothing is divided. */
        private void setSurprises(double rho, double most) {
            double[] u = fit.precisions;
            int last = u.length - 1;
            for (int j = 1; j < last; j++) {
                double beside = u[j] * residuals[j - 1] + u[j + 1] * residuals[j + 1];
                double less = residuals[j] * precision[j] - rho * beside;
                surprise[j] = less * less - most * precision[j];
            }
            for (int j = 0; j <= last; j += Math.max(1, last)) {
                double less = residuals[j] * precision[j] - rho * beside(residuals, j);
                surprise[j] = less * less - most * precision[j];
            }
        }

        /** What the residuals beside weigh; where a cell is missing its residual is 0. */
        private double beside(double[] values, int j) {
            double[] u = fit.precisions;
            return (j > 0 ? u[j] * values[j - 1] : 0) + (j + 1 < u.length ? u[j + 1] * values[j + 1] : 0);
        }

        private void limit(int j, double rho, double noise) {
            double foretold = rho * beside(former, j) / precision[j];
            double most = DEVIATIONS * Math.sqrt(noise / precision[j]);
            limited[j] = foretold + Math.max(-most, Math.min(most, residuals[j] - foretold));
        }

        /** What the fit leaves of the unit's outcomes, 0 where missing. */
        private void setResiduals(UnitCells cells, int unit, int index) {
            Dimensions size = fit.size;
            int start = index * size.coefficients();
            System.arraycopy(fit.latent[size.rank()], 0, residuals, 0, residuals.length);
            Vectors.combine(
                    fit.coefficients, start, size, extended, cells.bits(unit).byArm(), residuals);
            double[] outcomes = cells.outcomes(unit);
            for (int j = 0; j < residuals.length; j++) {
                residuals[j] = outcomes[j] - residuals[j];
            }
            cells.bits(unit).clearMissing(residuals);
        }

        /** Each cell's precision given the cells beside it, over the innovation variance. */
        private void setPrecision(CellBits bits, double rho) {
            double[] u = fit.precisions;
            int last = u.length - 1;
            double square = rho * rho;
            for (int j = 0; j < last; j++) {
                precision[j] = u[j] + square * u[j + 1];
            }
            precision[last] = u[last];
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
        }
    }
}
