package io.github.rowwise.benchmarks;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.Qr;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Thin QR decomposition by the backend. */
public class QrBenchmark extends BackendBenchmark {

    @Param({"500x20", "4000x20"})
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
    public Qr thinQr() {
        return algebra().qr(matrix);
    }

    DenseMatrix matrix() {
        return matrix;
    }
}
