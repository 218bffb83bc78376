package io.github.rowwise.benchmarks;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.SymmetricEigen;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The backend's symmetric eigendecomposition; the core asks for it once a pass, with a side that grows to about 100. */
public class EigenBenchmark extends BackendBenchmark {

    @Param({"20", "60", "200", "500"})
    int side;

    private DenseMatrix matrix = DenseMatrix.zeros(0, 0);

    /** Makes the matrix. */
    @Setup
    public void prepare() {
        matrix = Inputs.symmetric(side, 1);
    }

    /**
     * Decomposes.
     *
     * @return values and vectors
     */
    @Benchmark
    public SymmetricEigen symmetricEigen() {
        return algebra().symmetricEigen(matrix);
    }

    DenseMatrix matrix() {
        return matrix;
    }
}
