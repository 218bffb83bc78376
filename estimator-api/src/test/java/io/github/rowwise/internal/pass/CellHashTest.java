package io.github.rowwise.internal.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statistics of the hash stay within five standard deviations of those of independent fair coins. */
class CellHashTest {

    private static final int SIDE = 300;
    private static final int CELLS = SIDE * SIDE;
    private static final double FIVE_DEVIATIONS = 5 * 0.5 / SIDE;

    private final List<String> units = names("u", SIDE);
    private final List<String> periods = names("", SIDE);
    private final CellHash hash = new CellHash(1, units, periods);

    @Test
    void eachBitIsFairAndPairsOfBitsAreIndependent() {
        for (int copy = 0; copy < 64; copy++) {
            int next = (copy + 1) % 64;
            int ones = 0;
            int equal = 0;
            for (int i = 0; i < SIDE; i++) {
                for (int j = 0; j < SIDE; j++) {
                    ones += bit(hash, i, j, copy);
                    equal += bit(hash, i, j, copy) == bit(hash, i, j, next) ? 1 : 0;
                }
            }
            assertThat((double) ones / CELLS).as("bit %s", copy).isCloseTo(0.5, within(FIVE_DEVIATIONS));
            assertThat((double) equal / CELLS).as("bits %s, %s", copy, next).isCloseTo(0.5, within(FIVE_DEVIATIONS));
        }
    }

    @Test
    void rowsAndColumnsAreFairAndNeighboursIndependent() {
        double bound = 5 * 0.5 / Math.sqrt(SIDE);
        for (int i = 0; i < SIDE; i++) {
            int k = i;
            int other = (i + 1) % SIDE;
            assertThat(share(j -> bit(hash, k, j, 0))).isCloseTo(0.5, within(bound));
            assertThat(share(j -> bit(hash, j, k, 0))).isCloseTo(0.5, within(bound));
            assertThat(share(j -> bit(hash, k, j, 0) ^ bit(hash, other, j, 0))).isCloseTo(0.5, within(bound));
            assertThat(share(j -> bit(hash, j, k, 0) ^ bit(hash, j, other, 0))).isCloseTo(0.5, within(bound));
        }
    }

    /**
     * Signs of the form u_i v_j would leave the rank unchanged. The product of the signs at four corners detects this.
     */
    @Test
    void signsAreNotAProductOfRowAndColumnSigns() {
        int even = 0;
        for (int i = 0; i + 1 < SIDE; i += 2) {
            for (int j = 0; j + 1 < SIDE; j += 2) {
                even += 1
                        ^ bit(hash, i, j, 0)
                        ^ bit(hash, i + 1, j, 0)
                        ^ bit(hash, i, j + 1, 0)
                        ^ bit(hash, i + 1, j + 1, 0);
            }
        }
        assertThat((double) even / (CELLS / 4)).isCloseTo(0.5, within(2 * FIVE_DEVIATIONS));
    }

    @Test
    void anotherSeedGivesIndependentBits() {
        CellHash other = new CellHash(2, units, periods);

        assertThat(agreement((i, j) -> bit(hash, i, j, 0) == bit(other, i, j, 0)))
                .isCloseTo(0.5, within(FIVE_DEVIATIONS));
    }

    @Test
    void foldsAreIndependentOfEveryBit() {
        for (int k = 0; k < 64; k++) {
            int copy = k;
            assertThat(agreement((i, j) -> bit(hash, i, j, copy) == hash.fold(i, j, 2)))
                    .as("bit %s", copy)
                    .isCloseTo(0.5, within(FIVE_DEVIATIONS));
        }
    }

    private interface Comparison {
        boolean agrees(int unit, int period);
    }

    private static double agreement(Comparison comparison) {
        int equal = 0;
        for (int i = 0; i < SIDE; i++) {
            for (int j = 0; j < SIDE; j++) {
                equal += comparison.agrees(i, j) ? 1 : 0;
            }
        }
        return (double) equal / CELLS;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 7, 20})
    void foldsAreOfEqualSize(int folds) {
        int[] sizes = new int[folds];
        for (int i = 0; i < SIDE; i++) {
            for (int j = 0; j < SIDE; j++) {
                sizes[hash.fold(i, j, folds)]++;
            }
        }
        double expected = (double) CELLS / folds;
        for (int size : sizes) {
            assertThat(size).isCloseTo((int) expected, within((int) (5 * Math.sqrt(expected))));
        }
    }

    @Test
    void theNumbersOfACellDoNotDependOnTheOrderOfUnitsAndPeriods() {
        List<Integer> unitOrder = shuffled(1);
        List<Integer> periodOrder = shuffled(2);
        CellHash shuffled = new CellHash(
                1,
                unitOrder.stream().map(units::get).toList(),
                periodOrder.stream().map(periods::get).toList());
        for (int i = 0; i < SIDE; i++) {
            for (int j = 0; j < SIDE; j++) {
                assertThat(shuffled.bits(i, j)).isEqualTo(hash.bits(unitOrder.get(i), periodOrder.get(j)));
                assertThat(shuffled.fold(i, j, 5)).isEqualTo(hash.fold(unitOrder.get(i), periodOrder.get(j), 5));
            }
            assertThat(shuffled.uniform(i, 3)).isEqualTo(hash.uniform(periodOrder.get(i), 3));
        }
    }

    @Test
    void uniformNumbersAreUniformAndDoNotDependOnTheUnits() {
        CellHash others = new CellHash(1, List.of("other", "units"), periods);
        double sum = 0;
        double squares = 0;
        for (int j = 0; j < SIDE; j++) {
            for (int k = 0; k < SIDE; k++) {
                double value = hash.uniform(j, k);
                assertThat(value).isBetween(-1.0, 1.0).isEqualTo(others.uniform(j, k));
                sum += value;
                squares += value * value;
            }
        }
        assertThat(sum / CELLS).isCloseTo(0, within(5 / Math.sqrt(3) / SIDE));
        assertThat(squares / CELLS).isCloseTo(1 / 3.0, within(5 * Math.sqrt(4 / 45.0) / SIDE));
    }

    private interface Coin {
        int toss(int k);
    }

    private static double share(Coin coin) {
        return IntStream.range(0, SIDE).map(coin::toss).average().orElseThrow();
    }

    private static int bit(CellHash hash, int unit, int period, int copy) {
        return (int) (hash.bits(unit, period) >>> copy & 1);
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(k -> prefix + k).toList();
    }

    private static List<Integer> shuffled(int seed) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, SIDE).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        return order;
    }
}
