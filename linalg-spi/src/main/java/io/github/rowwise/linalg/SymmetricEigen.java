package io.github.rowwise.linalg;

/**
 * The eigendecomposition {@code A = Q diag(l) Q'} of a symmetric n x n matrix.
 *
 * <pre class="example">{@code
 * SymmetricEigen eigen = algebra.symmetricEigen(a);
 * double largest = eigen.values()[0];
 * }</pre>
 *
 * @param values l, n values, descending
 * @param vectors Q, n x n, orthonormal; column k belongs to {@code values[k]}
 */
public record SymmetricEigen(double[] values, DenseMatrix vectors) {}
