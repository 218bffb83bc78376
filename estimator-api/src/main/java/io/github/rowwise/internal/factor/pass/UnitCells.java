package io.github.rowwise.internal.factor.pass;

import io.github.rowwise.internal.factor.kernel.CellBits;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.pass.RowBlock;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The cells of a batch of units. Scratch memory of one thread.
 *
 * <p>The cells of a unit are stored in slots. There are two layouts:
 *
 * <table>
 *   <caption>Layouts</caption>
 *   <tr><td>full</td><td>one slot per period</td></tr>
 *   <tr><td>sparse</td><td>one slot per observed cell, and an empty slot after each run of neighbouring cells, so that cells
 *       in neighbouring slots are neighbours in time. The work on a unit then depends on its cells and not on the periods of
 *       the panel.</td></tr>
 * </table>
 */
public final class UnitCells {

    /** Two sizes of the sparse layout: one slot per this many periods of the panel. */
    private static final int PERIODS_PER_SLOT = 8;

    private static final int MOST_PERIODS_PER_SLOT = 3;

    /** Smaller sizes, for the units of wide panels that have a few cells only. */
    private static final int[] FEW_SLOTS = {8, 32};

    private static final int NO_PERIOD = -1;

    private final PanelCounts panel;
    private final double[] allPrecisions;
    private final boolean sparse;

    /** By unit: the period of each slot. Units of the full layout share one array. */
    private final int[][] periods;

    /** By unit: the noise precision of each slot. */
    private final double[][] precisions;

    /** By unit: the noise precision of the next slot; 0 after the last. */
    private final double[][] nextPrecisions;

    private final byte[][] arms;
    private final CellBits[] bits;
    private final double[][] outcomes;

    /** By unit: the covariates and then their instruments by slot, in units of the unit's scaled outcomes; 0 for missing cells. */
    private final double[][][] covariates;

    private final double[] innovations;

    /** The onset terms by number of periods since the start of a stay; empty without onset terms. */
    private final double[][] onsetCurves;

    /** By unit: for each observed cell, the number of periods since the start of the current stay in its arm. */
    private final int[][] sinceStart;

    /** Creates memory for units of the full layout. */
    UnitCells(PanelCounts panel, double[] precisions, int onsets, int capacity) {
        this(panel, precisions, onsets, 0, capacity, panel.periods());
    }

    /**
     * Creates memory for units.
     *
     * @param covariateCount number of covariates to read
     * @param slots slots per unit: one of {@link #sparseSlots}, or the number of periods for the full layout
     */
    UnitCells(PanelCounts panel, double[] precisions, int onsets, int covariateCount, int capacity, int slots) {
        int m = panel.periods();
        int count = panel.treatments() + 1;
        this.panel = panel;
        this.sparse = slots < m;
        this.allPrecisions = precisions;
        this.periods = new int[capacity][];
        this.precisions = new double[capacity][];
        this.nextPrecisions = new double[capacity][];
        int[] everyPeriod = IntStream.range(0, m).toArray();
        double[] next = next(precisions, new double[m]);
        for (int unit = 0; unit < capacity; unit++) {
            periods[unit] = sparse ? new int[slots] : everyPeriod;
            this.precisions[unit] = sparse ? new double[slots] : precisions;
            nextPrecisions[unit] = sparse ? new double[slots] : next;
        }
        this.arms = new byte[capacity][slots];
        this.bits = new CellBits[capacity];
        Arrays.setAll(bits, unit -> new CellBits(count, slots));
        this.outcomes = new double[capacity][slots];
        this.covariates = new double[covariateCount > 0 ? capacity : 0][2 * covariateCount][slots];
        this.innovations = new double[slots];
        this.onsetCurves = onsets > 0 ? OnsetCurves.of(m) : new double[0][];
        this.sinceStart = new int[onsets > 0 ? capacity : 0][slots];
    }

