package io.github.rowwise.internal.factor.pass;

import io.github.rowwise.internal.factor.kernel.CellBits;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.pass.RowBlock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The cells of a few units, read once from the panel. One thread's. */
public final class UnitCells {

    private final PanelCounts panel;
    private final double[] precisions;

    /** Of the period after each; 0 after the last. */
    private final double[] nextPrecisions;

    private final byte[][] arms;
    private final CellBits[] bits;
    private final double[][] outcomes;

    private final double[] innovations;

    UnitCells(PanelCounts panel, double[] precisions, int most) {
        int m = panel.periods();
        int count = panel.treatments() + 1;
        this.panel = panel;
        this.precisions = precisions;
        this.nextPrecisions = new double[m];
        System.arraycopy(precisions, 1, nextPrecisions, 0, m - 1);
        this.arms = new byte[most][m];
        this.bits = new CellBits[most];
        Arrays.setAll(bits, unit -> new CellBits(count, m));
        this.outcomes = new double[most][m];
        this.innovations = new double[m];
    }

    /** Reads units of a block; outcomes are scaled and shifted, and those far from the fit of a limit are moved. */
    void read(RowBlock block, int first, int units, HuberClipping.@Nullable Applied limit) {
        int m = block.columns();
        double scale = panel.view().scale();
        double shift = panel.shift();
        for (int unit = 0; unit < units; unit++) {
            int start = (first + unit) * m;
            System.arraycopy(block.arms(), start, arms[unit], 0, m);
            System.arraycopy(block.outcomes(), start, outcomes[unit], 0, m);
            scale(outcomes[unit], scale, shift);
            readBits(unit);
            if (limit != null) {
                limit.apply(this, unit, block.firstRow() + first + unit);
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

    /** Sets a unit to a copy of another's without the cells of some periods. */
    public void copyWithout(int to, UnitCells other, int unit, int begin, int end) {
        System.arraycopy(other.arms[unit], 0, arms[to], 0, arms[to].length);
        System.arraycopy(other.outcomes[unit], 0, outcomes[to], 0, outcomes[to].length);
        Arrays.fill(arms[to], begin, end, RowBlock.MISSING);
        readBits(to);
    }

    public boolean isEmpty(int unit, int begin, int end) {
        for (int j = begin; j < end; j++) {
            if (arms[unit][j] != RowBlock.MISSING) {
                return false;
            }
        }
        return true;
    }

    /** Each cell's arm, or {@link RowBlock#MISSING}. */
    byte[] arms(int unit) {
        return arms[unit];
    }

    public CellBits bits(int unit) {
        return bits[unit];
    }

    /** Outcomes, 0 where missing. */
    public double[] outcomes(int unit) {
        return outcomes[unit];
    }

    /** What follows the noise of the cell before it, and is not the start of a stretch without gaps. */
    static boolean follows(byte[] arms, int j) {
        return j > 0 && arms[j] != RowBlock.MISSING && arms[j - 1] != RowBlock.MISSING;
    }

    /**
     * What each outcome adds to the one before it; where that is missing, the outcome times 1 - rho^2, whose product with the
     * outcome is the square that goes with the cell.
     */
    void innovations(int unit, double correlation, double[] target) {
        bits[unit].subtractBefore(outcomes[unit], correlation, 1 - correlation * correlation, target);
    }

    /** The outcomes times the precision of the noise, but for the innovation variance; 0 where missing. */
    void whitened(int unit, double correlation, double[] target) {
        innovations(unit, correlation, innovations);
        Vectors.weightAfter(precisions, nextPrecisions, correlation, innovations, target);
        bits[unit].clearMissing(target);
    }

    /**
     * Sums over cells of the squared outcomes less twice their products with a fit, in the {@link UnitSums parts} of the
     * noise's precision.
     *
     * @param fit 0 where missing
     */
    void residuals(int unit, double[] fit, double[] target) {
        double[] y = outcomes[unit];
        Vectors.residuals(y, fit, precisions, nextPrecisions, target);
        CellBits of = bits[unit];
        for (int word = 0; word < of.starts.length; word++) {
            for (int left = of.starts[word]; left != 0; left &= left - 1) {
                int j = word * CellBits.WORD + Integer.numberOfTrailingZeros(left);
                target[1] -= precisions[j] * y[j] * (y[j] - 2 * fit[j]);
            }
            for (int left = of.ends[word]; left != 0; left &= left - 1) {
                int j = word * CellBits.WORD + Integer.numberOfTrailingZeros(left);
                target[1] -= nextPrecisions[j] * y[j] * (y[j] - 2 * fit[j]);
            }
        }
    }
}
