package io.github.rowwise.linalg;

/**
 * A thin singular value decomposition {@code A = U diag(s) V'} of a rows x columns matrix, with
 * {@code k = min(rows, columns)}.
 *
 * <p>The singular values are copied by the constructor and by the accessor. The matrices are views, as {@link DenseMatrix}
 * specifies. The receiver owns them and may overwrite them; the backend keeps no reference to their arrays.
 *
 * <pre class="example">{@code
 * Svd svd = algebra.svd(a);
 * double largest = svd.singularValues()[0];
 * }</pre>
 *
 * @param left U, rows x k, with orthonormal columns, even if a singular value is zero
 * @param singularValues s, k values in descending order, none negative
 * @param right V, columns x k, with orthonormal columns, even if a singular value is zero
 */
public record Svd(DenseMatrix left, double[] singularValues, DenseMatrix right) {

    /**
     * Creates the record with a copy of the singular values.
     *
     * @param left U, rows x k
     * @param singularValues s, k values in descending order
     * @param right V, columns x k
     */
    public Svd {
        singularValues = singularValues.clone();
    }

    /**
     * Returns a copy of the singular values. Loops should call this method once, before the loop.
     *
     * @return k values in descending order, none negative
     */
    @Override
    public double[] singularValues() {
        return singularValues.clone();
    }
}
