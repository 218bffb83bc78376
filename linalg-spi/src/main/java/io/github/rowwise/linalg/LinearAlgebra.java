package io.github.rowwise.linalg;

/**
 * The matrix operations that the estimator core asks of a backend.
 *
 * <p>Two halves. The <b>small dense</b> operations work on matrices of at most a few thousand rows and columns. The
 * <b>tile products</b> ({@link #newTile}) carry the passes over the panel; a backend that does not override them gets
 * a portable kernel.
 *
 * <p>Every operation leaves its inputs as they were, prints nothing, and gives new arrays that it keeps no hold of.
 * Entries are finite; what a non-finite entry gives is not defined. Magnitudes from 1e-150 to 1e150 must not overflow
 * or vanish where the result is representable. Sizes may be 0 in {@link #multiply} and are 1 or more elsewhere. The
 * arguments' shapes are the caller's duty.
 *
 * <p>Implementations are safe for use by several threads at once.
 *
 * <pre class="example">{@code
 * DenseMatrix gram = DenseMatrix.zeros(a.columns(), a.columns());
 * algebra.multiply(1, a, true, a, false, 0, gram); // a' a
 * }</pre>
 */
public interface LinearAlgebra {

    /**
     * Returns the name of the backend, as its provider states it.
     *
     * @return such as {@code ejml}
     */
    String name();

    /**
     * Returns the version of the library behind the backend.
     *
     * @return such as {@code 0.46.1}
     */
    String version();

    /**
     * Computes {@code c = alpha * op(a) * op(b) + beta * c}, where op transposes or does nothing.
     *
     * <p>With {@code beta} 0 the former content of {@code c} does not matter, not even NaN. {@code c} shares no entry
     * with {@code a} or {@code b}; entries of its array outside the view stay as they were.
     *
     * @param alpha factor of the product
     * @param a left operand
     * @param transposeA whether to transpose {@code a}
     * @param b right operand
     * @param transposeB whether to transpose {@code b}
     * @param beta factor of the former {@code c}
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
     * @return factors with shapes and order as {@link Svd} says
     */
    Svd svd(DenseMatrix a);

    /**
     * Computes the eigendecomposition of a symmetric matrix.
     *
     * @param a square and symmetric; a backend may read either triangle
     * @return values and vectors with the order that {@link SymmetricEigen} says
     */
    SymmetricEigen symmetricEigen(DenseMatrix a);

    /**
     * Computes a thin QR decomposition.
     *
     * @param a any shape, wide or tall
     * @return factors with shapes as {@link Qr} says
     */
    Qr qr(DenseMatrix a);

    /**
     * Returns the scratch space and kernels with which one worker carries a pass over the panel.
     *
     * @param columns number of periods, the length of a row
     * @return a tile for one thread; the caller closes it
     */
    default Tile newTile(int columns) {
        return TileKernels.newTile(columns);
    }
}
