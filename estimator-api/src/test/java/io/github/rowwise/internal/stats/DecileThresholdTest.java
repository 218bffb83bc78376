package io.github.rowwise.internal.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecileThresholdTest {

    /** A sum over all units is what it costs; halving alone takes 45 of them. */
    @ParameterizedTest
    @CsvSource({"5000,10", "5000,100", "20000,30", "20000,1000"})
    void aQuarterOfTheSumsIsEnough(int units, double freedom) {
        SplittableRandom random = new SplittableRandom(units);
        double[] effects = new double[units];
        double[] errors = new double[units];
        Arrays.setAll(effects, k -> random.nextGaussian());
        Arrays.setAll(errors, k -> 0.2 + random.nextDouble());
        double least = Arrays.stream(effects).min().orElseThrow();
        double greatest = Arrays.stream(effects).max().orElseThrow();
        double widest = Arrays.stream(errors).max().orElseThrow();
        int[] sums = {0};

        double threshold = DecileThreshold.find(
                units,
                least,
                greatest,
                widest,
                freedom,
                at -> {
                    sums[0]++;
                    return expected(effects, errors, freedom, at, 1);
                },
                (at, step) -> expected(effects, errors, freedom, at, step) * step);

        TopDecile slow = new TopDecile(units, least, greatest, widest);
        while (!slow.isDone()) {
            double[] at = slow.thresholds(1);
            slow.narrow(at, new double[] {expected(effects, errors, freedom, at[0], 1)});
        }
        assertThat(threshold).isEqualTo(slow.threshold());
        assertThat(sums[0]).isLessThanOrEqualTo(13);
    }

    private static double expected(double[] effects, double[] errors, double freedom, double threshold, int step) {
        double sum = 0;
        for (int k = 0; k < effects.length; k += step) {
            sum += TopDecile.above(effects[k], errors[k], freedom, threshold);
        }
        return sum;
    }
}
