package io.github.rowwise.linalg;

/**
 * A thin singular value decomposition {@code A = U diag(s) V'} of a rows x columns matrix, with
 * {@code k = min(rows, columns)}.
 *
 * <pre class="example">{@code
 * Svd svd = algebra.svd(a);
 * double largest = svd.singularValues()[0];
 * }</pre>
 *
 * @param left U, rows x k, orthonormal columns, also where a singular value is zero
 * @param singularValues s, k values, descending, none negative
 * @param right V, columns x k, orthonormal columns, also where a singular value is zero
 */
public record Svd(DenseMatrix left, double[] singularValues, DenseMatrix right) {}
