package io.github.rowwise.backend.nd4j;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dgeqrf;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dgesdd;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dorgqr;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dsyevd;
import static org.bytedeco.openblas.global.openblas.LAPACK_ROW_MAJOR;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.Qr;
import io.github.rowwise.linalg.Svd;
import io.github.rowwise.linalg.SymmetricEigen;
import io.github.rowwise.linalg.Tile;

/**
 * Linear algebra on ND4J arrays outside of the heap, with the OpenBLAS that ND4J loads.
 *
 * <p>BLAS and LAPACK are called directly on the addresses of {@code INDArray}s, as ND4J's {@code CpuLevel3} and
 * {@code CpuLapack} do. These classes themselves are not used:
 *
 * <ul>
 *   <li>their singular value decomposition computes the full left factor, or uses {@code gesvd}, which takes 6 to 9 times as
 *       long as {@code gesdd};
 *   <li>their {@code syrk} returns wrong results;
 *   <li>their QR decomposition does not support wide matrices.
 * </ul>
 */
final class Nd4jLinearAlgebra implements LinearAlgebra {

    static final String NAME = "nd4j";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        return Nd4jRuntime.version();
    }

    @Override
    public void multiply(
            double alpha,
            DenseMatrix a,
            boolean transposeA,
            DenseMatrix b,
            boolean transposeB,
            double beta,
            DenseMatrix c) {
        if (c.rows() == 0 || c.columns() == 0) {
            return;
        }
        int inner = transposeA ? a.rows() : a.columns();
        if (inner == 0) {
            scale(beta, c);
            return;
        }
        try (NativeArray left = NativeArray.of(a);
                NativeArray right = NativeArray.of(b);
                NativeArray result = NativeArray.of(c)) {
            cblas_dgemm(
                    CblasRowMajor,
                    transposeA ? CblasTrans : CblasNoTrans,
                    transposeB ? CblasTrans : CblasNoTrans,
                    c.rows(),
                    c.columns(),
                    inner,
                    alpha,
                    left.pointer(),
                    a.columns(),
                    right.pointer(),
                    b.columns(),
                    beta,
                    result.pointer(),
                    c.columns());
            result.get(c);
        }
    }

    private static void scale(double beta, DenseMatrix c) {
        for (int row = 0; row < c.rows(); row++) {
            for (int column = 0; column < c.columns(); column++) {
                c.set(row, column, beta == 0 ? 0 : beta * c.get(row, column));
            }
        }
    }

    @Override
    public Svd svd(DenseMatrix a) {
        int rows = a.rows();
        int columns = a.columns();
        int k = Math.min(rows, columns);
        try (NativeArray overwritten = NativeArray.of(a);
                NativeArray values = new NativeArray(k);
                NativeArray left = new NativeArray((long) rows * k);
                NativeArray rightTransposed = new NativeArray((long) k * columns)) {
            check(
                    LAPACKE_dgesdd(
                            LAPACK_ROW_MAJOR,
                            (byte) 'S',
                            rows,
                            columns,
                            overwritten.pointer(),
                            columns,
                            values.pointer(),
                            left.pointer(),
                            k,
                            rightTransposed.pointer(),
                            columns),
                    "dgesdd",
                    a);
            DenseMatrix transposed = rightTransposed.matrix(k, columns);
            DenseMatrix right = DenseMatrix.zeros(columns, k);
            for (int column = 0; column < columns; column++) {
                for (int j = 0; j < k; j++) {
                    right.set(column, j, transposed.get(j, column));
                }
            }
            return new Svd(left.matrix(rows, k), values.vector(k), right);
        }
    }

    @Override
    public SymmetricEigen symmetricEigen(DenseMatrix a) {
        int n = a.rows();
        try (NativeArray vectors = NativeArray.of(a);
                NativeArray values = new NativeArray(n)) {
            check(
                    LAPACKE_dsyevd(LAPACK_ROW_MAJOR, (byte) 'V', (byte) 'U', n, vectors.pointer(), n, values.pointer()),
                    "dsyevd",
                    a);
            // LAPACK returns the values in ascending order.
            double[] ascending = values.vector(n);
            DenseMatrix ascendingVectors = vectors.matrix(n, n);
            double[] descending = new double[n];
            DenseMatrix descendingVectors = DenseMatrix.zeros(n, n);
            for (int k = 0; k < n; k++) {
                descending[k] = ascending[n - 1 - k];
                for (int row = 0; row < n; row++) {
                    descendingVectors.set(row, k, ascendingVectors.get(row, n - 1 - k));
                }
            }
            return new SymmetricEigen(descending, descendingVectors);
        }
    }

    @Override
    public Qr qr(DenseMatrix a) {
        int rows = a.rows();
        int columns = a.columns();
        int k = Math.min(rows, columns);
        try (NativeArray factored = NativeArray.of(a);
                NativeArray reflectors = new NativeArray(k)) {
            check(
                    LAPACKE_dgeqrf(LAPACK_ROW_MAJOR, rows, columns, factored.pointer(), columns, reflectors.pointer()),
                    "dgeqrf",
                    a);
            DenseMatrix triangular = factored.matrix(k, columns);
            for (int row = 1; row < k; row++) {
                for (int column = 0; column < row; column++) {
                    triangular.set(row, column, 0);
                }
            }
            check(
                    LAPACKE_dorgqr(LAPACK_ROW_MAJOR, rows, k, k, factored.pointer(), columns, reflectors.pointer()),
                    "dorgqr",
                    a);
            DenseMatrix orthogonal = DenseMatrix.zeros(rows, k);
            for (int row = 0; row < rows; row++) {
                factored.get((long) row * columns, orthogonal.values(), orthogonal.rowStart(row), k);
            }
            return new Qr(orthogonal, triangular);
        }
    }

    @Override
    public Tile newTile(int columns) {
        return new Nd4jTile(columns);
    }

    private static void check(int status, String routine, DenseMatrix a) {
        if (status != 0) {
            throw new ArithmeticException("LAPACK's " + routine + " of a " + a.rows() + " x " + a.columns()
                    + " matrix failed with status " + status + (status < 0 ? ": are all its entries finite?" : ""));
        }
    }
}
