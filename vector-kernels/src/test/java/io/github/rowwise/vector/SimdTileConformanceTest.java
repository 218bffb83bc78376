package io.github.rowwise.vector;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.rowwise.backend.ejml.EjmlProvider;
import io.github.rowwise.linalg.LinearAlgebraProvider;
import io.github.rowwise.linalg.Tile;
import io.github.rowwise.linalg.tck.LinearAlgebraConformance;
import org.junit.jupiter.api.Test;

/** Runs the conformance kit on a backend without a tile of its own, which gets the vector kernel in this JVM. */
class SimdTileConformanceTest extends LinearAlgebraConformance {

    @Override
    public LinearAlgebraProvider provider() {
        return new EjmlProvider();
    }

    @Test
    void tileIsTheVectorKernel() {
        try (Tile tile = algebra().newTile(9)) {
            assertInstanceOf(SimdTile.class, tile);
        }
    }
}
