package io.github.rowwise.internal.factor.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.internal.average.GroupSums.Combination;
import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.model.FactorState;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/**
 * Units that are observed with noise of known variance and shrunk towards their common mean, in two groups with means of their own.
 * Corrected averages of groups are those of the observations, and have the variance of their noise.
 */
class SelectedAveragesTest {

    private static final int[] SIZES = {1500, 2500};
    private static final double PRIOR = 0.7;
    private static final double NOISE = 0.4;
    private static final double RETAINED = PRIOR / (PRIOR + NOISE);

    private final double[] observed = new double[2];
    private final double[] shrunk = new double[2];

    private SelectedAverages averages() {
        Dimensions size = new Dimensions(0, 0, true, 1, 0);
        int units = SIZES[0] + SIZES[1];
        SplittableRandom random = new SplittableRandom(6);
        double[] y = new double[units];
        double mean = 0;
        for (int unit = 0; unit < units; unit++) {
            y[unit] = (unit < SIZES[0] ? 1 : 2)
                    + Math.sqrt(PRIOR) * random.nextGaussian()
                    + Math.sqrt(NOISE) * random.nextGaussian();
            mean += y[unit] / units;
        }
        // Merged from two blocks.
        SelectedSums sums = new SelectedSums(size, 1, 2, 2);
        SelectedSums later = new SelectedSums(size, 1, 2, 2);
        for (int unit = 0; unit < units; unit++) {
            int group = unit < SIZES[0] ? 0 : 1;
            SelectedSums target = unit < 2000 ? sums : later;
            SelectedSums.Shift shift = new SelectedSums.Shift();
            shift.weight = 1;
            shift.squares = 1;
            shift.deviation = RETAINED * (y[unit] - mean);
            shift.retained = RETAINED;
            shift.variance = RETAINED * PRIOR;
            target.all(1, 0).add(shift, 1);
            SelectedSums.Entry entry = target.entry(1, 0, group);
            entry.units++;
            entry.weight++;
            entry.value += mean + shift.deviation;
            entry.unitVariance += (1 - RETAINED) * PRIOR;
            entry.spread += Math.pow((1 - RETAINED) * PRIOR, 2) / 10;
            entry.sensitivity[1] += 1 - RETAINED;
            entry.shift.add(shift, 1);
            observed[group] += y[unit] / SIZES[group];
            shrunk[group] += (mean + shift.deviation) / SIZES[group];
        }
        sums.add(later);
        double[] ofMean = {0, 0, 0, PRIOR / (RETAINED * units)};
        SharedUncertainty shared = new SharedUncertainty(new double[4], ofMean, new double[] {1}, new double[] {0});
        FactorState state = new FactorState(size, units, 1);
        return new SelectedAverages(sums, state, shared, new SharedNoise(state, new int[1]), 1, 50, true, false, null);
    }

    @Test
    void groupsAreNotShrunkTowardsEachOther() {
        SelectedAverages averages = averages();
        for (int group = 0; group < 2; group++) {
            Combination own = averages.combine(1, 0, new int[] {group}, new int[0]);
            // Of n units, 1 / n is left to shrinkage, as of one unit all is.
            assertThat(own.value())
                    .isCloseTo(observed[group] + (shrunk[group] - observed[group]) / SIZES[group], within(1e-12));
            assertThat(own.variance()).isCloseTo(NOISE / SIZES[group], Percentage.withPercentage(0.1));
            assertThat(own.degreesOfFreedom()).isEqualTo(50);
        }
        Combination difference = averages.combine(1, 0, new int[] {1}, new int[] {0});
        assertThat(difference.value()).isCloseTo(observed[1] - observed[0], within(1e-3));
        assertThat(difference.variance())
                .isCloseTo(NOISE / SIZES[0] + NOISE / SIZES[1], Percentage.withPercentage(0.1));
    }

    @Test
    void allUnitsTogetherNeedNoCorrection() {
        Combination all = averages().combine(1, 0, new int[] {0, 1}, new int[0]);
        int units = SIZES[0] + SIZES[1];
        assertThat(all.value()).isCloseTo((SIZES[0] * shrunk[0] + SIZES[1] * shrunk[1]) / units, within(1e-12));
        assertThat(all.variance()).isCloseTo(NOISE / units, Percentage.withPercentage(1e-9));
        assertThat(all.sharedVariance()).isZero();
    }
}
