package io.github.rowwise.internal.svd;

import io.github.rowwise.internal.pass.CellHash;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.SymmetricEigen;
import java.util.Arrays;

/**
 * Computes the leading eigenpairs of X'X by a block Krylov method with Rayleigh-Ritz projection. The eigenvalues are
 * the squared singular values of X, and the eigenvectors are its right singular vectors.
 *
 * <p>The caller multiplies. It repeats until {@link #isConverged} or {@link #isSettled}:
 *
 * <pre>
 * product = block() X'X      (one pass over the rows of X)
 * accept(product)            (extends the basis, solves the projected problem, prepares the next block)
 * </pre>
 *
 * <p>Vectors are stored as rows. Each new vector is orthogonalised against the whole basis. The products of the basis
 * with X'X are kept, so that Ritz values and residuals need no further pass. If a block adds no new direction, the
 * space is invariant. Random vectors then search for directions that it has missed (for example with a multiple
 * eigenvalue), until the basis is full.
 *
 * <p>Source: Musco and Musco (2015), arXiv:1504.05477; Golub and Van Loan, Matrix Computations, section 10.3.
 */
public final class TruncatedSvd {

    /** A vector whose component outside the basis is below this share of the largest eigenvalue is a rounding error. */
    private static final double DEPENDENT = 1e-14;

    /** Residuals below this share of the largest eigenvalue are rounding errors. */
    private static final double ROUNDING = 1e-13;

    private final LinearAlgebra algebra;
    private final CellHash hash;
    private final int dimension;
    private final int width;
    private double[] basis = new double[0];
    private double[] image = new double[0];
    private double[] rayleigh = new double[0];
    private int size;
    private int accepted;
    private int randomVectors;
    private int passes;
    private double[] values = new double[0];
    private double[] previousValues = new double[0];
    private DenseMatrix coefficients = DenseMatrix.zeros(0, 0);

    /**
     * Starts with random vectors, which depend on the seed and on the names of the periods only.
     *
     * @param dimension number of columns of X
     * @param width number of vectors per pass
     */
    public TruncatedSvd(LinearAlgebra algebra, CellHash hash, int dimension, int width) {
        this(algebra, hash, dimension, width, DenseMatrix.zeros(0, dimension));
    }

    /**
     * Starts with given vectors.
     *
     * @param dimension number of columns of X
     * @param width number of vectors per pass
     * @param start approximations of the leading vectors, as rows; random vectors are added up to the width
     */
    public TruncatedSvd(LinearAlgebra algebra, CellHash hash, int dimension, int width, DenseMatrix start) {
        this.algebra = algebra;
        this.hash = hash;
        this.dimension = dimension;
        this.width = Math.min(width, dimension);
        for (int k = 0; k < Math.min(start.rows(), this.width); k++) {
            int from = start.rowStart(k);
            append(Arrays.copyOfRange(start.values(), from, from + dimension), 0);
        }
        draw();
    }

    /** Returns the vectors to be multiplied with X'X, as rows. There are none if the basis spans the whole space. */
    public DenseMatrix block() {
        return DenseMatrix.wrap(basis, accepted * dimension, size - accepted, dimension, dimension);
    }

    /** Accepts the product of {@link #block()} with X'X, vectors as rows, and prepares the next block. */
    public void accept(DenseMatrix product) {
        int count = size - accepted;
        image = Arrays.copyOf(image, size * dimension);
        System.arraycopy(product.values(), product.offset(), image, accepted * dimension, count * dimension);
        int previousSize = accepted;
        accepted = size;
        passes++;
        rayleighRitz(previousSize);
        double largest = values[0];
        for (int k = 0; k < count && size < dimension; k++) {
            append(
                    Arrays.copyOfRange(image, (previousSize + k) * dimension, (previousSize + k + 1) * dimension),
                    largest);
        }
        if (size == accepted && size < dimension) {
            draw();
        }
    }

    /** Returns whether the basis spans the whole space, so that all results are exact. */
    public boolean isExhausted() {
        return accepted == dimension;
    }

    public int passes() {
        return passes;
    }

    /**
     * Returns the Ritz values in descending order. They are not negative and approximate the squared singular values
     * from below.
     */
    public double[] values() {
        return values;
    }

    /**
     * Returns a heuristic upper bound of the largest eigenvalue: once growth slows down, the remaining growth is
     * smaller than that of the last pass. The bound is infinite during the first passes.
     */
    public double boundOfLargest() {
        if (isExhausted()) {
            return values[0];
        }
        return passes < 4 ? Double.POSITIVE_INFINITY : 2 * values[0] - previousValues[0];
    }

