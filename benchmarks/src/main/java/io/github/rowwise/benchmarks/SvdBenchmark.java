package io.github.rowwise.benchmarks;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.Svd;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The backend's thin singular value decomposition; the core decomposes panels of up to 200 units or periods in full. */
public class SvdBenchmark extends BackendBenchmark {

    @Param({"200x200", "500x200", "200x500", "1000x500"})
    String shape = "";

    private DenseMatrix matrix = DenseMatrix.zeros(0, 0);

    /** Makes the matrix. */
    @Setup
    public void prepare() {
        matrix = Inputs.normal(Shape.parse(shape), 1);
    }

    /**
     * Decomposes.
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
