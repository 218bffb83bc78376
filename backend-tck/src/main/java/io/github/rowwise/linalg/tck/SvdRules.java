package io.github.rowwise.linalg.tck;

import static io.github.rowwise.linalg.tck.Matrices.diagonal;
import static io.github.rowwise.linalg.tck.Matrices.ofRank;
import static io.github.rowwise.linalg.tck.Matrices.ordinary;
import static io.github.rowwise.linalg.tck.Matrices.reflection;
import static io.github.rowwise.linalg.tck.Matrices.scaled;
import static io.github.rowwise.linalg.tck.Oracle.assertClose;
import static io.github.rowwise.linalg.tck.Oracle.assertDescending;
import static io.github.rowwise.linalg.tck.Oracle.assertOrthonormal;
import static io.github.rowwise.linalg.tck.Oracle.assertShape;
import static io.github.rowwise.linalg.tck.Oracle.recomposed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.Svd;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Group 2: {@link io.github.rowwise.linalg.LinearAlgebra#svd}. */
interface SvdRules extends Subject {

    @ParameterizedTest(name = "{0} x {1}")
    @DisplayName("2.01 The decomposition is thin")
    @CsvSource({"1,1", "1,6", "6,1", "3,7", "7,3", "6,6", "40,9", "9,40"})
    default void rule201Thin(int rows, int columns) {
        Svd svd = algebra().svd(ordinary(rows, columns));
        int k = Math.min(rows, columns);
        assertShape(rows, k, svd.left(), "the left factor");
        assertEquals(k, svd.singularValues().length, "number of singular values");
        assertShape(columns, k, svd.right(), "the right factor");
    }

    @ParameterizedTest(name = "{0} x {1}")
    @DisplayName("2.02 Singular values are in descending order")
    @CsvSource({"3,7", "7,3", "6,6", "40,9", "9,40"})
    default void rule202Descending(int rows, int columns) {
        assertDescending(algebra().svd(ordinary(rows, columns)).singularValues(), "singular values");
        assertDescending(algebra().svd(diagonal(1, -3, 2, 0.5)).singularValues(), "singular values");
    }

    @ParameterizedTest(name = "{0} x {1}")
    @DisplayName("2.03 No singular value is negative")
    @CsvSource({"1,1", "1,6", "6,1", "3,7", "7,3", "6,6", "40,9", "9,40"})
    default void rule203NotNegative(int rows, int columns) {
        for (double sign : new double[] {1, -1}) {
            for (double value :
                    algebra().svd(scaled(sign, ordinary(rows, columns))).singularValues()) {
                assertTrue(value >= 0, () -> "singular value " + value);
            }
        }
    }

    @ParameterizedTest(name = "{0} x {1}")
    @DisplayName("2.04 The factors are orthonormal")
    @CsvSource({"1,1", "1,6", "6,1", "3,7", "7,3", "6,6", "40,9", "9,40"})
    default void rule204Orthonormal(int rows, int columns) {
        assertOrthonormalFactors(algebra().svd(ordinary(rows, columns)));
    }

    @ParameterizedTest(name = "{0} x {1}")
    @DisplayName("2.05 The product of the factors is the matrix")
    @CsvSource({"1,1", "1,6", "6,1", "3,7", "7,3", "6,6", "40,9", "9,40"})
    default void rule205Recomposes(int rows, int columns) {
        DenseMatrix a = ordinary(rows, columns);
        assertRecomposes(a, algebra().svd(a));
    }

    @ParameterizedTest(name = "{0} x {1}")
    @DisplayName("2.06 A zero matrix has zero singular values and orthonormal factors, not NaN")
    @CsvSource({"1,1", "1,5", "5,1", "4,4", "7,3", "3,7"})
    default void rule206ZeroMatrix(int rows, int columns) {
        DenseMatrix a = DenseMatrix.zeros(rows, columns);
        Svd svd = algebra().svd(a);
        assertRecomposes(a, svd);
        for (double value : svd.singularValues()) {
            // Adding 0 turns a negative zero into a positive one.
            assertEquals(0.0, value + 0.0, "singular value");
        }
        assertOrthonormalFactors(svd);
    }

    @ParameterizedTest(name = "rank {0}, {1} x {2}")
    @DisplayName("2.07 The factors are orthonormal if singular values are zero")
    @CsvSource({"1,6,6", "2,8,5", "2,5,8", "1,1,5", "3,30,10"})
    default void rule207RankDeficient(int rank, int rows, int columns) {
        DenseMatrix a = ofRank(rank, rows, columns);
        Svd svd = algebra().svd(a);
        assertRecomposes(a, svd);
        assertOrthonormalFactors(svd);
        double negligible = 1e-12 * Oracle.largest(a);
        assertEquals(
                rank,
                DoubleStream.of(svd.singularValues())
                        .filter(value -> Math.abs(value) > negligible)
                        .count(),
                "number of nonzero singular values");
    }

    @Test
    @DisplayName("2.08 The factors are orthonormal if a row or column is zero")
    default void rule208ZeroRowsAndColumns() {
        for (DenseMatrix a : new DenseMatrix[] {ordinary(7, 4), ordinary(4, 7), ordinary(5, 5)}) {
            for (int j = 0; j < a.columns(); j++) {
                a.set(1, j, 0);
            }
            for (int i = 0; i < a.rows(); i++) {
                a.set(i, 2, 0);
            }
            Svd svd = algebra().svd(a);
            assertRecomposes(a, svd);
            assertOrthonormalFactors(svd);
        }
    }

    @Test
    @DisplayName("2.09 Repeated singular values are handled")
    default void rule209RepeatedValues() {
        for (DenseMatrix a : new DenseMatrix[] {
            Oracle.identity(5),
            scaled(3, reflection(6)),
            reflection(7).rowRange(1, 4).copy(),
            diagonal(2, 1, 2, -1, 0, 0)
        }) {
            Svd svd = algebra().svd(a);
            assertRecomposes(a, svd);
            assertOrthonormalFactors(svd);
        }
    }

    @ParameterizedTest(name = "entries near {0}")
    @DisplayName("2.10 Tiny entries do not underflow")
    @ValueSource(doubles = {1e-100, 1e-150})
    default void rule210Tiny(double magnitude) {
        assertRightAt(magnitude);
    }

    @ParameterizedTest(name = "entries near {0}")
    @DisplayName("2.11 Huge entries do not overflow")
    @ValueSource(doubles = {1e100, 1e150})
    default void rule211Huge(double magnitude) {
        assertRightAt(magnitude);
    }

    private void assertRightAt(double magnitude) {
        for (DenseMatrix ordinary : new DenseMatrix[] {ordinary(7, 4), ordinary(4, 7), ofRank(2, 6, 6)}) {
            DenseMatrix a = scaled(magnitude, ordinary);
            Svd svd = algebra().svd(a);
            assertRecomposes(a, svd);
            assertOrthonormalFactors(svd);
        }
    }

    @ParameterizedTest(name = "{0} x {1}")
    @DisplayName("2.12 Larger matrices, which use blocked code, are decomposed correctly")
    @CsvSource({"300,150", "150,300"})
    default void rule212Larger(int rows, int columns) {
        DenseMatrix a = ordinary(rows, columns);
        Svd svd = algebra().svd(a);
        assertRecomposes(a, svd);
        assertOrthonormalFactors(svd);
    }

    private static void assertRecomposes(DenseMatrix a, Svd svd) {
        assertClose(a, recomposed(svd.left(), svd.singularValues(), svd.right()), "U diag(s) V'");
    }

    private static void assertOrthonormalFactors(Svd svd) {
        assertOrthonormal(svd.left(), "U");
        assertOrthonormal(svd.right(), "V");
    }
}
