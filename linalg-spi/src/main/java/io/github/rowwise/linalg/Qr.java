package io.github.rowwise.linalg;

/**
 * A thin QR decomposition {@code A = Q R} of a rows x columns matrix, with {@code k = min(rows, columns)}.
 *
 * <p>The matrices are views, as {@link DenseMatrix} specifies. The receiver owns them and may overwrite them; the backend
 * keeps no reference to their arrays.
 *
 * <pre class="example">{@code
 * Qr qr = algebra.qr(a);
 * DenseMatrix basis = qr.orthogonal();
 * }</pre>
 *
 * @param orthogonal Q, rows x k, with orthonormal columns, even if A is rank-deficient
 * @param triangular R, k x columns, zero below the diagonal; diagonal entries may have either sign
 */
public record Qr(DenseMatrix orthogonal, DenseMatrix triangular) {}
