package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.RowBlock;
import java.util.Arrays;

/** The cells of a few units, read once from the panel. One thread's. */
final class UnitCells {

    private final PanelSums panel;
    private final byte[][] arms;
    private final double[][] outcomes;
    private final double[][] beside;

    UnitCells(PanelSums panel, int most) {
        int m = panel.periods();
        this.panel = panel;
        this.arms = new byte[most][m];
        this.outcomes = new double[most][m];
        this.beside = new double[panel.correlated() ? most : 0][m];
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
            if (panel.correlated()) {
                setBeside(y, beside[unit]);
            }
        }
    }

    /** Sets a unit to a copy of another's without the cells of some periods. */
    void copyWithout(int to, UnitCells other, int unit, int begin, int end) {
        System.arraycopy(other.arms[unit], 0, arms[to], 0, arms[to].length);
        System.arraycopy(other.outcomes[unit], 0, outcomes[to], 0, outcomes[to].length);
        Arrays.fill(arms[to], begin, end, RowBlock.MISSING);
        Arrays.fill(outcomes[to], begin, end, 0);
        if (panel.correlated()) {
            setBeside(outcomes[to], beside[to]);
        }
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

    /** The sum of each cell's neighbours' outcomes, of any number where the cell itself is missing. */
    double[] beside(int unit) {
        return beside[unit];
    }

    /** How many ends of a stretch without gaps a cell is, 0 to 2: two less its neighbours. */
    static int ends(byte[] arms, int j) {
        boolean begins = j == 0 || arms[j - 1] == RowBlock.MISSING;
        boolean stops = j + 1 == arms.length || arms[j + 1] == RowBlock.MISSING;
        return (begins ? 1 : 0) + (stops ? 1 : 0);
    }

    /** Sums of y^2, of y^2 times the number of neighbours, and of y times its neighbours. */
    void outcomeSquares(int unit, double[] target) {
        double[] y = outcomes[unit];
        double squares = 0;
        double atEnds = 0;
        double products = 0;
        for (int j = 0; j < y.length; j++) {
            squares += y[j] * y[j];
        }
        for (int j = 0; j < y.length && panel.correlated(); j++) {
            atEnds += ends(arms[unit], j) * y[j] * y[j];
            products += beside[unit][j] * y[j];
        }
        target[0] = squares;
        target[1] = 2 * squares - atEnds;
        target[2] = products;
    }

    private static void setBeside(double[] y, double[] target) {
        int m = y.length;
        for (int j = 0; j < m; j++) {
            // A missing neighbour has outcome 0.
            target[j] = (j > 0 ? y[j - 1] : 0) + (j + 1 < m ? y[j + 1] : 0);
        }
    }
}
