package io.github.rowwise.linalg;

/**
 * The matrix operations that the estimators need from a backend.
 *
 * <p>There are two groups:
 *
 * <ul>
 *   <li>The <b>small dense</b> operations ({@link #multiply}, {@link #svd}, {@link #symmetricEigen}, {@link #qr}) work on
 *       matrices of at most a few thousand rows and columns.
 *   <li>The <b>tile products</b> ({@link #newTile}) do the work of the passes over the panel. A backend that does not
 *       override {@code newTile} gets the kernels of this JVM, see {@link Kernels}.
 * </ul>
 *
 * <p>Rules for every operation:
 *
 * <ul>
 *   <li>Inputs are not modified. Results are new arrays to which the backend keeps no reference.
 *   <li>Nothing is printed.
 *   <li>All entries are finite. The result of a non-finite entry is undefined.
 *   <li>Magnitudes from 1e-150 to 1e150 neither overflow nor underflow if the result is representable.
 *   <li>Sizes may be 0 in {@link #multiply}, and are at least 1 elsewhere.
 *   <li>Shapes are not checked; the caller passes matrices that match.
 * </ul>
 *
 * <p>Implementations are thread-safe.
 *
 * <pre class="example">{@code
 * DenseMatrix gram = DenseMatrix.zeros(a.columns(), a.columns());
 * algebra.multiply(1, a, true, a, false, 0, gram); // a' a
 * }</pre>
 */
public interface LinearAlgebra {

    /**
     * Returns the name of the backend, equal to the name of its provider.
     *
     * @return such as {@code ejml}
     */
    String name();

    /**
     * Returns the version of the underlying library.
     *
     * @return such as {@code 0.46.1}
     */
    String version();

    /**
     * Computes {@code c = alpha * op(a) * op(b) + beta * c}, where op is the transpose or the identity.
     *
     * <p>If {@code beta} is 0, the previous content of {@code c} is ignored, even if it is NaN. {@code c} shares no entry
     * with {@code a} or {@code b}. Entries of its array outside of the view are not modified.
     *
     * @param alpha factor of the product
     * @param a left operand
     * @param transposeA whether to transpose {@code a}
     * @param b right operand
     * @param transposeB whether to transpose {@code b}
     * @param beta factor of the previous content of {@code c}
     * @param c the result
     */
    void multiply(
            double alpha,
            DenseMatrix a,
            boolean transposeA,
            DenseMatrix b,
            boolean transposeB,
            double beta,
            DenseMatrix c);

    /**
     * Computes a thin singular value decomposition.
     *
     * @param a any shape, wide or tall
     * @return factors with the shapes and the order that {@link Svd} specifies
     */
    Svd svd(DenseMatrix a);

    /**
     * Computes the eigendecomposition of a symmetric matrix.
     *
     * @param a square and symmetric; a backend may read either triangle
     * @return values and vectors in the order that {@link SymmetricEigen} specifies
     */
    SymmetricEigen symmetricEigen(DenseMatrix a);

    /**
     * Computes a thin QR decomposition.
     *
     * @param a any shape, wide or tall
     * @return factors with the shapes that {@link Qr} specifies
     */
    Qr qr(DenseMatrix a);

    /**
     * Returns the scratch space and the kernels of one thread in a pass over the panel.
     *
     * @param columns number of periods, the length of a row
     * @return a tile for one thread; the caller closes it
     */
    default Tile newTile(int columns) {
        return Kernels.newTile(columns);
    }
}
