package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A panel that identifies no effect is refused, with the reason of one unit as an example. */
class IdentificationCheckTest {

    private static final SpectralEstimator ESTIMATOR =
            SpectralEstimator.withDefaults().withBackend("ejml").withRank(RankRule.fixed(0));

    @Test
    void aCommonShock() {
        assertThatThrownBy(() -> ESTIMATOR.fit(Draws.panel(
                        new double[3][4], new int[][] {{0, 0, 1, 1}, {0, 0, 1, 1}, {0, 0, 1, 1}})))
                .isInstanceOf(NotIdentifiedException.class)
                .hasMessageContaining("(a common shock): in each of the 4 periods");
    }

    @Test
    void noUnitInBothArms() {
        assertThatThrownBy(() -> ESTIMATOR.fit(Draws.panel(
                        new double[3][4], new int[][] {{0, 0, 0, 0}, {1, 1, 1, 1}, {0, 0, 0, 0}})))
                .isInstanceOf(NotIdentifiedException.class)
                .hasMessageContaining("none of the 3 units has observed periods both under control and under treatment")
                .hasMessageEndingWith("; for example unit 'u0': never treated in a period with an outcome");
    }
}
