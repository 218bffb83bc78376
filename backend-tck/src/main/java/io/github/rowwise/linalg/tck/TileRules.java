package io.github.rowwise.linalg.tck;

import static io.github.rowwise.linalg.tck.Matrices.ordinary;
import static io.github.rowwise.linalg.tck.Matrices.view;
import static io.github.rowwise.linalg.tck.Oracle.assertClose;
import static io.github.rowwise.linalg.tck.Oracle.product;
import static io.github.rowwise.linalg.tck.Oracle.sum;
import static io.github.rowwise.linalg.tck.Oracle.transpose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.Tile;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Group 6: {@link Tile}. */
interface TileRules extends Subject {

    /** Counts around the usual group sizes of kernels, which are 2, 4 and 8. */
    List<Integer> FACTOR_COUNTS = List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 17);

    @ParameterizedTest(name = "{0} columns")
    @DisplayName("6.01 A tile holds at least one row and has the requested number of columns")
    @ValueSource(ints = {1, 3, 7, 64, 501})
    default void rule601Sizes(int columns) {
        try (Tile tile = algebra().newTile(columns)) {
            assertTrue(tile.rows() >= 1, () -> tile.rows() + " rows");
            assertEquals(columns, tile.columns(), "columns");
        }
    }

    @ParameterizedTest(name = "{0} columns")
    @DisplayName("6.02 The product is correct and overwrites, for any number of rows and factors")
    @ValueSource(ints = {1, 3, 7, 64, 501})
    default void rule602Product(int columns) {
        try (Tile tile = algebra().newTile(columns)) {
            DenseMatrix x = fill(tile, 1);
            for (int rows : someRows(tile)) {
                for (int factorCount : FACTOR_COUNTS) {
                    DenseMatrix factors = ordinary(factorCount, columns);
                    DenseMatrix product = DenseMatrix.zeros(rows, factorCount);
                    Arrays.fill(product.values(), Double.NaN);
                    tile.product(rows, factors, product);
                    assertClose(
                            product(x.rowRange(0, rows), transpose(factors)),
                            product,
                            rows + " rows by " + factorCount + " factors");
                }
            }
        }
    }

    @ParameterizedTest(name = "{0} columns")
    @DisplayName("6.03 The transposed product is correct and adds, for any number of rows and factors")
    @ValueSource(ints = {1, 3, 7, 64, 501})
    default void rule603AddTransposedProduct(int columns) {
        try (Tile tile = algebra().newTile(columns)) {
            DenseMatrix x = fill(tile, 1);
            for (int rows : someRows(tile)) {
                for (int factorCount : FACTOR_COUNTS) {
                    DenseMatrix left = ordinary(rows, factorCount);
                    DenseMatrix former = ordinary(factorCount, columns);
                    DenseMatrix sum = former.copy();
                    tile.addTransposedProduct(rows, left, sum);
                    assertClose(
                            sum(1, product(transpose(left), x.rowRange(0, rows)), 1, former),
                            sum,
                            rows + " rows by " + factorCount + " factors");
                }
            }
        }
    }

    @ParameterizedTest(name = "{0} columns")
    @DisplayName("6.04 The Gram update is correct and adds, in the upper triangle")
    @ValueSource(ints = {1, 3, 7, 64, 501})
    default void rule604AddGram(int columns) {
        try (Tile tile = algebra().newTile(columns)) {
            DenseMatrix x = fill(tile, 1);
            DenseMatrix former = ordinary(columns, columns);
            for (int rows : new int[] {1, Math.min(3, tile.rows()), tile.rows()}) {
                DenseMatrix part = x.rowRange(0, rows);
                DenseMatrix sum = former.copy();
                tile.addGram(rows, sum);
                assertClose(upper(sum(1, product(transpose(part), part), 1, former)), upper(sum), rows + " rows");
            }
        }
    }

    @Test
    @DisplayName("6.05 A row is read from its offset and copied")
    default void rule605RowIsCopiedFromItsOffset() {
        try (Tile tile = algebra().newTile(7)) {
            double[] values = ordinary(1, 20).values();
            DenseMatrix row = DenseMatrix.wrap(values.clone(), 5, 1, 7, 7);
            tile.setRow(0, values, 5);
            Arrays.fill(values, Double.NaN);
            DenseMatrix product = DenseMatrix.zeros(1, 7);
            tile.product(1, Oracle.identity(7), product);
            assertClose(row, product, "the row");
        }
    }

    @Test
    @DisplayName("6.06 Rows that are not used have no effect")
    default void rule606OtherRowsDoNotCount() {
        try (Tile tile = algebra().newTile(9)) {
            for (int row = 0; row < tile.rows(); row++) {
                double[] values = new double[9];
                Arrays.fill(values, row == 0 ? 1 : Double.NaN);
                tile.setRow(row, values, 0);
            }
            DenseMatrix product = DenseMatrix.zeros(1, 1);
            DenseMatrix ones = DenseMatrix.zeros(1, 9);
            Arrays.fill(ones.values(), 1);
            tile.product(1, ones, product);
            assertEquals(9, product.get(0, 0), Oracle.TOLERANCE);
            DenseMatrix sum = DenseMatrix.zeros(1, 9);
            tile.addTransposedProduct(1, DenseMatrix.wrap(new double[] {1}, 1, 1), sum);
            assertClose(ones, sum, "sum");
            DenseMatrix gram = DenseMatrix.zeros(9, 9);
            tile.addGram(1, gram);
            assertClose(upper(product(transpose(ones), ones)), upper(gram), "Gram matrix");
        }
    }

    @Test
    @DisplayName("6.07 Factors, products and sums may be views; the rest of their arrays is not modified")
    default void rule607Views() {
        try (Tile tile = algebra().newTile(10)) {
            DenseMatrix x = fill(tile, 1);
            int rows = tile.rows();
            for (int factorCount : FACTOR_COUNTS) {
                DenseMatrix factors = ordinary(factorCount, 10);
                DenseMatrix product = view(ordinary(rows, factorCount), 3, 2);
                double[] beforeProduct = product.values().clone();
                tile.product(rows, view(factors, 5, 1), product);
                DenseMatrix expected = product(x, transpose(factors));
                assertClose(expected, product, "product with " + factorCount + " factors");
                assertOutsideUntouched(beforeProduct, product);

                DenseMatrix former = ordinary(factorCount, 10);
                DenseMatrix sum = view(former, 2, 3);
                double[] beforeSum = sum.values().clone();
                tile.addTransposedProduct(rows, view(expected, 4, 1), sum);
                assertClose(
                        sum(1, product(transpose(expected), x), 1, former),
                        sum,
                        "sum with " + factorCount + " factors");
                assertOutsideUntouched(beforeSum, sum);
            }

            DenseMatrix gram = view(ordinary(10, 10), 4, 5);
            double[] beforeGram = gram.values().clone();
            tile.addGram(rows, gram);
            assertClose(upper(sum(1, product(transpose(x), x), 1, ordinary(10, 10))), upper(gram), "Gram matrix");
            assertOutsideUntouched(beforeGram, gram);
        }
    }

    @Test
    @DisplayName("6.08 Factors and left operands are not modified")
    default void rule608OperandsUntouched() {
        try (Tile tile = algebra().newTile(10)) {
            fill(tile, 1);
            DenseMatrix factors = ordinary(5, 10);
            DenseMatrix left = ordinary(tile.rows(), 5);
            tile.product(tile.rows(), factors, DenseMatrix.zeros(tile.rows(), 5));
            tile.addTransposedProduct(tile.rows(), left, DenseMatrix.zeros(5, 10));
            assertArrayEquals(ordinary(5, 10).values(), factors.values(), "factors");
            assertArrayEquals(ordinary(tile.rows(), 5).values(), left.values(), "left operand");
        }
    }

    @Test
    @DisplayName("6.09 A tile can be reused")
    default void rule609Reuse() {
        try (Tile tile = algebra().newTile(12)) {
            for (int round = 0; round < 3; round++) {
                assertProductIsRight(tile, fill(tile, round));
            }
        }
    }

    @Test
    @DisplayName("6.10 Tiles are independent and may be closed twice")
    default void rule610IndependentAndClosedTwice() {
        LinearAlgebra algebra = algebra();
        Tile tile = algebra.newTile(12);
        try (Tile other = algebra.newTile(12)) {
            DenseMatrix x = fill(other, 1);
            fill(tile, 2);
            tile.close();
            assertDoesNotThrow(tile::close, "closing a second time");
            assertProductIsRight(other, x);
        }
    }

    private static void assertProductIsRight(Tile tile, DenseMatrix x) {
        DenseMatrix factors = ordinary(3, tile.columns());
        DenseMatrix product = DenseMatrix.zeros(tile.rows(), 3);
        tile.product(tile.rows(), factors, product);
        assertClose(product(x, transpose(factors)), product, "product");
    }

    private static DenseMatrix fill(Tile tile, long seed) {
        DenseMatrix x = ordinary(tile.rows(), tile.columns(), seed);
        for (int row = 0; row < tile.rows(); row++) {
            tile.setRow(row, x.values(), x.rowStart(row));
        }
        return x;
    }

    private static int[] someRows(Tile tile) {
        return IntStream.of(1, 2, 3, 4, 5, 7, tile.rows() - 1, tile.rows())
                .filter(rows -> rows >= 1 && rows <= tile.rows())
                .distinct()
                .toArray();
    }

    private static DenseMatrix upper(DenseMatrix a) {
        DenseMatrix upper = DenseMatrix.zeros(a.rows(), a.columns());
        for (int i = 0; i < a.rows(); i++) {
            for (int j = i; j < a.columns(); j++) {
                upper.set(i, j, a.get(i, j));
            }
        }
        return upper;
    }

    private static void assertOutsideUntouched(double[] before, DenseMatrix view) {
        for (int i = 0; i < view.rows(); i++) {
            System.arraycopy(view.values(), view.rowStart(i), before, view.rowStart(i), view.columns());
        }
        assertArrayEquals(before, view.values(), "the array around the view");
    }
}
