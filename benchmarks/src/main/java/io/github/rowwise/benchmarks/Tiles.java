package io.github.rowwise.benchmarks;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.Tile;
import java.util.Arrays;

/** How the benchmarks carry rows through a tile. */
final class Tiles {

    private Tiles() {}

    /** Fills the tile with the rows from {@code first} on, and returns how many there were. */
    static int fill(Tile tile, DenseMatrix rows, int first) {
        int count = Math.min(tile.rows(), rows.rows() - first);
        for (int r = 0; r < count; r++) {
            tile.setRow(r, rows.values(), rows.rowStart(first + r));
        }
        return count;
    }

    static void clear(DenseMatrix sum) {
        Arrays.fill(sum.values(), 0);
    }
}
