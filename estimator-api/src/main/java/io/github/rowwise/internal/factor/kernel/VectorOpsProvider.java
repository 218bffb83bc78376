package io.github.rowwise.internal.factor.kernel;

import io.github.rowwise.linalg.KernelProvider;

/** A kernel provider that also has {@link VectorOps}. */
public interface VectorOpsProvider extends KernelProvider {

    VectorOps newVectorOps();
}
