package io.github.rowwise.benchmarks;

import io.github.rowwise.linalg.DenseMatrix;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Product of small matrices by the backend. */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SmallProductBenchmark extends BackendBenchmark {

    @Param
    SmallProduct product = SmallProduct.SQUARE;

    private DenseMatrix a = DenseMatrix.zeros(0, 0);
    private DenseMatrix b = DenseMatrix.zeros(0, 0);
    private DenseMatrix c = DenseMatrix.zeros(0, 0);

    /** Creates the operands. */
    @Setup
    public void prepare() {
        a = Inputs.normal(product.rows(), product.inner(), 1);
        b = product.transposed()
                ? Inputs.normal(product.columns(), product.inner(), 2)
                : Inputs.normal(product.inner(), product.columns(), 2);
        c = DenseMatrix.zeros(product.rows(), product.columns());
    }

    /**
     * Multiplies the matrices.
     *
     * @return a times b, or a times b'
     */
    @Benchmark
    public DenseMatrix multiply() {
        algebra().multiply(1, a, false, b, product.transposed(), 0, c);
        return c;
    }

    DenseMatrix a() {
        return a;
    }

    DenseMatrix b() {
        return b;
    }
}
