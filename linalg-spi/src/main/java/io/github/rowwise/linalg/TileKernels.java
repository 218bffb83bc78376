package io.github.rowwise.linalg;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the kernel that backends without one of their own get: with the JDK's vector API where the JVM was started
 * with {@code --add-modules jdk.incubator.vector}, in plain Java elsewhere. A JVM always gives the same kernel.
 */
final class TileKernels {

    private static final @Nullable MethodHandle VECTOR_TILE = findVectorTile();

    private TileKernels() {}

    static Tile newTile(int columns) {
        MethodHandle vectorTile = VECTOR_TILE;
        if (vectorTile == null) {
            return new PortableTile(columns);
        }
        try {
            return (Tile) vectorTile.invoke(columns);
        } catch (Throwable e) {
            throw new LinkageError("the vector kernel cannot be made", e);
        }
    }

    /** The class is named and not referred to, because it does not load without the module. */
    private static @Nullable MethodHandle findVectorTile() {
        Optional<Module> vectors = ModuleLayer.boot().findModule("jdk.incubator.vector");
        if (vectors.isEmpty()) {
            return null;
        }
        TileKernels.class.getModule().addReads(vectors.get());
        try {
            Class<?> tile = Class.forName("io.github.rowwise.linalg.VectorTile");
            return MethodHandles.lookup().findConstructor(tile, MethodType.methodType(void.class, int.class));
        } catch (ReflectiveOperationException | LinkageError e) {
            // A later JDK may change what is still an incubating API.
            return null;
        }
    }
}
