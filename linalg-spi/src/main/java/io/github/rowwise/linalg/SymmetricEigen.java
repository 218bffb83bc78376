package io.github.rowwise.linalg;

/**
 * The eigendecomposition {@code A = Q diag(l) Q'} of a symmetric n x n matrix.
 *
 * <p>The eigenvalues are copied by the constructor and by the accessor. The matrix is a view, as {@link DenseMatrix}
 * specifies. The receiver owns it and may overwrite it; the backend keeps no reference to its array.
 *
 * <pre class="example">{@code
 * SymmetricEigen eigen = algebra.symmetricEigen(a);
 * double largest = eigen.values()[0];
 * }</pre>
 *
 * @param values l, n values in descending order
 * @param vectors Q, n x n, with orthonormal columns; column k belongs to {@code values[k]}
 */
public record SymmetricEigen(double[] values, DenseMatrix vectors) {

    /**
     * Creates the record with a copy of the eigenvalues.
     *
     * @param values l, n values in descending order
     * @param vectors Q, n x n
     */
    public SymmetricEigen {
        values = values.clone();
    }

    /**
     * Returns a copy of the eigenvalues. Loops should call this method once, before the loop.
     *
     * @return n values in descending order
     */
    @Override
    public double[] values() {
        return values.clone();
    }
}
