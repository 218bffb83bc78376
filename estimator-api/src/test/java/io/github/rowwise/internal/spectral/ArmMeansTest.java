package io.github.rowwise.internal.spectral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.internal.pass.BlockRunner;
import io.github.rowwise.internal.pass.CellHash;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.RowBlocks;
import io.github.rowwise.internal.svd.SlowLinearAlgebra;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.SymmetricEigen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with dense least squares on dummy variables, by the pseudoinverse of the normal equations. */
class ArmMeansTest {

    private static final double SCALE = 0.25;

    @ParameterizedTest(name = "{0} x {1}, {2} arms, observed {3}, blocks of {4}")
    @CsvSource({
        "2, 2, 2, 1, 32",
        "6, 9, 2, 1, 2",
        "9, 6, 3, 1, 4",
        "12, 10, 2, 0.7, 5",
        "10, 12, 3, 0.4, 3",
        "14, 14, 2, 0.15, 32", // So sparse that the pattern is not connected.
        "3, 20, 2, 0.5, 1",
        "20, 3, 2, 0.5, 32"
    })
    void twoWayMeansEqualTheLeastSquaresFit(int units, int periods, int arms, double observed, int blockRows) {
        for (int seed = 0; seed < 10; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[][] outcomes = new double[units][periods];
            int[][] arm = new int[units][periods];
            for (int i = 0; i < units; i++) {
                for (int j = 0; j < periods; j++) {
                    outcomes[i][j] = 5 + random.nextGaussian() + i - j;
                    arm[i][j] = random.nextDouble() < observed ? random.nextInt(arms) : -1;
                }
            }
            List<ArmMatrix> matrices = fit(outcomes, arm, arms, blockRows, ArmMeans.Kind.TWO_WAY, null);
            for (int a = 0; a < arms; a++) {
                assertFitsLikeLeastSquares(outcomes, arm, a, matrices.get(a));
            }
        }
    }

