package io.github.rowwise.internal.spectral;

import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.spectral.NormalPass.Operand;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One thread's arithmetic of a {@link NormalPass}: some rows of a block at a time, one operand after the other. */
interface NormalKernel extends PassScratch {

    /**
     * Adds vectors X'X of a block's rows for each operand to the sum of the same index. The vectors' number is even, and
     * their rows and those of the sums are followed by zeros up to {@link #paddedLength}.
     */
    void add(RowBlock block, List<Operand> operands, List<DenseMatrix> sums);

    /** Whole groups of eight, so that kernels need no other code for what is left over. */
    static int paddedLength(int periods) {
        return (periods + 7) / 8 * 8;
    }

    /**
     * The vector kernel where the JVM was started with {@code --add-modules jdk.incubator.vector}, else one on the
     * backend's tile. A JVM always gives the same kernel.
     */
    static NormalKernel newKernel(LinearAlgebra algebra, int periods) {
        MethodHandle vectorKernel = Finder.VECTOR_KERNEL;
        if (vectorKernel == null) {
            return new TileNormalKernel(algebra.newTile(periods));
        }
        try {
            return (NormalKernel) vectorKernel.invoke(periods);
        } catch (Throwable e) {
            throw new LinkageError("the vector kernel cannot be made", e);
        }
    }

    /** Names the class and does not refer to it, because it does not load without the module. */
    final class Finder {

        private static final @Nullable MethodHandle VECTOR_KERNEL = find();

        private Finder() {}

        private static @Nullable MethodHandle find() {
            Optional<Module> vectors = ModuleLayer.boot().findModule("jdk.incubator.vector");
            if (vectors.isEmpty()) {
                return null;
            }
            NormalKernel.class.getModule().addReads(vectors.get());
            try {
                Class<?> kernel = Class.forName("io.github.rowwise.internal.spectral.VectorNormalKernel");
                return MethodHandles.lookup().findConstructor(kernel, MethodType.methodType(void.class, int.class));
            } catch (ReflectiveOperationException | LinkageError e) {
                // A later JDK may change what is still an incubating API.
                return null;
            }
        }
    }
}
