package io.github.rowwise.backend.nd4j;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.CblasUpper;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas.cblas_dsyrk;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.Tile;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tile outside of the heap, which BLAS uses without a copy. Factors and sums are copied in and out, which is a small part
 * of the work.
 */
final class Nd4jTile implements Tile {

    /** Few enough to stay in the cache together with the factors; larger tiles were slower. */
    private static final int ROWS = 64;

    private final int columns;
    private final NativeArray x;
    private final double[] rowOfSum;

    /** k x columns: the factors as input, or the sums of this tile as output. */
    private NativeArray wide;

    /** rows x k. */
    private NativeArray narrow;

    /** columns x columns, created when it is first needed. */
    private @Nullable NativeArray gram;

    Nd4jTile(int columns) {
        this.columns = columns;
        this.x = new NativeArray((long) ROWS * columns);
        this.rowOfSum = new double[columns];
        this.wide = new NativeArray(columns);
        this.narrow = new NativeArray(ROWS);
    }

    @Override
    public int rows() {
        return ROWS;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public void setRow(int row, double[] values, int offset) {
        x.put((long) row * columns, values, offset, columns);
    }

    @Override
    public void product(int rows, DenseMatrix factors, DenseMatrix product) {
        int k = factors.rows();
        makeRoomFor(rows, k);
        wide.put(factors);
        cblas_dgemm(
                CblasRowMajor,
                CblasNoTrans,
                CblasTrans,
                rows,
                k,
                columns,
                1,
                x.pointer(),
                columns,
                wide.pointer(),
                columns,
                0,
                narrow.pointer(),
                k);
        narrow.get(product.rowRange(0, rows));
    }

    @Override
    public void addTransposedProduct(int rows, DenseMatrix left, DenseMatrix sum) {
        int k = left.columns();
        makeRoomFor(rows, k);
        narrow.put(left.rowRange(0, rows));
        cblas_dgemm(
                CblasRowMajor,
                CblasTrans,
                CblasNoTrans,
                k,
                columns,
                rows,
                1,
                narrow.pointer(),
                k,
                x.pointer(),
                columns,
                0,
                wide.pointer(),
                columns);
        for (int factor = 0; factor < k; factor++) {
            addRow(wide, factor, 0, sum);
        }
    }

    @Override
    public void addGram(int rows, DenseMatrix sum) {
        Objects.checkFromIndexSize(0, rows, ROWS);
        if (gram == null) {
            gram = new NativeArray((long) columns * columns);
        }
        NativeArray gramOfTile = gram;
        cblas_dsyrk(
                CblasRowMajor,
                CblasUpper,
                CblasTrans,
                columns,
                rows,
                1,
                x.pointer(),
                columns,
                0,
                gramOfTile.pointer(),
                columns);
        for (int row = 0; row < columns; row++) {
            addRow(gramOfTile, row, row, sum);
        }
    }

    /** Adds the end of a row, starting at a column. */
    private void addRow(NativeArray from, int row, int firstColumn, DenseMatrix sum) {
        int count = columns - firstColumn;
        from.get((long) row * columns + firstColumn, rowOfSum, 0, count);
        double[] values = sum.values();
        int start = sum.rowStart(row) + firstColumn;
        for (int j = 0; j < count; j++) {
            values[start + j] += rowOfSum[j];
        }
    }

    private void makeRoomFor(int rows, int factors) {
        Objects.checkFromIndexSize(0, rows, ROWS);
        if (wide.length() < (long) factors * columns) {
            wide.close();
            narrow.close();
            wide = new NativeArray((long) factors * columns);
            narrow = new NativeArray((long) factors * ROWS);
        }
    }

    @Override
    public void close() {
        x.close();
        wide.close();
        narrow.close();
        if (gram != null) {
            gram.close();
        }
    }
}
