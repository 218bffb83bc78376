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
        assertThat(BackendSelfCheck.failure(new SlowLinearAlgebra(), true)).isEmpty();
        assertThat(BackendSelfCheck.failure(new SlowLinearAlgebra(), false)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("wrongBackends")
    void wrongResultsAreReportedWithTheirResidual(String operation, LinearAlgebra wrong) {
        assertThat(BackendSelfCheck.failure(wrong, true))
                .hasValueSatisfying(failure -> assertThat(failure)
                        .contains("wrong results: the " + operation
                                + " of a 200 x 130 matrix has a relative residual of "));
        assertThat(BackendSelfCheck.failure(wrong, false))
                .hasValueSatisfying(failure -> assertThat(failure)
                        .contains("wrong results: the " + operation
                                + " of a 40 x 26 matrix has a relative residual of "));
    }

    static Stream<Arguments> wrongBackends() {
        return Stream.of(
                Arguments.of("product", new SlowLinearAlgebra() {
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
                Arguments.of("QR", new SlowLinearAlgebra() {
                    @Override
                    public Qr qr(DenseMatrix a) {
                        Qr qr = super.qr(a);
                        qr.triangular().set(0, 0, Double.NaN);
                        return qr;
                    }
                }),
                Arguments.of("SVD", new SlowLinearAlgebra() {
                    @Override
                    public Svd svd(DenseMatrix a) {
                        Svd svd = super.svd(a);
                        double[] values = svd.singularValues();
                        values[values.length / 2] *= 1 + 1e-6;
                        return new Svd(svd.left(), values, svd.right());
                    }
                }),
                Arguments.of("SVD", new SlowLinearAlgebra() {
                    @Override
                    public Svd svd(DenseMatrix a) {
                        // The factors have the right product, but are not orthonormal.
                        Svd svd = super.svd(a);
                        double[] values = svd.singularValues();
                        values[0] *= 2;
                        for (int i = 0; i < svd.left().rows(); i++) {
                            svd.left().set(i, 0, svd.left().get(i, 0) / 2);
                        }
                        return new Svd(svd.left(), values, svd.right());
                    }
                }),
                Arguments.of("QR", new SlowLinearAlgebra() {
                    @Override
                    public Qr qr(DenseMatrix a) {
                        // The full factor instead of the thin one.
                        return new Qr(
                                DenseMatrix.zeros(a.rows(), a.rows()), DenseMatrix.zeros(a.rows(), a.columns() - 1));
                    }
                }),
                Arguments.of("symmetric eigendecomposition", new SlowLinearAlgebra() {
                    @Override
                    public SymmetricEigen symmetricEigen(DenseMatrix a) {
                        SymmetricEigen eigen = super.symmetricEigen(a);
                        eigen.vectors().set(3, 3, 0);
                        return eigen;
                    }
                }),
                Arguments.of("tile product", new SlowLinearAlgebra() {
                    @Override
                    public Tile newTile(int columns) {
                        return super.newTile(columns - 1); // Ignores the last period.
                    }
                }));
    }
}
