package io.github.rowwise.benchmarks;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.Tile;
import java.util.Arrays;

/** Tile operations shared by the benchmarks. */
final class Tiles {

    private Tiles() {}

    /** Copies rows to the tile, starting at {@code first}, and returns their number. */
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
