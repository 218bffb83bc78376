package io.github.rowwise.internal.spectral;

import io.github.rowwise.linalg.KernelProvider;

/** A kernel provider that also has a {@link NormalKernel}. */
public interface NormalKernelProvider extends KernelProvider {

    NormalKernel newNormalKernel(int periods);
}