    private static void assertFitsLikeLeastSquares(double[][] outcomes, int[][] arm, int a, ArmMatrix matrix) {
        int n = outcomes.length;
        int m = outcomes[0].length;
        double[] expected = leastSquares(outcomes, arm, a);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                if (arm[i][j] == a) {
                    assertThat(matrix.unitMeans()[i] + matrix.periodMeans()[j])
                            .isCloseTo(SCALE * (expected[i] + expected[n + j]), within(1e-11));
                }
            }
            int unit = i;
            assertThat(matrix.cells(i)).isEqualTo((int)
                    Arrays.stream(arm[unit]).filter(x -> x == a).count());
        }
        for (List<Integer> part : connectedPeriods(arm, a)) {
            double weighted = 0;
            for (int j : part) {
                int cells = 0;
                for (int[] row : arm) {
                    cells += row[j] == a ? 1 : 0;
                }
                weighted += cells * matrix.periodMeans()[j];
            }
            assertThat(weighted).as("weighted mean of connected periods").isCloseTo(0, within(1e-11));
        }
        for (int j = 0; j < m; j++) {
            int period = j;
            if (Arrays.stream(arm).noneMatch(row -> row[period] == a)) {
                assertThat(matrix.periodMeans()[j]).as("period never seen").isZero();
            }
        }
    }

    @Test
    void unitMeansAreMeansOverTheArmsCells() {
        double[][] outcomes = {{1, 2, 30}, {4, 5, 6}};
        int[][] arm = {{0, 0, 1}, {1, -1, 1}};
        List<ArmMatrix> matrices = fit(outcomes, arm, 2, 1, ArmMeans.Kind.UNIT, null);

        assertThat(matrices.get(0).unitMeans()).containsExactly(1.5 * SCALE, 0);
        assertThat(matrices.get(1).unitMeans()).containsExactly(30 * SCALE, 5 * SCALE);
        assertThat(matrices.get(1).periodMeans()).containsExactly(0, 0, 0);
    }

    @Test
    void withoutCentringMeansAreZeroAndCellsAreCounted() {
        ArmMatrix matrix = fit(
                        new double[][] {{1, 2}, {3, 4}}, new int[][] {{0, 1}, {1, 1}}, 2, 1, ArmMeans.Kind.NONE, null)
                .get(1);

        assertThat(matrix.unitMeans()).containsExactly(0, 0);
        assertThat(matrix.periodMeans()).containsExactly(0, 0);
        assertThat(matrix.cells(0)).isEqualTo(1);
        assertThat(matrix.cells(1)).isEqualTo(2);
    }

    @Test
    void hiddenCellsCountAsMissing() {
        SplittableRandom random = new SplittableRandom(1);
        double[][] outcomes = new double[12][15];
        int[][] arm = new int[12][15];
        int[][] visible = new int[12][15];
        CellHash hash = hash(12, 15);
        for (int i = 0; i < 12; i++) {
            for (int j = 0; j < 15; j++) {
                outcomes[i][j] = random.nextGaussian();
                arm[i][j] = random.nextInt(2);
                visible[i][j] = hash.fold(i, j, 4) == 2 ? -1 : arm[i][j];
            }
        }
        ArmMatrix hidden = fit(outcomes, arm, 2, 5, ArmMeans.Kind.TWO_WAY, new ArmMatrix.Fold(2, 4))
                .get(1);
        ArmMatrix missing =
                fit(outcomes, visible, 2, 5, ArmMeans.Kind.TWO_WAY, null).get(1);

        assertThat(hidden.unitMeans()).isEqualTo(missing.unitMeans());
        assertThat(hidden.periodMeans()).isEqualTo(missing.periodMeans());
        for (int i = 0; i < 12; i++) {
            assertThat(hidden.cells(i)).isEqualTo(missing.cells(i));
        }
    }

    /** Units that are observed in two periods each, so that neighbouring periods are barely connected. */
    @ParameterizedTest
    @ValueSource(ints = {50, 400, 1000})
    void aLongChainOfShortLivedUnitsIsFitted(int periods) {
        double[][] outcomes = new double[periods][periods];
        int[][] arm = new int[periods][periods];
        SplittableRandom random = new SplittableRandom(periods);
        double[] period = random.doubles(periods).toArray();
        for (int i = 0; i < periods; i++) {
            Arrays.fill(arm[i], -1);
            double level = random.nextDouble();
            for (int j = i; j < Math.min(periods, i + 2); j++) {
                arm[i][j] = 0;
                outcomes[i][j] = level + period[j];
            }
        }
        ArmMatrix matrix =
                fit(outcomes, arm, 1, 64, ArmMeans.Kind.TWO_WAY, null).get(0);

        double worst = 0;
        for (int i = 0; i < periods; i++) {
            for (int j = i; j < Math.min(periods, i + 2); j++) {
                worst = Math.max(
                        worst, Math.abs(matrix.unitMeans()[i] + matrix.periodMeans()[j] - SCALE * outcomes[i][j]));
            }
        }
        assertThat(worst).isLessThan(1e-8);
    }

    private static List<ArmMatrix> fit(
            double[][] outcomes,
            int[][] arm,
            int arms,
            int blockRows,
            ArmMeans.Kind kind,
            ArmMatrix.@Nullable Fold fold) {
        int n = outcomes.length;
        int m = outcomes[0].length;
        List<RowBlock> blocks = new ArrayList<>();
        for (int first = 0; first < n; first += blockRows) {
            int rows = Math.min(blockRows, n - first);
            double[] values = new double[rows * m];
            byte[] codes = new byte[rows * m];
            for (int k = 0; k < rows * m; k++) {
                codes[k] = (byte) arm[first + k / m][k % m];
                values[k] = codes[k] < 0 ? 0 : outcomes[first + k / m][k % m];
            }
            blocks.add(new RowBlock(first, rows, m, values, codes));
        }
        try (BlockRunner runner = new BlockRunner(RowBlocks.of(blocks), 2)) {
            return ArmMeans.fit(new PanelView(runner, n, m, arms, SCALE, hash(n, m)), kind, fold);
        }
    }

    private static CellHash hash(int units, int periods) {
        return new CellHash(
                1,
                IntStream.range(0, units).mapToObj(i -> "u" + i).toList(),
                IntStream.range(0, periods).mapToObj(j -> "t" + j).toList());
    }

    /** Unit effects, then period effects of minimum norm. */
    private static double[] leastSquares(double[][] outcomes, int[][] arm, int a) {
        int n = outcomes.length;
        int size = n + outcomes[0].length;
        DenseMatrix normal = DenseMatrix.zeros(size, size);
        double[] right = new double[size];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < outcomes[0].length; j++) {
                if (arm[i][j] == a) {
                    for (int row : new int[] {i, n + j}) {
                        right[row] += outcomes[i][j];
                        for (int column : new int[] {i, n + j}) {
                            normal.set(row, column, normal.get(row, column) + 1);
                        }
                    }
                }
            }
        }
        SymmetricEigen eigen = new SlowLinearAlgebra().symmetricEigen(normal);
        double[] solution = new double[size];
        for (int k = 0; k < size; k++) {
            if (eigen.values()[k] > 1e-9) {
                double share = 0;
                for (int row = 0; row < size; row++) {
                    share += eigen.vectors().get(row, k) * right[row];
                }
                for (int row = 0; row < size; row++) {
                    solution[row] += share / eigen.values()[k] * eigen.vectors().get(row, k);
                }
            }
        }
        return solution;
    }

    /** Connected components of the periods, linked by units that are observed in several of them. */
    private static List<List<Integer>> connectedPeriods(int[][] arm, int a) {
        int m = arm[0].length;
        int[] part = IntStream.range(0, m).toArray();
        for (int sweep = 0; sweep < m; sweep++) {
            for (int[] row : arm) {
                int least = IntStream.range(0, m)
                        .filter(j -> row[j] == a)
                        .map(j -> part[j])
                        .min()
                        .orElse(0);
                IntStream.range(0, m).filter(j -> row[j] == a).forEach(j -> part[j] = least);
            }
        }
        return IntStream.range(0, m)
                .mapToObj(p ->
                        IntStream.range(0, m).filter(j -> part[j] == p).boxed().toList())
                .filter(list -> !list.isEmpty())
                .toList();
    }
}
