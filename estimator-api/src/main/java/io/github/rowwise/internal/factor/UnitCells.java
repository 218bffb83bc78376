package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.RowBlock;
import java.util.Arrays;

/**
 * The cells of a few units, read once from the panel. One thread's.
 *
 * <p>The precision of a unit's noise has three {@link UnitSums parts}, and the outcomes times each are here too.
 */
final class UnitCells {

    private final PanelSums panel;
    private final double[] precisions;
    private final byte[][] arms;
    private final double[][] outcomes;

    /** By part and unit. */
    private final double[][][] weighted;

    UnitCells(PanelSums panel, double[] precisions, int most) {
        int m = panel.periods();
        this.panel = panel;
        this.precisions = precisions;
        this.arms = new byte[most][m];
        this.outcomes = new double[most][m];
        this.weighted = new double[panel.correlated() ? 3 : 1][most][m];
    }

    /** Reads units of a block; outcomes are scaled and shifted, and those far from the fit of a limit are moved. */
    void read(RowBlock block, int first, int units, ResidualLimit limit) {
        int m = block.columns();
        double scale = panel.view().scale();
        for (int unit = 0; unit < units; unit++) {
            int start = (first + unit) * m;
            System.arraycopy(block.arms(), start, arms[unit], 0, m);
            double[] y = outcomes[unit];
            for (int j = 0; j < m; j++) {
                y[j] = arms[unit][j] == RowBlock.MISSING
                        ? 0
                        : Math.fma(block.outcomes()[start + j], scale, -panel.shift());
            }
            limit.apply(arms[unit], y, block.firstRow() + first + unit);
            weigh(unit);
        }
    }

    /** Sets a unit to a copy of another's without the cells of some periods. */
    void copyWithout(int to, UnitCells other, int unit, int begin, int end) {
        System.arraycopy(other.arms[unit], 0, arms[to], 0, arms[to].length);
        System.arraycopy(other.outcomes[unit], 0, outcomes[to], 0, outcomes[to].length);
        Arrays.fill(arms[to], begin, end, RowBlock.MISSING);
        Arrays.fill(outcomes[to], begin, end, 0);
        weigh(to);
    }

    boolean isEmpty(int unit, int begin, int end) {
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

    /** Outcomes, 0 where missing. */
    double[] outcomes(int unit) {
        return outcomes[unit];
    }

    /** Outcomes times a part of the noise's precision; of any number where the cell is missing. */
    double[] weighted(int part, int unit) {
        return weighted[part][unit];
    }

    /** What follows the noise of the cell before it, and is not the start of a stretch without gaps. */
    static boolean follows(byte[] arms, int j) {
        return j > 0 && arms[j] != RowBlock.MISSING && arms[j - 1] != RowBlock.MISSING;
    }

    /** The products of the outcomes with the parts of the noise's precision. */
    void outcomeSquares(int unit, double[] target) {
        for (int part = 0; part < weighted.length; part++) {
            target[part] = Small.inner(outcomes[unit], weighted[part][unit]);
        }
    }

    private void weigh(int unit) {
        byte[] of = arms[unit];
        double[] y = outcomes[unit];
        int m = y.length;
        for (int j = 0; j < m; j++) {
            weighted[0][unit][j] = precisions[j] * y[j];
        }
        for (int j = 0; j < m && panel.correlated(); j++) {
            double own = follows(of, j) ? 0 : precisions[j];
            double next = j + 1 < m && follows(of, j + 1) ? precisions[j + 1] : 0;
            weighted[1][unit][j] = (next - own) * y[j];
            // A missing neighbour has outcome 0.
            weighted[2][unit][j] =
                    (j > 0 ? precisions[j] * y[j - 1] : 0) + (j + 1 < m ? precisions[j + 1] * y[j + 1] : 0);
        }
    }
}
