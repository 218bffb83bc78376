package io.github.rowwise.linalg.tck;

import static io.github.rowwise.linalg.tck.Matrices.diagonal;
import static io.github.rowwise.linalg.tck.Matrices.ofRank;
import static io.github.rowwise.linalg.tck.Matrices.reflection;
import static io.github.rowwise.linalg.tck.Matrices.scaled;
import static io.github.rowwise.linalg.tck.Matrices.symmetric;
import static io.github.rowwise.linalg.tck.Oracle.assertClose;
import static io.github.rowwise.linalg.tck.Oracle.assertDescending;
import static io.github.rowwise.linalg.tck.Oracle.assertOrthonormal;
import static io.github.rowwise.linalg.tck.Oracle.assertShape;
import static io.github.rowwise.linalg.tck.Oracle.product;
import static io.github.rowwise.linalg.tck.Oracle.recomposed;
import static io.github.rowwise.linalg.tck.Oracle.transpose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.SymmetricEigen;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Group 3: {@link io.github.rowwise.linalg.LinearAlgebra#symmetricEigen}. */
interface SymmetricEigenRules extends Subject {

    @ParameterizedTest(name = "{0} x {0}")
    @DisplayName("3.01 There are n values and n vectors")
    @ValueSource(ints = {1, 2, 5, 16, 33})
    default void rule301Shapes(int n) {
        SymmetricEigen eigen = algebra().symmetricEigen(symmetric(n));
        assertEquals(n, eigen.values().length, "number of eigenvalues");
        assertShape(n, n, eigen.vectors(), "the vectors");
    }

    @Test
    @DisplayName("3.02 Values are in descending order by value, not by magnitude")
    default void rule302Descending() {
        assertDescending(algebra().symmetricEigen(symmetric(16)).values(), "eigenvalues");
        assertArrayEquals(
                new double[] {3, 1, -0.5, -5},
                algebra().symmetricEigen(diagonal(1, -5, 3, -0.5)).values(),
                Oracle.TOLERANCE,
                "eigenvalues");
    }

    @ParameterizedTest(name = "{0} x {0}")
    @DisplayName("3.03 The vectors are orthonormal")
    @ValueSource(ints = {1, 2, 5, 16, 33})
    default void rule303Orthonormal(int n) {
        assertOrthonormal(algebra().symmetricEigen(symmetric(n)).vectors(), "Q");
    }

    @ParameterizedTest(name = "{0} x {0}")
    @DisplayName("3.04 The product of values and vectors is the matrix")
    @ValueSource(ints = {1, 2, 5, 16, 33})
    default void rule304Recomposes(int n) {
        DenseMatrix a = symmetric(n);
        assertRecomposes(a, algebra().symmetricEigen(a));
    }

    @Test
    @DisplayName("3.05 Repeated values are handled")
    default void rule305RepeatedValues() {
        DenseMatrix q = reflection(6);
        for (DenseMatrix a : new DenseMatrix[] {
            Oracle.identity(5), reflection(6), product(product(q, diagonal(2, 2, 2, -1, -1, 7)), transpose(q))
        }) {
            assertRight(a);
        }
    }

    @Test
    @DisplayName("3.06 A rank-deficient semidefinite matrix is decomposed correctly")
    default void rule306RankDeficient() {
        DenseMatrix a = ofRank(2, 9, 7);
        assertRight(product(transpose(a), a));
        assertRight(diagonal(0, 4, 0, 1));
    }

    @ParameterizedTest(name = "{0} x {0}")
    @DisplayName("3.07 A zero matrix has zero values and orthonormal vectors, not NaN")
    @ValueSource(ints = {1, 2, 7})
    default void rule307ZeroMatrix(int n) {
        assertRight(DenseMatrix.zeros(n, n));
    }

    @ParameterizedTest(name = "entries near {0}")
    @DisplayName("3.08 Tiny entries do not underflow")
    @ValueSource(doubles = {1e-100, 1e-150})
    default void rule308Tiny(double magnitude) {
        assertRight(scaled(magnitude, symmetric(6)));
    }

    @ParameterizedTest(name = "entries near {0}")
    @DisplayName("3.09 Huge entries do not overflow")
    @ValueSource(doubles = {1e100, 1e150})
    default void rule309Huge(double magnitude) {
        assertRight(scaled(magnitude, symmetric(6)));
    }

    @ParameterizedTest(name = "({0})")
    @DisplayName("3.10 The value of a 1 x 1 matrix is its entry")
    @ValueSource(doubles = {-3, 2, 0})
    default void rule310OneByOne(double value) {
        SymmetricEigen eigen = algebra().symmetricEigen(diagonal(value));
        assertEquals(value, eigen.values()[0], Oracle.TOLERANCE);
        assertEquals(1, Math.abs(eigen.vectors().get(0, 0)), Oracle.TOLERANCE);
    }

    @Test
    @DisplayName("3.11 A larger matrix, which uses blocked code, is decomposed correctly")
    default void rule311Larger() {
        assertRight(symmetric(200));
    }

    private void assertRight(DenseMatrix a) {
        SymmetricEigen eigen = algebra().symmetricEigen(a);
        assertRecomposes(a, eigen);
        assertOrthonormal(eigen.vectors(), "Q");
    }

    private static void assertRecomposes(DenseMatrix a, SymmetricEigen eigen) {
        assertClose(a, recomposed(eigen.vectors(), eigen.values(), eigen.vectors()), "Q diag(l) Q'");
    }
}
