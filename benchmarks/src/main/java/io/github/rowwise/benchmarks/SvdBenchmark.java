package io.github.rowwise.benchmarks;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.Svd;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Thin singular value decomposition by the backend. The core computes it for panels with up to 200 units or periods.
 */
public class SvdBenchmark extends BackendBenchmark {

    @Param({"200x200", "500x200", "200x500", "1000x500"})
    String shape = "";

    private DenseMatrix matrix = DenseMatrix.zeros(0, 0);

    /** Creates the matrix. */
    @Setup
    public void prepare() {
        matrix = Inputs.normal(Shape.parse(shape), 1);
    }

    /**
     * Decomposes the matrix.
     *
     * @return the factors
     */
    @Benchmark
    public Svd thinSvd() {
        return algebra().svd(matrix);
    }

    DenseMatrix matrix() {
        return matrix;
    }
}