    /**
     * Returns whether the first {@code count} Ritz values changed by at most {@code tolerance}, relatively, in the last
     * pass.
     */
    public boolean isSettled(int count, double tolerance) {
        if (isExhausted()) {
            return true;
        }
        if (passes < 3 || previousValues.length < count) {
            return false;
        }
        for (int k = 0; k < count; k++) {
            if (!(values[k] - previousValues[k] <= tolerance * values[k])) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns whether the first {@code count} pairs have residuals of at most {@code tolerance} times their eigenvalue.
     */
    public boolean isConverged(int count, double tolerance) {
        if (isExhausted()) {
            return true;
        }
        if (values.length < count) {
            return false;
        }
        for (int k = 0; k < count; k++) {
            if (residual(k) > Math.max(tolerance * values[k], ROUNDING * values[0])) {
                return false;
            }
        }
        return true;
    }

    /** Returns the first {@code count} Ritz vectors, as rows. */
    public DenseMatrix vectors(int count) {
        return combine(basis, 0, count);
    }

    private double residual(int k) {
        double[] vector = combine(basis, k, 1).values();
        double[] applied = combine(image, k, 1).values();
        double sum = 0;
        for (int j = 0; j < dimension; j++) {
            double difference = applied[j] - values[k] * vector[j];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    private DenseMatrix combine(double[] rows, int from, int count) {
        DenseMatrix result = DenseMatrix.zeros(count, dimension);
        DenseMatrix columns = DenseMatrix.wrap(coefficients.values(), from, accepted, count, coefficients.stride());
        algebra.multiply(1, columns, true, DenseMatrix.wrap(rows, accepted, dimension), false, 0, result);
        return result;
    }

    /** Adds the new rows and columns to the projected matrix Q X'X Q', and computes its eigenpairs. */
    private void rayleighRitz(int previousSize) {
        DenseMatrix newRows = DenseMatrix.zeros(accepted - previousSize, accepted);
        algebra.multiply(
                1,
                DenseMatrix.wrap(image, previousSize * dimension, accepted - previousSize, dimension, dimension),
                false,
                DenseMatrix.wrap(basis, accepted, dimension),
                true,
                0,
                newRows);
        double[] projected = new double[accepted * accepted];
        for (int i = 0; i < previousSize; i++) {
            System.arraycopy(rayleigh, i * previousSize, projected, i * accepted, previousSize);
        }
        for (int i = previousSize; i < accepted; i++) {
            for (int j = 0; j <= i; j++) {
                double entry = j < previousSize
                        ? newRows.get(i - previousSize, j)
                        : mean(newRows, i - previousSize, j - previousSize, previousSize);
                projected[i * accepted + j] = entry;
                projected[j * accepted + i] = entry;
            }
        }
        rayleigh = projected;
        SymmetricEigen eigen = algebra.symmetricEigen(DenseMatrix.wrap(projected, accepted, accepted));
        previousValues = values;
        values = eigen.values().clone();
        for (int k = 0; k < values.length; k++) {
            values[k] = Math.max(0, values[k]);
        }
        coefficients = eigen.vectors();
    }

    private static double mean(DenseMatrix newRows, int i, int j, int previousSize) {
        return (newRows.get(i, previousSize + j) + newRows.get(j, previousSize + i)) / 2;
    }

    /** Adds random vectors as the next block. */
    private void draw() {
        while (size - accepted < width && size < dimension) {
            double[] vector = new double[dimension];
            for (int j = 0; j < dimension; j++) {
                vector[j] = hash.uniform(j, randomVectors);
            }
            randomVectors++;
            append(vector, 0);
        }
    }

    /**
     * Orthogonalises a vector against the basis and appends it, unless the remainder is a rounding error. It
     * orthogonalises three times, because the vector may nearly lie in the basis.
     */
    private void append(double[] vector, double scale) {
        double before = norm(vector);
        if (!(before > DEPENDENT * scale)) {
            return;
        }
        double after = before;
        for (int round = 0; round < 3; round++) {
            project(vector);
            after = norm(vector);
        }
        if (!(after > DEPENDENT * Math.max(before, scale))) {
            return;
        }
        basis = Arrays.copyOf(basis, (size + 1) * dimension);
        for (int j = 0; j < dimension; j++) {
            basis[size * dimension + j] = vector[j] / after;
        }
        size++;
    }

    /** Computes {@code vector -= Q'Q vector}. */
    private void project(double[] vector) {
        if (size == 0) {
            return;
        }
        DenseMatrix q = DenseMatrix.wrap(basis, size, dimension);
        DenseMatrix v = DenseMatrix.wrap(vector, 1, dimension);
        DenseMatrix shares = DenseMatrix.zeros(1, size);
        algebra.multiply(1, v, false, q, true, 0, shares);
        algebra.multiply(-1, shares, false, q, false, 1, v);
    }

    private static double norm(double[] vector) {
        double sum = 0;
        for (double value : vector) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }
}
