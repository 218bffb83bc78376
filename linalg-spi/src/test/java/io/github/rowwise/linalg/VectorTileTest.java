package io.github.rowwise.linalg;

import static org.assertj.core.api.Assertions.assertThat;

/** The kernel that a JVM with the vector module chooses by itself: these tests run in one. */
class VectorTileTest extends TileKernelTest {

    @Override
    Tile newTile(int columns) {
        Tile tile = TileKernels.newTile(columns);
        assertThat(tile.getClass().getSimpleName()).isEqualTo("VectorTile");
        return tile;
    }
}
