package io.github.rowwise.vector;

import io.github.rowwise.internal.factor.kernel.VectorOps;
import io.github.rowwise.internal.factor.kernel.VectorOpsProvider;
import io.github.rowwise.internal.spectral.NormalKernel;
import io.github.rowwise.internal.spectral.NormalKernelProvider;
import io.github.rowwise.linalg.Tile;

/**
 * Offers kernels that use the JDK's vector API. They are usable in JVMs that were started with
 * {@code --add-modules jdk.incubator.vector}; in other JVMs no class that needs the API is initialised.
 */
public final class VectorKernels implements VectorOpsProvider, NormalKernelProvider {

    /** Creates the provider; does no work. */
    public VectorKernels() {}

    @Override
    public boolean isUsable() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return false;
        }
        // Links the classes here, because a later JDK may change the incubating API.
        newTile(1).close();
        newNormalKernel(1).close();
        return newVectorOps().inner(new double[1], 0, new double[1], 0, 1) == 0;
    }

    @Override
    public Tile newTile(int columns) {
        return new SimdTile(columns);
    }

    @Override
    public VectorOps newVectorOps() {
        return new SimdVectorOps();
    }

    @Override
    public NormalKernel newNormalKernel(int periods) {
        return new SimdNormalKernel(periods);
    }
}
