/** Kernels that use the JDK's vector API, in JVMs that were started with {@code --add-modules jdk.incubator.vector}. */
module io.github.rowwise.vector {
    // Optional at run time: a plain "requires" would start the incubator module wherever this one is on the module
    // path.
    requires static jdk.incubator.vector;
    requires static org.jspecify;
    requires io.github.rowwise;
    requires io.github.rowwise.linalg;

    provides io.github.rowwise.linalg.KernelProvider with
            io.github.rowwise.vector.VectorKernels;
}
