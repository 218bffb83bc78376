package io.github.rowwise.linalg;

/**
 * The eigendecomposition {@code A = Q diag(l) Q'} of a symmetric n x n matrix.
 *
 * @param values l, n values, descending
 * @param vectors Q, n x n, orthonormal; column k belongs to {@code values[k]}
 */
public record SymmetricEigen(double[] values, DenseMatrix vectors) {}
