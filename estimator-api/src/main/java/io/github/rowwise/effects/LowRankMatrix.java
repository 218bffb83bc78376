package io.github.rowwise.effects;

import io.github.rowwise.linalg.DenseMatrix;
import java.util.BitSet;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * An n x m matrix (units by periods) kept as a product of loadings (n x k) and factors (k x m).
 *
 * <p>Entries are computed when asked for, at a cost of k operations each; the whole matrix is never made. Rows of units
 * that lack an arm have no entries. In units of the outcome. Immutable, and safe for use by several threads.
 *
 * <pre class="example">{@code
 * LowRankMatrix matrix = effects.effectMatrix();
 * if (matrix.isAvailable(0)) {
 *     double[] row = matrix.row(0);
 *     double cell = matrix.get(0, 5);
 * }
 * }</pre>
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

    /**
     * Returns the left factor of the product, for a caller who stores the matrix in factored form.
     *
     * @return a copy, units by k; rows of units that are not available have no meaning
     */
    public DenseMatrix loadings() {
        return loadings.copy();
    }

    /**
     * Returns the right factor of the product.
     *
     * @return a copy, k by periods
     */
    public DenseMatrix factors() {
        return factors.copy();
    }

    /** A copy of the set of units whose rows are available. */
    BitSet available() {
        return (BitSet) available.clone();
    }

    /**
     * Creates a matrix whose rows are all available, such as a truth to compare with.
     *
     * @param unitLoadings n x k
     * @param periodFactors k x m
     * @return their product; it keeps a copy
     * @throws IllegalArgumentException if the shapes do not go together
     */
    public static LowRankMatrix of(DenseMatrix unitLoadings, DenseMatrix periodFactors) {
        BitSet all = new BitSet();
        all.set(0, unitLoadings.rows());
        return of(unitLoadings, periodFactors, all);
    }

    /**
     * Creates a matrix some of whose rows are not available.
     *
     * @param unitLoadings n x k
     * @param periodFactors k x m
     * @param availableUnits indices of the units whose rows are available
     * @return the product of copies of both
     * @throws IllegalArgumentException if the shapes do not go together, or an index is not below n
     */
    public static LowRankMatrix of(DenseMatrix unitLoadings, DenseMatrix periodFactors, BitSet availableUnits) {
        if (unitLoadings.columns() != periodFactors.rows()) {
            throw new IllegalArgumentException("loadings with " + unitLoadings.columns() + " columns and "
                    + periodFactors.rows() + " factors: give one column per factor");
        }
        if (availableUnits.length() > unitLoadings.rows()) {
            throw new IllegalArgumentException("unit " + (availableUnits.length() - 1) + " is called available of "
                    + unitLoadings.rows() + " units: give indices below that number");
        }
        return new LowRankMatrix(unitLoadings.copy(), periodFactors.copy(), (BitSet) availableUnits.clone());
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
     * @return a new array, one entry per period
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
     * @return a new array, one entry per period; NaN where no row was estimated
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

    /**
     * Returns the largest error of a row, max<sub>i</sub> ‖A<sub>i</sub> − B<sub>i</sub>‖<sub>2</sub> / √m: the norm of the guarantee of
     * arXiv:2605.30319. Row by row; neither matrix is made.
     *
     * @param truth the matrix to compare with
     * @return over the rows that both have; NaN where there is none
     * @throws IllegalArgumentException if the sizes differ
     */
    public double worstRowError(LowRankMatrix truth) {
        if (truth.units() != units() || truth.periods() != periods()) {
            throw new IllegalArgumentException(units() + " x " + periods() + " entries against " + truth.units() + " x "
                    + truth.periods() + ": give a matrix of the same units and periods");
        }
        double worst = Double.NaN;
        for (int unit = available.nextSetBit(0); unit >= 0; unit = available.nextSetBit(unit + 1)) {
            if (truth.isAvailable(unit)) {
                double[] row = row(unit);
                double[] expected = truth.row(unit);
                double squares = 0;
                for (int j = 0; j < row.length; j++) {
                    squares += (row[j] - expected[j]) * (row[j] - expected[j]);
                }
                double error = Math.sqrt(squares / row.length);
                worst = worst >= error ? worst : error;
            }
        }
        return worst;
    }

    private void requireAvailable(int unit) {
        if (!isAvailable(unit)) {
            throw new NoSuchElementException(
                    "unit " + unit + " lacks an arm: its row is not estimated; see UnitEffect.reason()");
        }
    }

    /**
     * Describes the matrix.
     *
     * @return its size and the number of rows that are available
     */
    @Override
    public String toString() {
        return units() + " x " + periods() + " matrix of rank " + factors.rows() + " at most, "
                + available.cardinality() + " rows available";
    }
}
