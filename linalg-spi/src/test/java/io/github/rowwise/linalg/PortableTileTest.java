package io.github.rowwise.linalg;

/** The kernel in plain Java. */
class PortableTileTest extends TileKernelTest {

    @Override
    Tile newTile(int columns) {
        return new PortableTile(columns);
    }
}
