package io.github.rowwise.linalg.tck;

import static io.github.rowwise.linalg.tck.Matrices.ordinary;
import static io.github.rowwise.linalg.tck.Matrices.scaled;
import static io.github.rowwise.linalg.tck.Matrices.view;
import static io.github.rowwise.linalg.tck.Oracle.assertClose;
import static io.github.rowwise.linalg.tck.Oracle.product;
import static io.github.rowwise.linalg.tck.Oracle.sum;
import static io.github.rowwise.linalg.tck.Oracle.transpose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rowwise.linalg.DenseMatrix;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Group 1: {@link io.github.rowwise.linalg.LinearAlgebra#multiply}. */
interface MultiplyRules extends Subject {

    @ParameterizedTest(name = "({0} x {1}) ({1} x {2})")
    @DisplayName("1.01 The product is correct in every shape and with every transposition")
    @CsvSource({"1,1,1", "1,7,1", "7,1,5", "4,4,4", "4,3,2", "2,9,8", "17,16,33", "3,200,4"})
    default void rule101ProductIsRight(int rows, int inner, int columns) {
        for (boolean transposeA : new boolean[] {false, true}) {
            for (boolean transposeB : new boolean[] {false, true}) {
                DenseMatrix a = ordinary(rows, inner);
                DenseMatrix b = ordinary(inner, columns);
                DenseMatrix c = DenseMatrix.zeros(rows, columns);
                algebra()
                        .multiply(
                                1,
                                transposeA ? transpose(a) : a,
                                transposeA,
                                transposeB ? transpose(b) : b,
                                transposeB,
                                0,
                                c);
                assertClose(
                        product(a, b), c, "product with transposeA " + transposeA + " and transposeB " + transposeB);
            }
        }
    }

    @ParameterizedTest(name = "alpha {0}, beta {1}")
    @DisplayName("1.02 alpha scales the product, beta the previous content")
    @CsvSource({"-1.5,0.5", "0,2", "1,1", "1,-1", "2.5,0", "0,0"})
    default void rule102AlphaAndBetaScale(double alpha, double beta) {
        DenseMatrix a = ordinary(5, 4);
        DenseMatrix b = ordinary(4, 6);
        DenseMatrix former = ordinary(5, 6);
        DenseMatrix c = former.copy();
        algebra().multiply(alpha, a, false, b, false, beta, c);
        assertClose(sum(alpha, product(a, b), beta, former), c, "alpha a b + beta c");
    }

    @Test
    @DisplayName("1.03 If beta is 0, the previous content is ignored, even NaN and infinity")
    default void rule103BetaZeroOverwrites() {
        DenseMatrix a = ordinary(5, 4);
        DenseMatrix b = ordinary(4, 6);
        for (double former : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            DenseMatrix c = DenseMatrix.zeros(5, 6);
            Arrays.fill(c.values(), former);
            algebra().multiply(1, a, false, b, false, 0, c);
            assertClose(product(a, b), c, "product over " + former);
        }
    }

    @ParameterizedTest(name = "transposeA {0}, transposeB {1}")
    @DisplayName("1.04 The offset of an operand is used")
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    default void rule104OperandOffsetCounts(boolean transposeA, boolean transposeB) {
        assertProductOfViews(5, 0, transposeA, transposeB);
    }

    @ParameterizedTest(name = "transposeA {0}, transposeB {1}")
    @DisplayName("1.05 The stride of an operand is used")
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    default void rule105OperandStrideCounts(boolean transposeA, boolean transposeB) {
        assertProductOfViews(0, 2, transposeA, transposeB);
    }

    private void assertProductOfViews(int offset, int gap, boolean transposeA, boolean transposeB) {
        DenseMatrix a = ordinary(5, 4);
        DenseMatrix b = ordinary(4, 6);
        DenseMatrix c = DenseMatrix.zeros(5, 6);
        algebra()
                .multiply(
                        1,
                        view(transposeA ? transpose(a) : a, offset, gap),
                        transposeA,
                        view(transposeB ? transpose(b) : b, offset, gap),
                        transposeB,
                        0,
                        c);
        assertClose(product(a, b), c, "product of views with offset " + offset + " and gap " + gap);
    }

    @ParameterizedTest(name = "offset {0}, gap {1}, beta {2}")
    @DisplayName("1.06 The result is written to a view with offset and stride")
    @CsvSource({"5,0,0", "0,3,0", "5,3,0", "5,0,2", "0,3,2", "5,3,2"})
    default void rule106ResultView(int offset, int gap, double beta) {
        DenseMatrix a = ordinary(5, 4);
        DenseMatrix b = ordinary(4, 6);
        DenseMatrix former = ordinary(5, 6);
        DenseMatrix c = view(former, offset, gap);
        algebra().multiply(1, a, false, b, false, beta, c);
        assertClose(sum(1, product(a, b), beta, former), c, "product into a view");
    }

    @Test
    @DisplayName("1.07 Entries of the array outside of the result's view are not modified")
    default void rule107OutsideOfResultViewUntouched() {
        DenseMatrix c = view(ordinary(5, 6), 5, 3);
        DenseMatrix before = DenseMatrix.wrap(c.values().clone(), 5, 5, 6, 9);
        algebra().multiply(1, ordinary(5, 4), false, ordinary(4, 6), false, 1, c);
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 6; j++) {
                before.set(i, j, c.get(i, j));
            }
        }
        assertEquals(Arrays.toString(before.values()), Arrays.toString(c.values()), "the whole array");
    }

    @ParameterizedTest(name = "({0} x {1}) ({1} x {2})")
    @DisplayName("1.08 Sizes may be 0; with an inner size of 0 the result is beta c")
    @CsvSource({"3,0,2", "0,3,2", "3,2,0", "0,0,0"})
    default void rule108EmptySizes(int rows, int inner, int columns) {
        for (boolean transposeA : new boolean[] {false, true}) {
            for (boolean transposeB : new boolean[] {false, true}) {
                DenseMatrix former = ordinary(rows, columns);
                DenseMatrix c = former.copy();
                algebra()
                        .multiply(
                                1,
                                transposeA ? DenseMatrix.zeros(inner, rows) : DenseMatrix.zeros(rows, inner),
                                transposeA,
                                transposeB ? DenseMatrix.zeros(columns, inner) : DenseMatrix.zeros(inner, columns),
                                transposeB,
                                2,
                                c);
                assertClose(sum(2, former, 0, former), c, "2 c");
            }
        }
    }

    @ParameterizedTest(name = "{0} times {1}")
    @DisplayName("1.09 Products of magnitudes from 1e-150 to 1e150 neither overflow nor underflow")
    @CsvSource({"1e150,1e150", "1e-150,1e-150", "1e150,1e-150", "1,1e-150", "1,1e150"})
    default void rule109Magnitudes(double scaleOfA, double scaleOfB) {
        DenseMatrix a = scaled(scaleOfA, ordinary(5, 4));
        DenseMatrix b = scaled(scaleOfB, ordinary(4, 6));
        DenseMatrix c = DenseMatrix.zeros(5, 6);
        algebra().multiply(1, a, false, b, false, 0, c);
        assertClose(product(a, b), c, "product");
    }

    @Test
    @DisplayName("1.10 Both operands may be the same matrix")
    default void rule110SameOperandTwice() {
        DenseMatrix a = ordinary(9, 5);
        DenseMatrix c = DenseMatrix.zeros(5, 5);
        algebra().multiply(1, a, true, a, false, 0, c);
        assertClose(product(transpose(a), a), c, "a' a");
    }

    @Test
    @DisplayName("1.11 The product of larger matrices, which use blocked code, is correct")
    default void rule111LargerProduct() {
        DenseMatrix a = ordinary(300, 150);
        DenseMatrix b = ordinary(150, 200);
        DenseMatrix c = DenseMatrix.zeros(300, 200);
        algebra().multiply(1, a, false, b, false, 0, c);
        assertClose(product(a, b), c, "product");
    }
}
