package io.github.rowwise.benchmarks;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.Tile;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The tall, skinny products of a pass over the panel, computed tile by tile on one thread.
 *
 * <p>All times include copying the rows to the tile, as in any pass. {@link FillBenchmark} measures that part alone.
 */
public class TilePassBenchmark extends BackendBenchmark {

    @Param("4000x1000")
    String panel = "";

    @Param({"1", "4", "8", "16", "32"})
    int vectors;

    private DenseMatrix rows = DenseMatrix.zeros(0, 0);
    private DenseMatrix factors = DenseMatrix.zeros(0, 0);
    private DenseMatrix product = DenseMatrix.zeros(0, 0);
    private DenseMatrix left = DenseMatrix.zeros(0, 0);
    private DenseMatrix sum = DenseMatrix.zeros(0, 0);

    @SuppressWarnings("NullAway.Init") // JMH calls the setup before any benchmark.
    private Tile tile;

    /** Creates the rows, the vectors and the tile. */
    @Setup
    public void prepare() {
        Shape shape = Shape.parse(panel);
        rows = Inputs.normal(shape, 1);
        factors = Inputs.normal(vectors, shape.columns(), 2);
        left = Inputs.normal(shape.rows(), vectors, 3);
        product = DenseMatrix.zeros(shape.rows(), vectors);
        sum = DenseMatrix.zeros(vectors, shape.columns());
        tile = algebra().newTile(shape.columns());
    }

    /** Frees the tile. */
    @TearDown
    public void close() {
        tile.close();
    }

    /**
     * Multiplies the panel with the vectors.
     *
     * @return panel times vectors', one row per unit
     */
    @Benchmark
    public DenseMatrix product() {
        for (int first = 0; first < rows.rows(); first += tile.rows()) {
            int count = Tiles.fill(tile, rows, first);
            tile.product(count, factors, product.rowRange(first, count));
        }
        return product;
    }

    /**
     * Multiplies the transposed panel with vectors.
     *
     * @return left' times panel, one row per vector
     */
    @Benchmark
    public DenseMatrix transposedProduct() {
        Tiles.clear(sum);
        for (int first = 0; first < rows.rows(); first += tile.rows()) {
            int count = Tiles.fill(tile, rows, first);
            tile.addTransposedProduct(count, left.rowRange(first, count), sum);
        }
        return sum;
    }

    /**
     * Multiplies the vectors with X'X as the passes of the core do, with both products on one tile after another.
     *
     * @return vectors (X'X)', one row per vector
     */
    @Benchmark
    public DenseMatrix normalProduct() {
        Tiles.clear(sum);
        for (int first = 0; first < rows.rows(); first += tile.rows()) {
            int count = Tiles.fill(tile, rows, first);
            DenseMatrix part = product.rowRange(first, count);
            tile.product(count, factors, part);
            tile.addTransposedProduct(count, part, sum);
        }
        return sum;
    }

    DenseMatrix rows() {
        return rows;
    }

    DenseMatrix factors() {
        return factors;
    }

    DenseMatrix left() {
        return left;
    }
}
