package io.github.rowwise.internal.factor.pass;

import io.github.rowwise.internal.factor.kernel.CellBits;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.pass.RowBlock;
import java.util.Arrays;

/** The cells of a batch of units. Scratch memory of one thread. */
public final class UnitCells {

    private final PanelCounts panel;
    private final double[] precisions;

    /** Noise precision of the next period; 0 after the last. */
    private final double[] nextPrecisions;

    private final byte[][] arms;
    private final CellBits[] bits;
    private final double[][] outcomes;

    private final double[] innovations;

    /** The onset terms by number of periods since the start of a stay; empty without onset terms. */
    private final double[][] onsetCurves;

    /** By unit: for each observed cell, the number of periods since the start of the current stay in its arm. */
    private final int[][] sinceStart;

    UnitCells(PanelCounts panel, double[] precisions, int onsets, int capacity) {
        int m = panel.periods();
        int count = panel.treatments() + 1;
        this.panel = panel;
        this.precisions = precisions;
        this.nextPrecisions = new double[m];
        System.arraycopy(precisions, 1, nextPrecisions, 0, m - 1);
        this.arms = new byte[capacity][m];
        this.bits = new CellBits[capacity];
        Arrays.setAll(bits, unit -> new CellBits(count, m));
        this.outcomes = new double[capacity][m];
        this.innovations = new double[m];
        this.onsetCurves = onsets > 0 ? OnsetCurves.of(m) : new double[0][];
        this.sinceStart = new int[onsets > 0 ? capacity : 0][m];
    }

    /** Reads consecutive units of a block. Outcomes are scaled, and the mean of the panel is subtracted. */
    void read(RowBlock block, int first, int units) {
        int m = block.columns();
        double shift = panel.shift();
        for (int unit = 0; unit < units; unit++) {
            int start = (first + unit) * m;
            System.arraycopy(block.arms(), start, arms[unit], 0, m);
            System.arraycopy(block.outcomes(), start, outcomes[unit], 0, m);
            scale(outcomes[unit], panel.scale(block.firstRow() + first + unit), shift);
            readBits(unit);
            if (onsetCurves.length > 0) {
                StayTimes.set(arms[unit], 0, sinceStart[unit]);
            }
        }
    }

    private static void scale(double[] y, double scale, double shift) {
        for (int j = 0; j < y.length; j++) {
            y[j] = Math.fma(y[j], scale, -shift);
        }
    }

    private void readBits(int unit) {
        bits[unit].read(arms[unit], 0);
        bits[unit].clearMissing(outcomes[unit]);
    }

    /** Copies a unit without its cells in the periods from {@code begin} to {@code end - 1}. */
    public void copyWithout(int to, UnitCells other, int unit, int begin, int end) {
        System.arraycopy(other.arms[unit], 0, arms[to], 0, arms[to].length);
        System.arraycopy(other.outcomes[unit], 0, outcomes[to], 0, outcomes[to].length);
        Arrays.fill(arms[to], begin, end, RowBlock.MISSING);
        readBits(to);
        if (onsetCurves.length > 0) {
            System.arraycopy(other.sinceStart[unit], 0, sinceStart[to], 0, sinceStart[to].length);
        }
    }

    public boolean isEmpty(int unit, int begin, int end) {
        for (int j = begin; j < end; j++) {
            if (arms[unit][j] != RowBlock.MISSING) {
                return false;
            }
        }
        return true;
    }

    /** Returns each cell's arm, or {@link RowBlock#MISSING}. */
    byte[] arms(int unit) {
        return arms[unit];
    }

    public CellBits bits(int unit) {
        return bits[unit];
    }

    /** Returns the outcomes, 0 for missing cells. */
    public double[] outcomes(int unit) {
        return outcomes[unit];
    }

    /** Returns whether the unit has cells in an arm. */
    boolean isIn(int unit, int arm) {
        for (int word : bits[unit].of(arm)) {
            if (word != 0) {
                return true;
            }
        }
        return false;
    }

    /** Sets {@code target} to an onset term of the unit in an arm, 0 in all other cells. */
    void onset(int unit, int arm, int term, double[] target) {
        byte[] of = arms[unit];
        int[] since = sinceStart[unit];
        double[] curve = onsetCurves[term];
        for (int j = 0; j < target.length; j++) {
            target[j] = of[j] == arm ? curve[since[j]] : 0;
        }
    }

    /**
     * Adds the onset terms times a unit's coefficients.
     *
     * @param coefficients the onset coefficients arm by arm, from index {@code first} on
     */
    public void addOnsets(int unit, double[] coefficients, int first, double[] target) {
        byte[] of = arms[unit];
        for (int j = 0; j < target.length && onsetCurves.length > 0; j++) {
            int at = first + (of[j] - 1) * onsetCurves.length;
            for (int term = 0; of[j] > 0 && term < onsetCurves.length; term++) {
                target[j] += coefficients[at + term] * onsetCurves[term][sinceStart[unit][j]];
            }
        }
    }

    /** Returns whether the noise of a cell is conditional on that of its predecessor, which is observed. */
    static boolean follows(byte[] arms, int j) {
        return j > 0 && arms[j] != RowBlock.MISSING && arms[j - 1] != RowBlock.MISSING;
    }

    /**
     * Sets {@code target[j]} to {@code y_j - rho y_(j-1)} of the values y; after a missing cell, to {@code (1 - rho^2) y_j},
     * whose product with y_j is the square that belongs to the cell.
     */
    void innovations(int unit, double[] values, double correlation, double[] target) {
        bits[unit].subtractBefore(values, correlation, 1 - correlation * correlation, target);
    }

    /**
     * Sets {@code target} to the values multiplied by the noise precision matrix and the innovation variance, 0 for
     * missing cells.
     *
     * @param values one per period, 0 for missing cells
     */
    public void whitened(int unit, double[] values, double correlation, double[] target) {
        innovations(unit, values, correlation, innovations);
        Vectors.weightAfter(precisions, nextPrecisions, correlation, innovations, target);
        bits[unit].clearMissing(target);
    }

    /**
     * Sets {@code target} to the sums over cells of {@code y^2 - 2 y fit}, by {@link UnitSums part} of the noise
     * precision.
     *
     * @param y 0 for missing cells
     * @param fit 0 for missing cells
     */
    void residuals(int unit, double[] y, double[] fit, double[] target) {
        Vectors.residuals(y, fit, precisions, nextPrecisions, target);
        CellBits of = bits[unit];
        for (int word = 0; word < of.starts.length; word++) {
            for (int remaining = of.starts[word]; remaining != 0; remaining &= remaining - 1) {
                int j = word * CellBits.WORD + Integer.numberOfTrailingZeros(remaining);
                target[1] -= precisions[j] * y[j] * (y[j] - 2 * fit[j]);
            }
            for (int remaining = of.ends[word]; remaining != 0; remaining &= remaining - 1) {
                int j = word * CellBits.WORD + Integer.numberOfTrailingZeros(remaining);
                target[1] -= nextPrecisions[j] * y[j] * (y[j] - 2 * fit[j]);
            }
        }
    }
}
