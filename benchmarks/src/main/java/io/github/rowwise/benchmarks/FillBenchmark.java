package io.github.rowwise.benchmarks;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.Tile;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Copying the rows of a panel to a tile, which is the part of a tile pass without arithmetic. */
public class FillBenchmark extends BackendBenchmark {

    @Param("4000x1000")
    String panel = "";

    private DenseMatrix rows = DenseMatrix.zeros(0, 0);

    @SuppressWarnings("NullAway.Init") // JMH calls the setup before any benchmark.
    private Tile tile;

    /** Creates the rows and the tile. */
    @Setup
    public void prepare() {
        Shape shape = Shape.parse(panel);
        rows = Inputs.normal(shape, 1);
        tile = algebra().newTile(shape.columns());
    }

    /** Frees the tile. */
    @TearDown
    public void close() {
        tile.close();
    }

    /**
     * Copies all rows, one tile after another.
     *
     * @return the tile with the last rows
     */
    @Benchmark
    public Tile fill() {
        for (int first = 0; first < rows.rows(); first += tile.rows()) {
            Tiles.fill(tile, rows, first);
        }
        return tile;
    }

    DenseMatrix rows() {
        return rows;
    }
}
