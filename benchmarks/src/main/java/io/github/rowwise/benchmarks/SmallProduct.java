package io.github.rowwise.benchmarks;

/** Product of small matrices as in the core, for a panel of 500 periods and a Krylov basis of 60 vectors. */
public enum SmallProduct {
    /** Coefficients of a new vector in the basis, for its orthogonalisation. */
    SHARES(1, 500, 60, true),
    /** Products of the images of a block with the basis, which are new rows of the projected matrix. */
    PROJECTION(4, 500, 60, true),
    /** Ritz vectors as combinations of the basis. */
    COMBINATION(4, 60, 500, false),
    /** Product of square matrices, for comparison. */
    SQUARE(200, 200, 200, false);

    private final int rows;
    private final int inner;
    private final int columns;
    private final boolean transposed;

    SmallProduct(int rows, int inner, int columns, boolean transposed) {
        this.rows = rows;
        this.inner = inner;
        this.columns = columns;
        this.transposed = transposed;
    }

    /**
     * Returns the number of floating-point operations.
     *
     * @return two per entry of the result and inner index
     */
    public double operations() {
        return 2.0 * rows * inner * columns;
    }

    int rows() {
        return rows;
    }

    int inner() {
        return inner;
    }

    int columns() {
        return columns;
    }

    /** Returns whether the right operand is stored as its transpose. */
    boolean transposed() {
        return transposed;
    }
}
