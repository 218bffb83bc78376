package io.github.rowwise.internal.average;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BetweenGroupsTest {

    @Test
    void equalSharesGiveTheVarianceOfAMean() {
        double[] shares = {0.25, 0.25, 0.25, 0.25};
        double[] deviations = {1, -2, 0.5, 0.5};
        BetweenGroups between = BetweenGroups.of(shares, deviations);
        assertThat(between.variance()).isCloseTo((1 + 4 + 0.25 + 0.25) / (4 * 3), within(1e-15));
        assertThat(between.degreesOfFreedom()).isCloseTo(3, within(1e-12));
    }

    /** For averages of equal variance, the mean is that of their weighted average, and the variance follows from the freedom. */
    @Test
    void momentsAreThoseOfSimulatedAverages() {
        double[] shares = {0.5, 0.2, 0.2, 0.05, 0.05};
        SplittableRandom random = new SplittableRandom(5);
        int draws = 200_000;
        double sum = 0;
        double squares = 0;
        double freedom = 0;
        for (int draw = 0; draw < draws; draw++) {
            double[] values = new double[shares.length];
            double mean = 0;
            for (int g = 0; g < shares.length; g++) {
                values[g] = random.nextGaussian();
                mean += shares[g] * values[g];
            }
            for (int g = 0; g < shares.length; g++) {
                values[g] -= mean;
            }
            BetweenGroups between = BetweenGroups.of(shares, values);
            freedom = between.degreesOfFreedom();
            sum += between.variance() / draws;
            squares += between.variance() * between.variance() / draws;
        }
        double expected = 0.25 + 0.04 + 0.04 + 0.0025 + 0.0025;
        assertThat(sum).isCloseTo(expected, within(0.003));
        assertThat(2 * sum * sum / (squares - sum * sum)).isCloseTo(freedom, within(0.03));
        assertThat(freedom).isBetween(1.0, 4.0);
    }

    @Test
    void shiftsAndScales() {
        double[] shares = {0.6, 0.4};
        BetweenGroups between = BetweenGroups.of(shares, new double[] {0.4, -0.6});
        assertThat(BetweenGroups.of(shares, new double[] {4, -6}).variance())
                .isCloseTo(100 * between.variance(), within(1e-12));
        assertThat(between.degreesOfFreedom()).isCloseTo(1, within(1e-12));
    }
}
