package io.github.rowwise;

import io.github.rowwise.linalg.DenseMatrix;
import java.util.BitSet;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * An n x m matrix (units by periods) kept as a product of loadings (n x k) and factors (k x m).
 *
 * <p>Entries are computed when asked for, at a cost of k operations each; the whole matrix is never made. Rows of units
 * that lack an arm have no entries. In units of the outcome. Immutable, and safe for use by several threads.
 */
public final class LowRankMatrix {

    private final DenseMatrix loadings;
    private final DenseMatrix factors;
    private final BitSet available;

    LowRankMatrix(DenseMatrix loadings, DenseMatrix factors, BitSet available) {
        this.loadings = loadings;
        this.factors = factors;
        this.available = available;
    }

    DenseMatrix loadings() {
        return loadings;
    }

    DenseMatrix factors() {
        return factors;
    }

    /**
     * Returns the number of units.
     *
     * @return n
     */
    public int units() {
        return loadings.rows();
    }

    /**
     * Returns the number of periods.
     *
     * @return m
     */
    public int periods() {
        return factors.columns();
    }

    /**
     * Returns whether a unit's row was estimated.
     *
     * @param unit index of the unit
     * @return false where the unit lacks an arm
     */
    public boolean isAvailable(int unit) {
        return available.get(Objects.checkIndex(unit, units()));
    }

    /**
     * Returns one entry.
     *
     * @param unit index of the unit
     * @param period index of the period
     * @return a finite number
     * @throws NoSuchElementException if the unit's row was not estimated
     * @throws IndexOutOfBoundsException if there is no such cell
     */
    public double get(int unit, int period) {
        requireAvailable(unit);
        Objects.checkIndex(period, periods());
        double sum = 0;
        for (int k = 0; k < factors.rows(); k++) {
            sum = Math.fma(loadings.get(unit, k), factors.get(k, period), sum);
        }
        return sum;
    }

    /**
     * Returns a unit's row.
     *
     * @param unit index of the unit
     * @return a new array, one entry a period
     * @throws NoSuchElementException if the unit's row was not estimated
     * @throws IndexOutOfBoundsException if there is no such unit
     */
    public double[] row(int unit) {
        requireAvailable(unit);
        double[] row = new double[periods()];
        for (int k = 0; k < factors.rows(); k++) {
            double loading = loadings.get(unit, k);
            int start = factors.rowStart(k);
            for (int j = 0; j < row.length; j++) {
                row[j] = Math.fma(loading, factors.values()[start + j], row[j]);
            }
        }
        return row;
    }

    /**
     * Returns the average of each period over the units whose rows were estimated.
     *
     * @return a new array, one entry a period; NaN where no row was estimated
     */
    public double[] columnMeans() {
        double[] means = new double[periods()];
        for (int k = 0; k < factors.rows(); k++) {
            double sum = 0;
            for (int unit = available.nextSetBit(0); unit >= 0; unit = available.nextSetBit(unit + 1)) {
                sum += loadings.get(unit, k);
            }
            double loading = sum / available.cardinality();
            for (int j = 0; j < means.length; j++) {
                means[j] = Math.fma(loading, factors.get(k, j), means[j]);
            }
        }
        return means;
    }

    private void requireAvailable(int unit) {
        if (!isAvailable(unit)) {
            throw new NoSuchElementException(
                    "unit " + unit + " lacks an arm: its row is not estimated; see UnitEffect.reason()");
        }
    }
}
