package io.github.rowwise.internal.factor.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ArmNoiseTest {

    @Test
    void armsWithTheSameNoiseAreAlike() {
        assertThat(ArmNoise.of(new double[] {1000, 1030}, new double[] {1000, 1000})
                        .scales())
                .containsExactly(1, 1);
    }

    @Test
    void moreNoiseUnderTreatmentCountsAboveChance() {
        double[] scales = ArmNoise.of(new double[] {5000, 9000, 500}, new double[] {5000, 3000, 1000})
                .scales();

        double ratio = 9020 / 3020.0;
        assertThat(scales[1]).isCloseTo(ratio - 3 * ratio * Math.sqrt(2 / 3020.0 + 2 / 5020.0), within(1e-12));
        // Less noise than under control does not shorten intervals.
        assertThat(scales[2]).isEqualTo(1);
    }

    @Test
    void fewCellsSayNothing() {
        assertThat(ArmNoise.of(new double[] {5000, 12}, new double[] {5000, 3}).scales())
                .containsExactly(1, 1);
        assertThat(ArmNoise.of(new double[2], new double[2]).scales()).containsExactly(1, 1);
    }
}
