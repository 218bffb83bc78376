package io.github.rowwise.linalg;

/**
 * A cache-sized scratch space for a few dozen masked and scaled rows of the panel, with the products that a pass needs.
 *
 * <p>In the following, X is the rows x columns matrix of the rows that were set last. Factors and sums are stored with one
 * <em>row</em> per factor, so that the values of a factor are contiguous over the periods:
 *
 * <pre>
 *   X        rows x columns   one row per unit, one column per period
 *   factors  k x columns      one row per factor
 *   product  rows x k         X factors'
 *   sum      k x columns      left' X, with left rows x k
 * </pre>
 *
 * <p>Not thread-safe: each thread uses its own tile. A tile may own memory outside of the heap and must be closed.
 *
 * <pre class="example">{@code
 * try (Tile tile = algebra.newTile(a.columns())) {
 *     tile.setRow(0, a.values(), a.rowStart(0));
 *     DenseMatrix gram = DenseMatrix.zeros(a.columns(), a.columns());
 *     tile.addGram(1, gram);
 * }
 * }</pre>
 */
public interface Tile extends AutoCloseable {

    /**
     * Returns the number of rows that the tile can hold.
     *
     * @return 1 or more, chosen by the backend to fit the cache
     */
    int rows();

    /**
     * Returns the length of a row.
     *
     * @return number of periods
     */
    int columns();

    /**
     * Copies one row into the tile.
     *
     * @param row target row, from 0 to {@link #rows()} - 1
     * @param values array that contains the row
     * @param offset index of the row's first value; {@link #columns()} values are read
     */
    void setRow(int row, double[] values, int offset);

    /**
     * Computes {@code product = X factors'} from the first rows of the tile.
     *
     * @param rows number of rows of the tile to use
     * @param factors k x columns
     * @param product rows x k, overwritten
     */
    void product(int rows, DenseMatrix factors, DenseMatrix product);

    /**
     * Computes {@code sum += left' X} from the first rows of the tile.
     *
     * @param rows number of rows of the tile to use
     * @param left rows x k
     * @param sum k x columns, added to
     */
    void addTransposedProduct(int rows, DenseMatrix left, DenseMatrix sum);

    /**
     * Computes the upper triangle of {@code sum += X' X} from the first rows of the tile.
     *
     * @param rows number of rows of the tile to use
     * @param sum columns x columns, added to; entries below its diagonal are undefined afterwards
     */
    void addGram(int rows, DenseMatrix sum);

    /** Releases the memory of the tile. Further calls have no effect. */
    @Override
    void close();
}
