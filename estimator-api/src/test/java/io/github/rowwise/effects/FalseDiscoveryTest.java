package io.github.rowwise.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.panel.Grade;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FalseDiscoveryTest {

    /** The least rate, among those at which anything changes, at which the step-up procedure rejects the hypothesis. */
    private static double bruteForce(double[] pValues, int k) {
        double least = Double.POSITIVE_INFINITY;
        int count = pValues.length;
        for (double p : pValues) {
            for (int rank = 1; rank <= count; rank++) {
                double rate = p * count / rank;
                // Rejects the r smallest, with r the largest number of p-values at or below their own bound.
                int r = 0;
                double[] sorted = Arrays.stream(pValues).sorted().toArray();
                for (int s = 1; s <= count; s++) {
                    r = sorted[s - 1] <= rate * s / count * (1 + 1e-14) ? s : r;
                }
                if (r > 0 && pValues[k] <= sorted[r - 1]) {
                    least = Math.min(least, rate);
                }
            }
        }
        return Math.min(1, least);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void qValuesAreTheLeastRateAtWhichTheProcedureRejects(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<UnitEffect> units = new ArrayList<>();
        for (int unit = 0; unit < 12; unit++) {
            for (int arm = 1; arm <= 2; arm++) {
                // Few different values, so that there are ties.
                double value = random.nextInt(12) * 0.5;
                int kind = random.nextInt(6);
                units.add(unit(
                        unit,
                        arm,
                        kind == 0
                                ? Estimate.unavailable("never treated")
                                : kind == 1 ? Estimate.withoutStandardError(value) : Estimate.of(value, 1, 9)));
            }
        }
        double[] qValues = new double[units.size()];
        FalseDiscovery.fillQValues(units, 1, qValues);
        FalseDiscovery.fillQValues(units, 2, qValues);

        for (int arm = 1; arm <= 2; arm++) {
            int number = arm;
            int[] tested = IntStream.range(0, units.size())
                    .filter(k ->
                            units.get(k).arm() == number && units.get(k).ate().hasStandardError())
                    .toArray();
            double[] pValues = Arrays.stream(tested)
                    .mapToDouble(k -> units.get(k).ate().pValue())
                    .toArray();
            for (int k = 0; k < tested.length; k++) {
                assertThat(qValues[tested[k]]).isCloseTo(bruteForce(pValues, k), within(1e-12));
            }
        }
        for (int k = 0; k < qValues.length; k++) {
            assertThat(Double.isNaN(qValues[k])).isEqualTo(!units.get(k).ate().hasStandardError());
        }
    }

    private static UnitEffect unit(int unit, int arm, Estimate ate) {
        return new UnitEffect("u" + unit, arm, 5, 5, 0, 0.5, ate, ate, ate, Grade.OK, "");
    }
}
