package io.github.rowwise.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the tile with triple loops, with full and with partial groups of rows and factors. */
class PortableTileTest {

    private static final int[] FACTOR_COUNTS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 17};
    private static final int[] ROW_COUNTS = {1, 2, 3, 4, 5, 7, 8, 9, 31, 32};

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 64, 501})
    void productOverwritesWithXFactorsTransposed(int columns) {
        DenseMatrix x = random(32, columns);
        Tile tile = tile(x);
        for (int rows : ROW_COUNTS) {
            for (int k : FACTOR_COUNTS) {
                DenseMatrix factors = view(random(k, columns));
                DenseMatrix product = view(random(rows, k));
                double[] before = product.values().clone();
                tile.product(rows, factors, product);
                for (int i = 0; i < rows; i++) {
                    for (int c = 0; c < k; c++) {
                        double expected = 0;
                        for (int j = 0; j < columns; j++) {
                            expected += x.get(i, j) * factors.get(c, j);
                        }
                        assertThat(product.get(i, c)).isCloseTo(expected, within(1e-12 * columns));
                    }
                }
                assertOutsideUntouched(before, product);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 64, 501})
    void transposedProductIsAdded(int columns) {
        DenseMatrix x = random(32, columns);
        Tile tile = tile(x);
        for (int rows : ROW_COUNTS) {
            for (int k : FACTOR_COUNTS) {
                DenseMatrix left = view(random(rows, k));
                DenseMatrix sum = view(random(k, columns));
                double[] before = sum.values().clone();
                DenseMatrix former = sum.copy();
                tile.addTransposedProduct(rows, left, sum);
                for (int c = 0; c < k; c++) {
                    for (int j = 0; j < columns; j++) {
                        double expected = former.get(c, j);
                        for (int i = 0; i < rows; i++) {
                            expected += left.get(i, c) * x.get(i, j);
                        }
                        assertThat(sum.get(c, j)).isCloseTo(expected, within(1e-12 * rows));
                    }
                }
                assertOutsideUntouched(before, sum);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 64, 101})
    void gramIsAddedToTheUpperTriangle(int columns) {
        DenseMatrix x = random(32, columns);
        Tile tile = tile(x);
        for (int rows : ROW_COUNTS) {
            DenseMatrix sum = view(random(columns, columns));
            double[] before = sum.values().clone();
            DenseMatrix former = sum.copy();
            tile.addGram(rows, sum);
            for (int i = 0; i < columns; i++) {
                for (int j = i; j < columns; j++) {
                    double expected = former.get(i, j);
                    for (int r = 0; r < rows; r++) {
                        expected += x.get(r, i) * x.get(r, j);
                    }
                    assertThat(sum.get(i, j)).isCloseTo(expected, within(1e-12 * rows));
                }
            }
            assertOutsideUntouched(before, sum);
        }
    }

    @Test
    void rowIsCopiedFromItsOffset() {
        double[] values = {9, 1, 2, 3, 9};
        Tile tile = new PortableTile(3);
        tile.setRow(0, values, 1);
        Arrays.fill(values, 0);
        DenseMatrix product = DenseMatrix.zeros(1, 1);
        tile.product(1, DenseMatrix.wrap(new double[] {100, 10, 1}, 1, 3), product);
        assertThat(product.get(0, 0)).isEqualTo(123);
    }

    private Tile tile(DenseMatrix x) {
        Tile tile = new PortableTile(x.columns());
        for (int row = 0; row < x.rows(); row++) {
            tile.setRow(row, x.values(), x.rowStart(row));
        }
        return tile;
    }

    private static DenseMatrix random(int rows, int columns) {
        SplittableRandom random = new SplittableRandom(31L * rows + columns);
        DenseMatrix a = DenseMatrix.zeros(rows, columns);
        Arrays.setAll(a.values(), k -> 2 * random.nextDouble() - 1);
        return a;
    }

    /** Returns the same matrix with an offset and unused entries between its rows. */
    private static DenseMatrix view(DenseMatrix a) {
        double[] values = new double[5 + a.rows() * (a.columns() + 3)];
        Arrays.fill(values, 1e6);
        DenseMatrix view = DenseMatrix.wrap(values, 5, a.rows(), a.columns(), a.columns() + 3);
        for (int row = 0; row < a.rows(); row++) {
            System.arraycopy(a.values(), a.rowStart(row), values, view.rowStart(row), a.columns());
        }
        return view;
    }

    private static void assertOutsideUntouched(double[] before, DenseMatrix view) {
        for (int row = 0; row < view.rows(); row++) {
            System.arraycopy(view.values(), view.rowStart(row), before, view.rowStart(row), view.columns());
        }
        assertThat(view.values()).containsExactly(before);
    }
}
