package io.github.rowwise.linalg;

/**
 * A few dozen masked and scaled rows of the panel in a cache-sized scratch space, with the products that a pass needs.
 *
 * <p>X below is the rows x columns matrix of the rows set last. Factors and sums are stored with one factor a
 * <em>row</em>, so that each factor's values over the periods lie side by side.
 *
 * <p>One tile belongs to one thread. It may own memory outside the heap, so close it.
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
     * Returns how many rows the tile holds at most.
     *
     * @return 1 or more, chosen by the backend to suit the cache
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
     * @param row where to, from 0 to {@link #rows()} - 1
     * @param values array with the row
     * @param offset index of the row's first value; {@link #columns()} values are read
     */
    void setRow(int row, double[] values, int offset);

    /**
     * Computes {@code product = X factors'} with the first rows of the tile.
     *
     * @param rows how many rows of the tile take part
     * @param factors k x columns
     * @param product rows x k, overwritten
     */
    void product(int rows, DenseMatrix factors, DenseMatrix product);

    /**
     * Computes {@code sum += left' X} with the first rows of the tile.
     *
     * @param rows how many rows of the tile take part
     * @param left rows x k
     * @param sum k x columns, added to
     */
    void addTransposedProduct(int rows, DenseMatrix left, DenseMatrix sum);

    /**
     * Computes the upper triangle of {@code sum += X' X} with the first rows of the tile.
     *
     * @param rows how many rows of the tile take part
     * @param sum columns x columns, added to; what happens below its diagonal is not defined
     */
    void addGram(int rows, DenseMatrix sum);

    /** Frees what the tile holds. A second call does nothing. */
    @Override
    void close();
}
