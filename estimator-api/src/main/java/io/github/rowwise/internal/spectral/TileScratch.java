package io.github.rowwise.internal.spectral;

import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.linalg.Tile;

/** One thread's tile, with a row to fill it from. */
record TileScratch(Tile tile, double[] row) implements PassScratch {

    TileScratch(Tile tile) {
        this(tile, new double[tile.columns()]);
    }

    @Override
    public void close() {
        tile.close();
    }
}
