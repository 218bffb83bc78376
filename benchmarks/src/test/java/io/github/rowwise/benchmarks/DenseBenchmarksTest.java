package io.github.rowwise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.Qr;
import io.github.rowwise.linalg.Svd;
import io.github.rowwise.linalg.SymmetricEigen;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class DenseBenchmarksTest {

    static List<String> backends() {
        return UsableBackends.names();
    }

    @Test
    void thePureJavaBackendsAreAlwaysThere() {
        assertThat(backends()).contains("ejml", "ojalgo");
    }

    @ParameterizedTest
    @EnumSource
    void smallProductsAreRight(SmallProduct product) {
        for (String backend : backends()) {
            SmallProductBenchmark benchmark = new SmallProductBenchmark();
            benchmark.backend = backend;
            benchmark.product = product;
            benchmark.findBackend();
            benchmark.prepare();
            DenseMatrix b = product.transposed() ? Oracle.transpose(benchmark.b()) : benchmark.b();
            benchmark.multiply();
            Oracle.assertClose(benchmark.multiply(), Oracle.multiply(benchmark.a(), b));
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void svdGivesTheMatrixBack(String backend) {
        SvdBenchmark benchmark = new SvdBenchmark();
        benchmark.backend = backend;
        benchmark.shape = "20x12";
        benchmark.findBackend();
        benchmark.prepare();
        DenseMatrix input = benchmark.matrix().copy();
        benchmark.thinSvd();
        Svd svd = benchmark.thinSvd();
        Oracle.assertClose(
                Oracle.multiply(Oracle.scaleColumns(svd.left(), svd.singularValues()), Oracle.transpose(svd.right())),
                input);
        Oracle.assertClose(benchmark.matrix(), input);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void eigenGivesTheMatrixBack(String backend) {
        EigenBenchmark benchmark = new EigenBenchmark();
        benchmark.backend = backend;
        benchmark.side = 12;
        benchmark.findBackend();
        benchmark.prepare();
        DenseMatrix input = benchmark.matrix().copy();
        benchmark.symmetricEigen();
        SymmetricEigen eigen = benchmark.symmetricEigen();
        Oracle.assertClose(
                Oracle.multiply(
                        Oracle.scaleColumns(eigen.vectors(), eigen.values()), Oracle.transpose(eigen.vectors())),
                input);
        Oracle.assertClose(benchmark.matrix(), input);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void qrGivesTheMatrixBack(String backend) {
        QrBenchmark benchmark = new QrBenchmark();
        benchmark.backend = backend;
        benchmark.shape = "20x12";
        benchmark.findBackend();
        benchmark.prepare();
        DenseMatrix input = benchmark.matrix().copy();
        benchmark.thinQr();
        Qr qr = benchmark.thinQr();
        Oracle.assertClose(Oracle.multiply(qr.orthogonal(), qr.triangular()), input);
        Oracle.assertClose(benchmark.matrix(), input);
    }
}