    /**
     * Returns the numbers of slots per unit of the sparse layouts that save time, in increasing order. A unit belongs to the
     * first that has a slot for each of its cells and one more for each run of cells.
     */
    static int[] sparseSlots(PanelCounts panel) {
        int most = slots(panel, MOST_PERIODS_PER_SLOT);
        return IntStream.concat(
                        Arrays.stream(fewSlots(panel)), IntStream.of(most).filter(slots -> slots > 0))
                .toArray();
    }

    /** Returns those of {@link #sparseSlots} that are small shares of the periods. */
    static int[] fewSlots(PanelCounts panel) {
        int share = slotsOfFewCells(panel);
        return IntStream.concat(
                        Arrays.stream(FEW_SLOTS).filter(slots -> slots < share),
                        IntStream.of(share).filter(slots -> slots > 0))
                .toArray();
    }

    /** Returns the largest of {@link #fewSlots}; 0 if there are none. */
    static int slotsOfFewCells(PanelCounts panel) {
        return slots(panel, PERIODS_PER_SLOT);
    }

    private static int slots(PanelCounts panel, int periodsPerSlot) {
        return panel.periods() / periodsPerSlot / CellBits.WORD * CellBits.WORD;
    }

    private static double[] next(double[] values, double[] target) {
        System.arraycopy(values, 1, target, 0, values.length - 1);
        return target;
    }

    /** Reads a row of a block. Outcomes are scaled, and the mean of the panel is subtracted. */
    void read(RowBlock block, int row, int unit) {
        double scale = panel.scale(block.firstRow() + row);
        if (sparse) {
            readSparse(block, row, scale, unit);
        } else {
            readFull(block, row, scale, unit);
        }
        if (covariates.length > 0) {
            readCovariates(block, row, scale / panel.view().scale(), unit);
        }
    }

    private void readCovariates(RowBlock block, int row, double scale, int unit) {
        int start = row * block.columns();
        int[] period = periods[unit];
        for (int k = 0; k < covariates[unit].length; k++) {
            double[] values = block.covariates()[k];
            double[] target = covariates[unit][k];
            for (int slot = 0; slot < target.length; slot++) {
                target[slot] = period[slot] < 0 ? 0 : values[start + period[slot]] * scale;
            }
        }
    }

    /** Returns an instrument of a unit by slot, 0 for missing cells. */
    double[] instrument(int unit, int covariate) {
        return covariates[unit][covariates[unit].length / 2 + covariate];
    }

    /** Subtracts from the outcomes of a unit what coefficients of the covariates explain. */
    void subtractCovariates(int unit, double[] coefficients) {
        for (int k = 0; k < coefficients.length; k++) {
            double[] values = covariates[unit][k];
            Vectors.addScaled(outcomes[unit], 0, values, 0, -coefficients[k], values.length);
        }
    }

    private void readFull(RowBlock block, int row, double scale, int unit) {
        int m = block.columns();
        System.arraycopy(block.arms(), row * m, arms[unit], 0, m);
        System.arraycopy(block.outcomes(), row * m, outcomes[unit], 0, m);
        double[] y = outcomes[unit];
        for (int j = 0; j < m; j++) {
            y[j] = Math.fma(y[j], scale, -panel.shift());
        }
        readBits(unit);
        if (onsetCurves.length > 0) {
            StayTimes.set(arms[unit], 0, sinceStart[unit]);
        }
    }

    private void readSparse(RowBlock block, int row, double scale, int unit) {
        int start = row * block.columns();
        byte[] of = arms[unit];
        int[] period = periods[unit];
        Arrays.fill(of, RowBlock.MISSING);
        Arrays.fill(period, NO_PERIOD);
        int slot = 0;
        int end = start + block.columns();
        for (int at = CellBits.nextSeen(block.arms(), start, end);
                at < end;
                at = CellBits.nextSeen(block.arms(), at + 1, end)) {
            int j = at - start;
            slot += slot > 0 && period[slot - 1] != j - 1 ? 1 : 0;
            of[slot] = block.arms()[at];
            outcomes[unit][slot] = Math.fma(block.outcomes()[at], scale, -panel.shift());
            period[slot++] = j;
        }
        readBits(unit);
        precisions[unit] = ofSlots(unit, allPrecisions, precisions[unit]);
        next(precisions[unit], nextPrecisions[unit]);
        if (onsetCurves.length > 0) {
            StayTimes.set(of, period, sinceStart[unit]);
        }
    }

