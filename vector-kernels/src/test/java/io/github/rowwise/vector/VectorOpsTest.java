package io.github.rowwise.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.internal.factor.kernel.CellBits;
import io.github.rowwise.internal.factor.kernel.ScalarVectorOps;
import io.github.rowwise.internal.factor.kernel.VectorOps;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the plain and the vector operations with loops, at lengths with and without a rest. */
class VectorOpsTest {

    private static final Offset<Double> CLOSE = within(1e-12);

    private final SplittableRandom random = new SplittableRandom(7);

    static List<VectorOps> kernels() {
        return List.of(new ScalarVectorOps(), new SimdVectorOps());
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void addsRowsOfATable(VectorOps kernel) {
        for (int width : new int[] {1, 7, 8, 16, 29, 64}) {
            double[] table = normals(10 * width);
            int[] starts = {3 * width, 0, width, 5 * width, 2 * width, 9 * width, 7 * width, 3 * width};
            double[] target = normals(2 * width);
            double[] expected = target.clone();
            kernel.addEight(target, width, table, starts, width);
            kernel.addFour(target, 0, table, starts, width);
            kernel.addScaled(target, width, table, 6 * width, -2, width);
            kernel.addProduct(target, 0, -1, table, 0, table, width, width);
            for (int i = 0; i < width; i++) {
                for (int start : starts) {
                    expected[width + i] += table[start + i];
                }
                expected[width + i] -= 2 * table[6 * width + i];
                for (int k = 0; k < 4; k++) {
                    expected[i] += table[starts[k] + i];
                }
                expected[i] -= table[i] * table[width + i];
            }
            assertThat(target).containsExactly(expected, CLOSE);
            double[] subsets = new double[17 * width];
            int[] four = {2 * width, 0, 5 * width, width};
            kernel.subsets(table, four, subsets, width, width);
            for (int subset = 0; subset < 16; subset++) {
                for (int i = 0; i < width; i++) {
                    double sum = 0;
                    for (int row = 0; row < 4; row++) {
                        sum += (subset & (1 << row)) == 0 ? 0 : table[four[row] + i];
                    }
                    assertThat(subsets[(subset + 1) * width + i]).isCloseTo(sum, CLOSE);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void combinesLevelsAndTheEffectsOfEachArmAndProjectsOnThem(VectorOps kernel) {
        for (int m : new int[] {1, 3, 8, 21, 32, 77}) {
            for (int levels : new int[] {1, 4, 6, 9}) {
                for (int effects : new int[] {1, levels}) {
                    for (int arms = 1; arms <= 3; arms++) {
                        double[][] rows = matrix(levels + 1, m);
                        double[] coefficients = normals(2 + levels + (arms - 1) * effects);
                        int[][] bits = new int[arms][];
                        Arrays.setAll(bits, arm -> bits(m));
                        double[] fit = normals(m);
                        double[] products = normals(coefficients.length - 2);
                        double[] vector = normals(m);
                        double[] expected = fit.clone();
                        double[] expectedProducts = products.clone();
                        for (int j = 0; j < m; j++) {
                            for (int k = 0; k < levels; k++) {
                                expected[j] += coefficients[2 + k] * rows[k][j];
                                expectedProducts[k] += vector[j] * rows[k][j];
                            }
                            for (int arm = 1; arm < arms; arm++) {
                                int first = levels + (arm - 1) * effects;
                                for (int k = 0; k < effects && isSet(bits[arm], j); k++) {
                                    expected[j] += coefficients[2 + first + k] * rows[k][j];
                                    expectedProducts[first + k] += vector[j] * rows[k][j];
                                }
                            }
                        }
                        kernel.combine(coefficients, 2, levels, effects, rows, bits, fit);
                        assertThat(fit).containsExactly(expected, CLOSE);
                        kernel.project(vector, rows, levels, effects, bits, products);
                        assertThat(products).containsExactly(expectedProducts, CLOSE);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void spreadsFourVectorsAndSelectsCells(VectorOps kernel) {
        for (int m : new int[] {1, 8, 21, 70}) {
            for (int count : new int[] {1, 4, 5}) {
                double[][] vectors = matrix(4, m);
                double[][] factors = matrix(4, count + 1);
                double[][] found = matrix(count, m);
                double[][] expected = Arrays.stream(found).map(double[]::clone).toArray(double[][]::new);
                for (int k = 0; k < count; k++) {
                    for (int v = 0; v < 4; v++) {
                        for (int j = 0; j < m; j++) {
                            expected[k][j] += vectors[v][j] * factors[v][1 + k];
                        }
                    }
                }
                kernel.spread(vectors, factors, 1, found, count);
                for (int k = 0; k < count; k++) {
                    assertThat(found[k]).containsExactly(expected[k], CLOSE);
                }
            }
            double[] vector = normals(m);
            double[] selected = normals(m);
            int[] bits = bits(m);
            kernel.select(vector, bits, selected);
            double sum = 0;
            for (int j = 0; j < m; j++) {
                assertThat(selected[j]).isEqualTo(isSet(bits, j) ? vector[j] : 0 * vector[j]);
                sum += selected[j];
            }
            assertThat(kernel.sum(vector, bits)).isCloseTo(sum, CLOSE);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void addsUpProducts(VectorOps kernel) {
        for (int m : new int[] {1, 2, 8, 9, 40, 77}) {
            double[] y = normals(m);
            double[] fit = normals(m);
            double[] u = normals(m);
            double[] v = normals(m);
            double inner = 0;
            double[] expected = new double[3];
            for (int j = 0; j < m; j++) {
                inner += j < m - 1 ? y[j + 1] * fit[j] : 0;
                expected[0] += u[j] * y[j] * (y[j] - 2 * fit[j]);
                expected[1] += v[j] * y[j] * (y[j] - 2 * fit[j]);
                expected[2] +=
                        j == 0 ? 0 : u[j] * (y[j] * (y[j - 1] - 2 * fit[j - 1]) + y[j - 1] * (y[j] - 2 * fit[j]));
            }
            assertThat(kernel.inner(y, 1, fit, 0, m - 1)).isCloseTo(inner, CLOSE);
            double[] less = new double[m];
            double[] weighted = new double[m];
            kernel.subtractBefore(y, 0.3, less);
            kernel.weightAfter(u, v, 0.3, y, weighted);
            for (int j = 0; j < m; j++) {
                assertThat(less[j]).isCloseTo(j == 0 ? 0 : y[j] - 0.3 * y[j - 1], CLOSE);
                assertThat(weighted[j]).isCloseTo(u[j] * y[j] - (j == m - 1 ? 0 : 0.3 * v[j] * y[j + 1]), CLOSE);
            }
            double[] found = new double[3];
            kernel.residuals(y, fit, u, v, found);
            assertThat(found).containsExactly(expected, CLOSE);
        }
    }

    private int[] bits(int m) {
        return random.ints(CellBits.words(m)).toArray();
    }

    private static boolean isSet(int[] bits, int j) {
        return ((bits[j / 32] >>> j) & 1) == 1;
    }

    private double[][] matrix(int rows, int columns) {
        double[][] matrix = new double[rows][];
        Arrays.setAll(matrix, k -> normals(columns));
        return matrix;
    }

    private double[] normals(int count) {
        double[] values = new double[count];
        Arrays.setAll(values, k -> random.nextGaussian());
        return values;
    }
}
