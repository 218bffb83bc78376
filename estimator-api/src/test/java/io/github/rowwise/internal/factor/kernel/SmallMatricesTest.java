package io.github.rowwise.internal.factor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.internal.factor.model.FactorSmoother;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The small inverses against their definition, and the chain of periods against one dense matrix. */
class SmallMatricesTest {

    private final SplittableRandom random = new SplittableRandom(1);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 18})
    void inversesTimesTheMatrixAreTheIdentity(int n) {
        double[] a = positiveDefinite(n);
        double[] inverse = new double[n * n];

        double logDeterminant = PositiveDefinite.invert(a.clone(), n, inverse);

        assertThat(SmallMatrices.times(a, inverse, n, n, n)).containsExactly(SmallMatrices.identity(n), within(1e-10));
        assertThat(SmallInverse.of(a, n)).containsExactly(inverse, within(1e-10));
        assertThat(SmallInverse.logAbsoluteDeterminant(a, n)).isCloseTo(logDeterminant, within(1e-10));
        assertThat(PositiveDefinite.logDeterminant(a, n)).isEqualTo(logDeterminant);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 18})
    void inversesSideBySideEqualThoseOneByOne(int n) {
        int lanes = 8;
        BatchInverse batch = new BatchInverse(n, lanes);
        double[][] matrices = new double[lanes][];
        for (int lane = 0; lane < lanes; lane++) {
            matrices[lane] = positiveDefinite(n);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    batch.set(lane, i, j, matrices[lane][i * n + j]);
                }
            }
        }

        batch.invert();

        double[] inverse = new double[n * n];
        double[] expected = new double[n * n];
        for (int lane = 0; lane < lanes; lane++) {
            batch.copyInverse(lane, inverse);
            double logDeterminant = PositiveDefinite.invert(matrices[lane], n, expected);
            assertThat(inverse).containsExactly(expected, within(1e-12));
            assertThat(batch.logDeterminant(lane)).isCloseTo(logDeterminant, within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theChainEqualsOneDenseInverse(int g) {
        int m = 6;
        double[][] diagonal = new double[m][];
        double[][] coupling = new double[m][g * g];
        double[][] right = new double[m][g];
        double[] dense = new double[m * g * m * g];
        double[] denseRight = new double[m * g];
        for (int j = 0; j < m; j++) {
            diagonal[j] = positiveDefinite(g);
            for (int a = 0; a < g; a++) {
                diagonal[j][a * g + a] += 4 * g;
                right[j][a] = random.nextGaussian();
                denseRight[j * g + a] = right[j][a];
                for (int c = 0; c < g; c++) {
                    coupling[j][a * g + c] = j == 0 ? 0 : random.nextGaussian();
                    dense[(j * g + a) * m * g + j * g + c] = diagonal[j][a * g + c];
                    if (j > 0) {
                        dense[(j * g + a) * m * g + (j - 1) * g + c] = -coupling[j][a * g + c];
                        dense[((j - 1) * g + c) * m * g + j * g + a] = -coupling[j][a * g + c];
                    }
                }
            }
        }
        for (int j = 0; j < m; j++) {
            for (int a = 0; a < g; a++) {
                dense[(j * g + a) * m * g + j * g + a] = diagonal[j][a * g + a];
            }
        }
        double[] inverse = SmallInverse.of(dense, m * g);
        double logDeterminant = SmallInverse.logAbsoluteDeterminant(dense, m * g);
        double[] means = SmallMatrices.times(inverse, denseRight, m * g, m * g, 1);

        FactorSmoother.Posterior posterior = FactorSmoother.solve(diagonal, coupling, right, g);

        assertThat(posterior.logPrecision()).isCloseTo(logDeterminant, within(1e-10));
        for (int j = 0; j < m; j++) {
            assertThat(posterior.means()[j])
                    .containsExactly(Arrays.copyOfRange(means, j * g, (j + 1) * g), within(1e-10));
            assertThat(posterior.covariance()[j]).containsExactly(block(inverse, m, g, j, j), within(1e-10));
            if (j > 0) {
                assertThat(posterior.lagged()[j]).containsExactly(block(inverse, m, g, j, j - 1), within(1e-10));
            }
        }
        assertThat(FactorSmoother.logPrecision(posterior.covariance(), posterior.lagged(), g))
                .isCloseTo(logDeterminant, within(1e-9));
    }

    private static double[] block(double[] dense, int m, int g, int row, int column) {
        double[] block = new double[g * g];
        for (int a = 0; a < g; a++) {
            System.arraycopy(dense, (row * g + a) * m * g + column * g, block, a * g, g);
        }
        return block;
    }

    private double[] positiveDefinite(int n) {
        double[] root = new double[n * n];
        Arrays.setAll(root, k -> random.nextGaussian());
        double[] square = SmallMatrices.times(root, SmallMatrices.transposed(root, n, n), n, n, n);
        for (int i = 0; i < n; i++) {
            square[i * n + i] += 1;
        }
        return square;
    }
}
