package io.github.rowwise.benchmarks;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.Tile;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Gram matrix of a panel, computed tile by tile in one pass on one thread. */
public class GramBenchmark extends BackendBenchmark {

    @Param({"4000x200", "4000x500"})
    String panel = "";

    private DenseMatrix rows = DenseMatrix.zeros(0, 0);
    private DenseMatrix sum = DenseMatrix.zeros(0, 0);

    @SuppressWarnings("NullAway.Init") // JMH calls the setup before any benchmark.
    private Tile tile;

    /** Creates the rows and the tile. */
    @Setup
    public void prepare() {
        Shape shape = Shape.parse(panel);
        rows = Inputs.normal(shape, 1);
        sum = DenseMatrix.zeros(shape.columns(), shape.columns());
        tile = algebra().newTile(shape.columns());
    }

    /** Frees the tile. */
    @TearDown
    public void close() {
        tile.close();
    }

    /**
     * Computes the Gram matrix of all rows.
     *
     * @return X'X in the upper triangle
     */
    @Benchmark
    public DenseMatrix gram() {
        Tiles.clear(sum);
        for (int first = 0; first < rows.rows(); first += tile.rows()) {
            tile.addGram(Tiles.fill(tile, rows, first), sum);
        }
        return sum;
    }

    DenseMatrix rows() {
        return rows;
    }
}
