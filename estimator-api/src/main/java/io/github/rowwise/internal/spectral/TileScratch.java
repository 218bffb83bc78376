package io.github.rowwise.internal.spectral;

import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.linalg.Tile;

/** A tile and a row buffer. Scratch memory of one thread. */
record TileScratch(Tile tile, double[] row) implements PassScratch {

    TileScratch(Tile tile) {
        this(tile, new double[tile.columns()]);
    }

    @Override
    public void close() {
        tile.close();
    }
}
