package io.github.rowwise.linalg;

import java.util.Objects;

/**
 * A row-major view of a dense matrix in a {@code double[]}: entry (i, j) is at {@code offset + i * stride + j}.
 *
 * <p>The view does not copy the array, and several views may share one array. Concurrent reads are safe; concurrent
 * writes need synchronisation by the caller. Equality is identity.
 *
 * <pre class="example">{@code
 * DenseMatrix x = DenseMatrix.wrap(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
 * DenseMatrix lastRow = x.rowRange(1, 1); // the same array
 * double six = lastRow.get(0, 2);
 * }</pre>
 */
public final class DenseMatrix {

    private final double[] values;
    private final int offset;
    private final int rows;
    private final int columns;
    private final int stride;

    private DenseMatrix(double[] values, int offset, int rows, int columns, int stride) {
        this.values = values;
        this.offset = offset;
        this.rows = rows;
        this.columns = columns;
        this.stride = stride;
    }

    /**
     * Returns a new matrix of zeros.
     *
     * @param rows number of rows, 0 or more
     * @param columns number of columns, 0 or more
     * @return a matrix with a new array, offset 0 and stride {@code columns}
     * @throws IllegalArgumentException if a size is negative or the product exceeds 2^31 - 1
     */
    public static DenseMatrix zeros(int rows, int columns) {
        if (rows < 0 || columns < 0 || (long) rows * columns > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a dense matrix of " + rows + " x " + columns
                    + " does not fit into one array: both sizes must be 0 or more, and their product below 2^31");
        }
        return new DenseMatrix(new double[rows * columns], 0, rows, columns, columns);
    }

    /**
     * Wraps an array of contiguous rows without copying.
     *
     * @param values the entries
     * @param rows number of rows
     * @param columns number of columns
     * @return a view of the array
     * @throws IllegalArgumentException if the array is too short
     */
    public static DenseMatrix wrap(double[] values, int rows, int columns) {
        return wrap(values, 0, rows, columns, columns);
    }

    /**
     * Wraps part of an array without copying.
     *
     * @param values the array
     * @param offset index of entry (0, 0)
     * @param rows number of rows
     * @param columns number of columns
     * @param stride distance between the starts of consecutive rows (leading dimension), at least {@code columns}
     * @return a view of the array
     * @throws IllegalArgumentException if the view does not lie within the array
     */
    public static DenseMatrix wrap(double[] values, int offset, int rows, int columns, int stride) {
        Objects.requireNonNull(values, "values");
        long end = rows == 0 || columns == 0 ? offset : offset + (rows - 1L) * stride + columns;
        if (offset < 0 || rows < 0 || columns < 0 || stride < columns || end > values.length) {
            throw new IllegalArgumentException("a view of " + rows + " x " + columns + " at offset " + offset
                    + " with stride " + stride + " does not lie within an array of " + values.length);
        }
        return new DenseMatrix(values, offset, rows, columns, stride);
    }

    /**
     * Returns the shared array, not a copy.
     *
     * @return the shared array
     */
    public double[] values() {
        return values;
    }

    /**
     * Returns the index of entry (0, 0) in {@link #values()}.
     *
     * @return 0 or more
     */
    public int offset() {
        return offset;
    }

    /**
     * Returns the number of rows.
     *
     * @return 0 or more
     */
    public int rows() {
        return rows;
    }

    /**
     * Returns the number of columns.
     *
     * @return 0 or more
     */
    public int columns() {
        return columns;
    }

    /**
     * Returns the distance in {@link #values()} between the starts of consecutive rows (leading dimension).
     *
     * @return at least {@link #columns()}
     */
    public int stride() {
        return stride;
    }

    /**
     * Returns the index in {@link #values()} of the first entry of a row.
     *
     * @param row the row, from 0
     * @return the index
     */
    public int rowStart(int row) {
        return offset + row * stride;
    }

    /**
     * Returns one entry.
     *
     * @param row the row, from 0
     * @param column the column, from 0
     * @return the entry
     * @throws IndexOutOfBoundsException if there is no such entry
     */
    public double get(int row, int column) {
        return values[index(row, column)];
    }

    /**
     * Sets one entry.
     *
     * @param row the row, from 0
     * @param column the column, from 0
     * @param value the new value
     * @throws IndexOutOfBoundsException if there is no such entry
     */
    public void set(int row, int column, double value) {
        values[index(row, column)] = value;
    }

    /**
     * Returns a view of consecutive rows.
     *
     * @param from first row
     * @param count number of rows
     * @return a view of the same array
     * @throws IndexOutOfBoundsException if the range exceeds the rows of this matrix
     */
    public DenseMatrix rowRange(int from, int count) {
        Objects.checkFromIndexSize(from, count, rows);
        return new DenseMatrix(values, rowStart(from), count, columns, stride);
    }

    /**
     * Returns a copy with a new array.
     *
     * @return an independent copy with offset 0 and stride {@link #columns()}
     */
    public DenseMatrix copy() {
        DenseMatrix copy = zeros(rows, columns);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(values, rowStart(row), copy.values, row * columns, columns);
        }
        return copy;
    }

    private int index(int row, int column) {
        Objects.checkIndex(row, rows);
        Objects.checkIndex(column, columns);
        return offset + row * stride + column;
    }
}
