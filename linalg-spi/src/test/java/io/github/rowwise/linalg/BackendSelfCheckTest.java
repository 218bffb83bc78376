package io.github.rowwise.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BackendSelfCheckTest {

    @Test
    void correctBackendPasses() {
        assertThat(BackendSelfCheck.failure(new TextbookLinearAlgebra())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("wrongBackends")
    void wrongResultsAreReportedWithTheirResidual(String operation, LinearAlgebra wrong) {
        assertThat(BackendSelfCheck.failure(wrong))
                .hasValueSatisfying(failure -> assertThat(failure)
                        .contains("wrong results: the " + operation
                                + " of a 200 x 130 matrix has a relative residual of "));
    }

    static Stream<Arguments> wrongBackends() {
        return Stream.of(
                Arguments.of("product", new TextbookLinearAlgebra() {
                    @Override
                    public void multiply(
                            double alpha,
                            DenseMatrix a,
                            boolean transposeA,
                            DenseMatrix b,
                            boolean transposeB,
                            double beta,
                            DenseMatrix c) {
                        super.multiply(alpha, a, transposeA, b, transposeB, beta, c);
                        c.set(0, 0, c.get(0, 0) + 1e-6);
                    }
                }),
                Arguments.of("QR", new TextbookLinearAlgebra() {
                    @Override
                    public Qr qr(DenseMatrix a) {
                        Qr qr = super.qr(a);
                        qr.triangular().set(0, 0, Double.NaN);
                        return qr;
                    }
                }),
                Arguments.of("SVD", new TextbookLinearAlgebra() {
                    @Override
                    public Svd svd(DenseMatrix a) {
                        Svd svd = super.svd(a);
                        double[] values = svd.singularValues();
                        values[100] *= 1 + 1e-6;
                        return new Svd(svd.left(), values, svd.right());
                    }
                }),
                Arguments.of("symmetric eigendecomposition", new TextbookLinearAlgebra() {
                    private int calls;

                    @Override
                    public SymmetricEigen symmetricEigen(DenseMatrix a) {
                        SymmetricEigen eigen = super.symmetricEigen(a);
                        // The first call is that of the SVD.
                        if (calls++ > 0) {
                            eigen.vectors().set(3, 3, 0);
                        }
                        return eigen;
                    }
                }),
                Arguments.of("tile product", new TextbookLinearAlgebra() {
                    @Override
                    public Tile newTile(int columns) {
                        return super.newTile(columns - 1); // Ignores the last period.
                    }
                }));
    }
}
