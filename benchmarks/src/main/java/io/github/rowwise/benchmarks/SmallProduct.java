package io.github.rowwise.benchmarks;

/** A product of small matrices that the core asks for, with a panel of 500 periods and a Krylov basis of 60 vectors. */
public enum SmallProduct {
    /** The shares of a new vector in the basis: its orthogonalisation. */
    SHARES(1, 500, 60, true),
    /** A block's images against the basis: the new rows of the projected matrix. */
    PROJECTION(4, 500, 60, true),
    /** Ritz vectors from the basis. */
    COMBINATION(4, 60, 500, false),
    /** A square product for comparison. */
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
     * Returns the floating-point operations of the product.
     *
     * @return two an entry and inner index
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

    /** Whether the right operand is stored as its transpose. */
    boolean transposed() {
        return transposed;
    }
}
