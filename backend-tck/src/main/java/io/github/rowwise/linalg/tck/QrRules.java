package io.github.rowwise.linalg.tck;

import static io.github.rowwise.linalg.tck.Matrices.ofRank;
import static io.github.rowwise.linalg.tck.Matrices.ordinary;
import static io.github.rowwise.linalg.tck.Matrices.scaled;
import static io.github.rowwise.linalg.tck.Oracle.assertClose;
import static io.github.rowwise.linalg.tck.Oracle.assertOrthonormal;
import static io.github.rowwise.linalg.tck.Oracle.assertShape;
import static io.github.rowwise.linalg.tck.Oracle.product;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.Qr;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Group 4: {@link io.github.rowwise.linalg.LinearAlgebra#qr}. */
interface QrRules extends Subject {

    @ParameterizedTest(name = "{0} x {1}")
    @DisplayName("4.01 The factors are thin")
    @CsvSource({"1,1", "1,6", "6,1", "3,7", "7,3", "6,6", "40,9", "9,40"})
    default void rule401Thin(int rows, int columns) {
        Qr qr = algebra().qr(ordinary(rows, columns));
        int k = Math.min(rows, columns);
        assertShape(rows, k, qr.orthogonal(), "Q");
        assertShape(k, columns, qr.triangular(), "R");
    }

    @ParameterizedTest(name = "{0} x {1}")
    @DisplayName("4.02 Q is orthonormal")
    @CsvSource({"1,1", "1,6", "6,1", "3,7", "7,3", "6,6", "40,9", "9,40"})
    default void rule402Orthonormal(int rows, int columns) {
        assertOrthonormal(algebra().qr(ordinary(rows, columns)).orthogonal(), "Q");
    }

    @ParameterizedTest(name = "{0} x {1}")
    @DisplayName("4.03 R is zero below the diagonal")
    @CsvSource({"6,1", "3,7", "7,3", "6,6", "40,9", "9,40"})
    default void rule403Triangular(int rows, int columns) {
        DenseMatrix triangular = algebra().qr(ordinary(rows, columns)).triangular();
        for (int i = 1; i < triangular.rows(); i++) {
            for (int j = 0; j < Math.min(i, triangular.columns()); j++) {
                // Adding 0 turns a negative zero into a positive one.
                assertEquals(0.0, triangular.get(i, j) + 0.0, "entry (" + i + ", " + j + ") of R");
            }
        }
    }

    @ParameterizedTest(name = "{0} x {1}")
    @DisplayName("4.04 The product of the factors is the matrix")
    @CsvSource({"1,1", "1,6", "6,1", "3,7", "7,3", "6,6", "40,9", "9,40"})
    default void rule404Recomposes(int rows, int columns) {
        DenseMatrix a = ordinary(rows, columns);
        assertRecomposes(a, algebra().qr(a));
    }

    @ParameterizedTest(name = "rank {0}, {1} x {2}")
    @DisplayName("4.05 Q is orthonormal for rank-deficient matrices")
    @CsvSource({"1,6,6", "2,8,5", "2,5,8", "3,30,10"})
    default void rule405RankDeficient(int rank, int rows, int columns) {
        assertRight(ofRank(rank, rows, columns));
        DenseMatrix zeroColumn = ordinary(rows, columns);
        for (int i = 0; i < rows; i++) {
            zeroColumn.set(i, 0, 0);
        }
        assertRight(zeroColumn);
    }

    @ParameterizedTest(name = "{0} x {1}")
    @DisplayName("4.06 A zero matrix has orthonormal Q and zero R, not NaN")
    @CsvSource({"1,1", "1,5", "5,1", "4,4", "7,3", "3,7"})
    default void rule406ZeroMatrix(int rows, int columns) {
        assertRight(DenseMatrix.zeros(rows, columns));
    }

    @ParameterizedTest(name = "entries near {0}")
    @DisplayName("4.07 Tiny entries do not underflow")
    @ValueSource(doubles = {1e-100, 1e-150})
    default void rule407Tiny(double magnitude) {
        assertRight(scaled(magnitude, ordinary(7, 4)));
    }

    @ParameterizedTest(name = "entries near {0}")
    @DisplayName("4.08 Huge entries do not overflow")
    @ValueSource(doubles = {1e100, 1e150})
    default void rule408Huge(double magnitude) {
        assertRight(scaled(magnitude, ordinary(7, 4)));
    }

    @ParameterizedTest(name = "{0} x {1}")
    @DisplayName("4.09 Larger matrices, which use blocked code, are decomposed correctly")
    @CsvSource({"1000,129", "129,300"})
    default void rule409Larger(int rows, int columns) {
        assertRight(ordinary(rows, columns));
    }

    private void assertRight(DenseMatrix a) {
        Qr qr = algebra().qr(a);
        assertRecomposes(a, qr);
        assertOrthonormal(qr.orthogonal(), "Q");
    }

    private static void assertRecomposes(DenseMatrix a, Qr qr) {
        int k = Math.min(qr.orthogonal().columns(), qr.triangular().rows());
        DenseMatrix orthogonal = qr.orthogonal();
        DenseMatrix thin = DenseMatrix.zeros(a.rows(), k);
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < k; j++) {
                thin.set(i, j, orthogonal.get(i, j));
            }
        }
        assertClose(a, product(thin, qr.triangular().rowRange(0, k)), "Q R");
    }
}
