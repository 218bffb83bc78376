package io.github.rowwise.internal.factor.pass;

import io.github.rowwise.internal.factor.kernel.CellBits;
import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.model.CheckpointCodec;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.PeriodMoments;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Clips outlying outcomes (Huber's rule for heavy-tailed noise).
 *
 * <p>For each cell, the residual relative to a reference fit is compared with its conditional mean and standard
 * deviation given the residuals of the neighbouring cells. If it deviates by more than three standard deviations, the
 * outcome is moved to that limit. The clipped outcomes are computed once per unit and then stored, if they are few.
 *
 * <p>Source: Huber (1964), doi:10.1214/aoms/1177703732 (pseudo-observations).
 */
public final class HuberClipping {

    private static final double MAX_DEVIATIONS = 3;

    /** The second round clips again, given the clipped values of the neighbours. */
    private static final int ROUNDS = 2;

    private static final double[] NO_CELLS = {};

    /**
     * The clipped outcomes of a unit are stored if at most one cell in this many is clipped, so that they take at most
     * a quarter of a byte per cell of the panel.
     */
    private static final int CELLS_PER_STORED_CELL = 64;

    private final @Nullable FactorState reference;

    /** Clipped cells by unit: pairs of period and outcome; {@code null} if not yet computed or not stored. */
    private final double[] @Nullable [] clippedCells;

    private HuberClipping(@Nullable FactorState reference) {
        this.reference = reference;
        this.clippedCells = new double[reference == null ? 0 : reference.units()] @Nullable [];
    }

    /** Returns a clipping that leaves all outcomes unchanged. */
    public static HuberClipping none() {
        return new HuberClipping(null);
    }

    /** Returns a clipping relative to a fit, which is copied. */
    public static HuberClipping around(FactorState fit) {
        return new HuberClipping(fit.copy());
    }

    /**
     * Reads or writes the reference fit.
     *
     * @param state provides the array sizes
     */
    public HuberClipping exchange(CheckpointCodec fields, FactorState state) {
        return new HuberClipping(FactorState.exchange(fields, reference, state));
    }

    /**
     * Returns a clipper for one thread; {@code null} if nothing is clipped.
     *
     * @param slots slots per unit, see {@link UnitCells}
     */
    @Nullable
    Clipper newClipper(int slots) {
        FactorState fit = reference;
        return fit == null ? null : new Clipper(fit, clippedCells, slots);
    }

    /** Clips the outcomes of one unit at a time. Scratch memory of one thread. */
    static final class Clipper {

        private final FactorState reference;
        private final double[] @Nullable [] clippedCells;
        private final double[][] extended;

        /** Extended vectors and noise precisions by slot, for the sparse layout. */
        private final double[][] curves;

        private final double[] slotPrecisions;

        /** Noise precisions of the current unit by slot. */
        private double[] precisions;

        private final double[] residuals;
        private final double[] precision;
        private final double[] excess;
        private final double[] clipped;
        private final double[] neighbourValues;

        /** Slots of the cells that are clipped or may be, in the order in which they were found. */
        private int[] candidates = new int[16];

        private int count;
        private final boolean[] isCandidate;

        private Clipper(FactorState reference, double[] @Nullable [] clippedCells, int slots) {
            this.reference = reference;
            this.clippedCells = clippedCells;
            this.extended = PeriodMoments.means(reference);
            this.curves = new double[slots < reference.periods() ? extended.length : 0][slots];
            this.slotPrecisions = new double[slots];
            this.precisions = reference.periodPrecisions;
            this.residuals = new double[slots];
            this.precision = new double[slots];
            this.excess = new double[slots];
            this.clipped = new double[slots];
            this.neighbourValues = new double[slots];
            this.isCandidate = new boolean[slots];
        }

        /** Returns the coefficients of the covariates in the reference fit, which the outcomes to clip lack. */
        double[] covariateCoefficients() {
            return reference.covariateCoefficients;
        }

        /** Clips the outcomes of a unit in place. */
        void clip(UnitCells cells, int unit, int index) {
            double[] found = clippedCells[index];
            if (found == null) {
                found = findClipped(cells, unit, index);
                clippedCells[index] = found.length * CELLS_PER_STORED_CELL <= 2 * reference.periods() ? found : null;
            }
            double[] outcomes = cells.outcomes(unit);
            for (int k = 0; k < found.length; k += 2) {
                outcomes[cells.slot(unit, (int) found[k])] = found[k + 1];
            }
        }

        private double[] findClipped(UnitCells cells, int unit, int index) {
            CellBits bits = cells.bits(unit);
            double[] outcomes = cells.outcomes(unit);
            double rho = reference.correlation[index];
            double noise = reference.noise[index];
            precisions = cells.ofSlots(unit, reference.periodPrecisions, slotPrecisions);
            setResiduals(cells, unit, index);
            setPrecision(bits, rho);
            findOutliers(bits, rho, noise);
            if (count == 0) {
                return NO_CELLS;
            }
            System.arraycopy(residuals, 0, neighbourValues, 0, neighbourValues.length);
            for (int round = 0; round < ROUNDS; round++) {
                int found = count;
                for (int k = 0; k < found && round > 0; k++) {
                    neighbourValues[candidates[k]] = clipped[candidates[k]];
                    // Only neighbours of clipped cells can change.
                    addCandidate(bits, candidates[k] - 1);
                    addCandidate(bits, candidates[k] + 1);
                }
                for (int k = 0; k < count; k++) {
                    clipCell(candidates[k], rho, noise);
                }
            }
            double[] result = new double[2 * count];
            for (int k = 0; k < count; k++) {
                int j = candidates[k];
                result[2 * k] = cells.periods(unit)[j];
                result[2 * k + 1] = outcomes[j] + (clipped[j] - residuals[j]);
                isCandidate[j] = false;
            }
            return result;
        }

        /** Lists the cells whose residual exceeds the limit given their neighbours. */
        private void findOutliers(CellBits bits, double rho, double noise) {
            setExcess(rho, MAX_DEVIATIONS * MAX_DEVIATIONS * noise);
            count = 0;
            for (int j = 0; j < excess.length; j++) {
                if (excess[j] > 0) {
                    addCandidate(bits, j);
                }
            }
        }

        private void addCandidate(CellBits bits, int j) {
            if (j < 0 || j >= isCandidate.length || isCandidate[j] || !bits.isSeen(j)) {
                return;
            }
            if (count == candidates.length) {
                candidates = Arrays.copyOf(candidates, 2 * count);
            }
            isCandidate[j] = true;
            candidates[count++] = j;
        }

        /**
         * Sets {@link #excess} to the squared deviation from the conditional mean minus its limit. Both are multiplied
         * by the squared precision, which avoids divisions.
         */
        private void setExcess(double rho, double maxSquare) {
            double[] u = precisions;
            int last = u.length - 1;
            for (int j = 1; j < last; j++) {
                double neighbourSum = u[j] * residuals[j - 1] + u[j + 1] * residuals[j + 1];
                double deviation = residuals[j] * precision[j] - rho * neighbourSum;
                excess[j] = deviation * deviation - maxSquare * precision[j];
            }
            for (int j = 0; j <= last; j += Math.max(1, last)) {
                double deviation = residuals[j] * precision[j] - rho * neighbourSum(residuals, j);
                excess[j] = deviation * deviation - maxSquare * precision[j];
            }
        }

        /**
         * Returns the sum of the neighbouring residuals, weighted with the noise precisions. The residual of a missing
         * cell is 0.
         */
        private double neighbourSum(double[] values, int j) {
            double[] u = precisions;
            return (j > 0 ? u[j] * values[j - 1] : 0) + (j + 1 < u.length ? u[j + 1] * values[j + 1] : 0);
        }

        private void clipCell(int j, double rho, double noise) {
            double conditionalMean = rho * neighbourSum(neighbourValues, j) / precision[j];
            double limit = MAX_DEVIATIONS * Math.sqrt(noise / precision[j]);
            clipped[j] = conditionalMean + Math.max(-limit, Math.min(limit, residuals[j] - conditionalMean));
        }

        /** Sets the residuals of the reference fit, 0 for missing cells. */
        private void setResiduals(UnitCells cells, int unit, int index) {
            Dimensions size = reference.size;
            int start = index * size.coefficients();
            double[][] ofUnit = cells.ofSlots(unit, extended, curves);
            System.arraycopy(ofUnit[size.levels()], 0, residuals, 0, residuals.length);
            Vectors.combine(
                    reference.coefficients,
                    start,
                    size,
                    ofUnit,
                    cells.bits(unit).byArm(),
                    residuals);
            cells.addOnsets(unit, reference.coefficients, start + size.onPeriods(), residuals);
            double[] outcomes = cells.outcomes(unit);
            for (int j = 0; j < residuals.length; j++) {
                residuals[j] = outcomes[j] - residuals[j];
            }
            cells.bits(unit).clearMissing(residuals);
        }

        /** Sets each cell's conditional precision given its neighbours, multiplied by the innovation variance. */
        private void setPrecision(CellBits bits, double rho) {
            double[] u = precisions;
            int last = u.length - 1;
            double square = rho * rho;
            for (int j = 0; j < last; j++) {
                precision[j] = u[j] + square * u[j + 1];
            }
            precision[last] = u[last];
            for (int word = 0; word < bits.starts.length; word++) {
                for (int remaining = bits.starts[word]; remaining != 0; remaining &= remaining - 1) {
                    int j = word * CellBits.WORD + Integer.numberOfTrailingZeros(remaining);
                    precision[j] -= square * u[j];
                }
                for (int remaining = bits.ends[word]; remaining != 0; remaining &= remaining - 1) {
                    int j = word * CellBits.WORD + Integer.numberOfTrailingZeros(remaining);
                    precision[j] -= square * u[j + 1];
                }
            }
        }
    }
}
