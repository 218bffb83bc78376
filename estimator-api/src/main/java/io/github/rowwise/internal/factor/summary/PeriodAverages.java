package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.factor.kernel.CellBits;
import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.SubsetSums;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.pass.UnitCells;
import java.util.Arrays;

/**
 * Averages of (1, f_j) over the cells of a batch of units in each arm, and the posterior covariances of these averages
 * without the covariances between periods. Scratch memory of one thread.
 */
final class PeriodAverages {

    private final Dimensions size;
    private final int periods;
    private final int width;

    /** By period: the first e entries of (1, f_j), then their e x e covariance. */
    private final double[] rows;

    private final SubsetSums subsets;

    /** By unit: sums over the cells of each arm. */
    private final double[][] sums;

    PeriodAverages(FactorState state, int capacity) {
        int e = state.size.effects();
        int g = state.size.latent();
        this.size = state.size;
        this.periods = state.periods();
        this.width = Dimensions.padded(e + e * e);
        this.rows = new double[periods * width];
        this.subsets = new SubsetSums(width, false);
        this.sums = new double[capacity][size.arms() * width];
        for (int j = 0; j < periods; j++) {
            rows[j * width] = 1;
            for (int a = 1; a < e; a++) {
                rows[j * width + a] = state.latent[a - 1][j];
                System.arraycopy(state.covariance[j], (a - 1) * g, rows, j * width + e + a * e + 1, e - 1);
            }
        }
    }

    /** Computes the sums of the first units. */
    void compute(UnitCells units, int count) {
        for (int unit = 0; unit < count; unit++) {
            Arrays.fill(sums[unit], 0);
        }
        if (units.isSparse()) {
            addSparse(units, count);
            return;
        }
        for (int word = 0; word < CellBits.words(periods); word++) {
            int first = word * CellBits.WORD;
            subsets.set(rows, first * width, width, Math.min(CellBits.WORD, periods - first));
            for (int unit = 0; unit < count; unit++) {
                for (int arm = 0; arm < size.arms(); arm++) {
                    subsets.add(units.bits(unit).of(arm, word), 0, sums[unit], arm * width, width);
                }
            }
        }
    }

    private void addSparse(UnitCells units, int count) {
        for (int unit = 0; unit < count; unit++) {
            int[] period = units.periods(unit);
            for (int arm = 0; arm < size.arms(); arm++) {
                int[] bits = units.bits(unit).of(arm);
                for (int word = 0; word < bits.length; word++) {
                    for (int remaining = bits[word]; remaining != 0; remaining &= remaining - 1) {
                        int slot = word * CellBits.WORD + Integer.numberOfTrailingZeros(remaining);
                        Vectors.add(sums[unit], arm * width, rows, period[slot] * width, width);
                    }
                }
            }
        }
    }

    /**
     * Sets the average over a unit's cells in an arm, and its covariance.
     *
     * @param cells number of these cells, at least one
     */
    void set(int unit, int arm, double cells, double[] average, double[] covariance) {
        for (int k = 0; k < average.length; k++) {
            average[k] = sums[unit][arm * width + k] / cells;
        }
        for (int k = 0; k < covariance.length; k++) {
            covariance[k] = sums[unit][arm * width + average.length + k] / (cells * cells);
        }
    }
}
