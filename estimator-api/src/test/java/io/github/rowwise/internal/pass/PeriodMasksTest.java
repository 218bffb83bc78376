package io.github.rowwise.internal.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares sums by subset with loops over single periods. */
class PeriodMasksTest {

    private static final int ARMS = 127;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 7, 8, 9, 15, 16, 37, 100})
    void sumsEqualThoseOverSinglePeriods(int periods) {
        SplittableRandom random = new SplittableRandom(periods);
        double[] x = random.doubles(periods).toArray();
        double[] table = PeriodMasks.table(x);
        for (int round = 0; round < 20; round++) {
            byte[] arms = randomArms(random, periods, round % 2 == 0 ? 2 : ARMS);
            for (int arm : new int[] {0, 1, 63, ARMS - 1}) {
                double expected = 0;
                for (int j = 0; j < periods; j++) {
                    expected += arms[j] == arm ? x[j] : 0;
                }
                PeriodMasks masks = new PeriodMasks(periods);
                masks.read(arms, arm);
                assertThat(masks.sum(table)).isCloseTo(expected, within(1e-13 * periods));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 7, 8, 9, 15, 16, 37, 100})
    void valuesAddedToSubsetsAreAssignedToTheirPeriods(int periods) {
        SplittableRandom random = new SplittableRandom(periods);
        double[] counted = new double[PeriodMasks.table(new double[periods]).length];
        double[] expected = new double[periods];
        PeriodMasks masks = new PeriodMasks(periods);
        for (int row = 0; row < 50; row++) {
            byte[] arms = randomArms(random, periods, 2);
            double value = random.nextDouble();
            masks.read(arms, 1);
            masks.add(value, counted);
            for (int j = 0; j < periods; j++) {
                expected[j] += arms[j] == 1 ? value : 0;
            }
        }
        assertThat(PeriodMasks.periodSums(counted, periods)).containsExactly(expected, within(1e-12));
    }

    /** Some cells are missing, as is the padding of the row. */
    private static byte[] randomArms(SplittableRandom random, int periods, int arms) {
        byte[] row = PeriodMasks.emptyRow(periods);
        for (int j = 0; j < periods; j++) {
            row[j] = (byte) (random.nextInt(arms + 1) - 1);
        }
        return row;
    }
}