    /** Returns whether the cells are stored in the sparse layout. */
    public boolean isSparse() {
        return sparse;
    }

    /** Returns the number of slots per unit. */
    int slots() {
        return innovations.length;
    }

    /** Returns the period of each slot of a unit; a negative number for empty slots of the sparse layout. */
    public int[] periods(int unit) {
        return periods[unit];
    }

    /** Returns the slot of a period in which the unit has a cell. */
    int slot(int unit, int period) {
        int slot = sparse ? 0 : period;
        while (periods[unit][slot] != period) {
            slot++;
        }
        return slot;
    }

    /** Returns values by slot, 0 for empty ones; for the full layout these are the given values themselves. */
    public double[] ofSlots(int unit, double[] byPeriod, double[] target) {
        if (!sparse) {
            return byPeriod;
        }
        int[] period = periods[unit];
        for (int slot = 0; slot < period.length; slot++) {
            target[slot] = period[slot] < 0 ? 0 : byPeriod[period[slot]];
        }
        return target;
    }

    /** The same for several rows of values. */
    double[][] ofSlots(int unit, double[][] byPeriod, double[][] target) {
        for (int row = 0; sparse && row < byPeriod.length; row++) {
            ofSlots(unit, byPeriod[row], target[row]);
        }
        return sparse ? target : byPeriod;
    }

    /** Adds values by slot, times a factor, to sums by period. */
    public void addToPeriods(int unit, double factor, double[] bySlot, double[] target) {
        if (!sparse) {
            Vectors.addScaled(target, 0, bySlot, 0, factor, bySlot.length);
            return;
        }
        int[] period = periods[unit];
        for (int slot = 0; slot < bySlot.length; slot++) {
            if (period[slot] >= 0) {
                target[period[slot]] = Math.fma(factor, bySlot[slot], target[period[slot]]);
            }
        }
    }

    private void readBits(int unit) {
        bits[unit].read(arms[unit], 0);
        bits[unit].clearMissing(outcomes[unit]);
    }

    /** Copies a unit of the full layout without its cells in the periods from {@code begin} to {@code end - 1}. */
    public void copyWithout(int to, UnitCells other, int unit, int begin, int end) {
        System.arraycopy(other.arms[unit], 0, arms[to], 0, arms[to].length);
        System.arraycopy(other.outcomes[unit], 0, outcomes[to], 0, outcomes[to].length);
        Arrays.fill(arms[to], begin, end, RowBlock.MISSING);
        readBits(to);
        for (int k = 0; covariates.length > 0 && k < covariates[to].length; k++) {
            System.arraycopy(other.covariates[unit][k], 0, covariates[to][k], 0, arms[to].length);
            Arrays.fill(covariates[to][k], begin, end, 0);
        }
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
        Vectors.weightAfter(precisions[unit], nextPrecisions[unit], correlation, innovations, target);
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
        Vectors.residuals(y, fit, precisions[unit], nextPrecisions[unit], target);
        CellBits of = bits[unit];
        for (int word = 0; word < of.starts.length; word++) {
            for (int remaining = of.starts[word]; remaining != 0; remaining &= remaining - 1) {
                int j = word * CellBits.WORD + Integer.numberOfTrailingZeros(remaining);
                target[1] -= precisions[unit][j] * y[j] * (y[j] - 2 * fit[j]);
            }
            for (int remaining = of.ends[word]; remaining != 0; remaining &= remaining - 1) {
                int j = word * CellBits.WORD + Integer.numberOfTrailingZeros(remaining);
                target[1] -= nextPrecisions[unit][j] * y[j] * (y[j] - 2 * fit[j]);
            }
        }
    }
}
