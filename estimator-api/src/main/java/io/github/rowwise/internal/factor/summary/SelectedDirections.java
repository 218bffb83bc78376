package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.average.SelectedCells;
import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.pass.RowBlock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Averages of (1, f_j) and of the onset terms over a unit's selected cells, whose product with the unit's coefficients is the
 * average effect over these cells. A cell that is observed in the arm has the time since the unit entered it; any other has the
 * unit's average time, as in the average over all cells. Scratch memory of one thread.
 */
final class SelectedDirections {

    private final SelectedCells cells;
    private final FactorState state;
    private final @Nullable OnsetTimes onsets;

    /** The period of the panel by column; -1 for a column that is no period. */
    private final int[] periods;

    /** Average of (1, f_j), then of the onset terms. */
    final double[] direction;

    /** Which columns the average is over. */
    final boolean[] isIn;

    SelectedDirections(SelectedCells cells, FactorState state, @Nullable OnsetTimes onsets, int[] present) {
        this.cells = cells;
        this.state = state;
        this.onsets = onsets;
        this.periods = new int[state.periods()];
        this.direction = new double[state.size.armCoefficients()];
        this.isIn = new boolean[state.periods()];
        Arrays.fill(periods, -1);
        for (int period = 0; period < present.length; period++) {
            periods[present[period]] = period;
        }
    }

    /** Returns the group of a unit, or -1. */
    int group(int unit) {
        return cells.groupOf()[unit];
    }

    boolean isByEstimate() {
        return cells.isByEstimate();
    }

    double weight(int unit) {
        return cells.weights()[unit];
    }

    /**
     * Averages over a unit's selected cells.
     *
     * @param within the arm of the cells of the average; {@link RowBlock#MISSING} for cells in any arm or none
     * @param start index of the unit's first cell in {@code arms}
     * @return number of cells; with 0 there is no average
     */
    int average(int unit, int arm, int within, byte[] arms, int start) {
        Dimensions size = state.size;
        Arrays.fill(direction, 0);
        int count = 0;
        for (int j = 0; j < periods.length; j++) {
            byte observed = arms[start + j];
            isIn[j] = periods[j] >= 0
                    && (within == RowBlock.MISSING || observed == within)
                    && cells.includes(unit, periods[j]);
            if (!isIn[j]) {
                continue;
            }
            count++;
            for (int k = 1; k < size.effects(); k++) {
                direction[k] += state.latent[k - 1][j];
            }
            OnsetTimes times = onsets;
            for (int term = 0; times != null && term < size.onsets(); term++) {
                direction[size.effects() + term] +=
                        observed == arm ? times.term(arm, unit, j, term) : times.average(arm, unit, term);
            }
        }
        direction[0] = count;
        for (int k = 0; k < direction.length && count > 0; k++) {
            direction[k] /= count;
        }
        return count;
    }

    /** Adds weight times d to the shares of each period of the last average. */
    void addShares(double weight, double[] d, double[] shares) {
        int e = d.length;
        for (int j = 0; j < isIn.length && shares.length > 0; j++) {
            if (isIn[j]) {
                Vectors.addScaled(shares, j * e, d, 0, weight, e);
            }
        }
    }
}
