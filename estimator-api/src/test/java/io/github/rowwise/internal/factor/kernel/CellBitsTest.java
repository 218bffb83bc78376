package io.github.rowwise.internal.factor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares bits of cells and sums over subsets with lists of cells. */
class CellBitsTest {

    private static final Offset<Double> CLOSE = within(1e-12);

    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void bitsMarkCellsAndTheirNeighbours() {
        for (int m : new int[] {1, 5, 31, 32, 33, 64, 100}) {
            byte[] arms = arms(m + 3);
            CellBits bits = new CellBits(3, m);
            bits.read(arms, 3);
            int seen = 0;
            for (int j = 0; j < m; j++) {
                byte arm = arms[3 + j];
                byte before = j == 0 ? -1 : arms[2 + j];
                byte after = j == m - 1 ? 0 : arms[4 + j];
                seen += arm < 0 ? 0 : 1;
                for (int each = 0; each < 3; each++) {
                    assertThat(isSet(bits.of(each), j)).isEqualTo(arm == each);
                    for (int other = 0; other < 3; other++) {
                        int both = (bits.of(each, other, j / 32) >>> j) & 1;
                        assertThat(both == 1).isEqualTo(arm == each && before == other);
                    }
                }
                assertThat(bits.isSeen(j)).isEqualTo(arm >= 0);
                assertThat((bits.missing(j / 32) >>> j) & 1).isEqualTo(arm < 0 ? 1 : 0);
                assertThat(isSet(bits.starts, j)).isEqualTo(arm >= 0 && before < 0);
                assertThat(isSet(bits.ends, j)).isEqualTo(arm >= 0 && after < 0);
            }
            assertThat(bits.isMostlySeen()).isEqualTo(2 * seen >= m);
        }
    }

    @Test
    void transposesWords() {
        int[] words = random.ints(32).toArray();
        int[] transposed = words.clone();
        CellBits.transpose(transposed);
        for (int i = 0; i < 32; i++) {
            for (int j = 0; j < 32; j++) {
                assertThat((transposed[j] >>> i) & 1).isEqualTo((words[i] >>> j) & 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sumsOverSubsetsEqualSumsOfRows(boolean isLarge) {
        int width = 11;
        double[] table = normals(40 * width);
        SubsetSums sums = new SubsetSums(width, isLarge);
        for (int rows : new int[] {32, 31, 5, 1}) {
            sums.set(table, 2 * width, width, rows);
            for (int density = 1; density <= 4; density++) {
                int chosen = 0;
                double[] target = normals(20);
                double[] expected = target.clone();
                for (int row = 0; row < rows; row++) {
                    if (random.nextInt(4) < density) {
                        chosen |= 1 << row;
                        for (int i = 0; i < 7; i++) {
                            expected[5 + i] += table[(2 + row) * width + 3 + i];
                        }
                    }
                }
                sums.add(chosen, 3, target, 5, 7);
                assertThat(target).containsExactly(expected, CLOSE);
            }
        }
    }

    @Test
    void tablesSumAndCollectByPeriod() {
        int m = 77;
        double[] numbers = normals(m);
        double[] expected = new double[m];
        double[] counted = SubsetTable.empty(m);
        for (int unit = 0; unit < 5; unit++) {
            byte[] arms = arms(m);
            CellBits bits = new CellBits(3, m);
            bits.read(arms, 0);
            double sum = 0;
            double number = random.nextGaussian();
            for (int j = 0; j < m; j++) {
                sum += arms[j] == 1 ? numbers[j] : 0;
                expected[j] += arms[j] == 1 ? number : 0;
            }
            assertThat(SubsetTable.sum(SubsetTable.of(numbers), bits, 1)).isCloseTo(sum, CLOSE);
            SubsetTable.add(counted, bits, 1, number);
        }
        assertThat(SubsetTable.takeApart(counted, m)).containsExactly(expected, CLOSE);
    }

    private byte[] arms(int m) {
        byte[] arms = new byte[m];
        for (int j = 0; j < m; j++) {
            arms[j] = (byte) (random.nextInt(4) - 1);
        }
        return arms;
    }

    private static boolean isSet(int[] bits, int j) {
        return ((bits[j / 32] >>> j) & 1) == 1;
    }

    private double[] normals(int count) {
        double[] values = new double[count];
        Arrays.setAll(values, k -> random.nextGaussian());
        return values;
    }
}
