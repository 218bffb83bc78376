package io.github.rowwise.benchmarks;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.SymmetricEigen;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Symmetric eigendecomposition by the backend. The core needs one per pass, of matrices up to about 100 x 100. */
public class EigenBenchmark extends BackendBenchmark {

    @Param({"20", "60", "200", "500"})
    int side;

    private DenseMatrix matrix = DenseMatrix.zeros(0, 0);

    /** Creates the matrix. */
    @Setup
    public void prepare() {
        matrix = Inputs.symmetric(side, 1);
    }

    /**
     * Decomposes the matrix.
     *
     * @return the eigenvalues and eigenvectors
     */
    @Benchmark
    public SymmetricEigen symmetricEigen() {
        return algebra().symmetricEigen(matrix);
    }

    DenseMatrix matrix() {
        return matrix;
    }
}
