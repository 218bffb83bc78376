package io.github.rowwise.linalg;

/**
 * A thin QR decomposition {@code A = Q R} of a rows x columns matrix, with {@code k = min(rows, columns)}.
 *
 * <pre class="example">{@code
 * Qr qr = algebra.qr(a);
 * DenseMatrix basis = qr.orthogonal();
 * }</pre>
 *
 * @param orthogonal Q, rows x k, orthonormal columns, also where A lacks rank
 * @param triangular R, k x columns, zero below the diagonal; the diagonal may have either sign
 */
public record Qr(DenseMatrix orthogonal, DenseMatrix triangular) {}
