package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowwise.panel.Panel;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The values of rank rules: their bounds, their defaults, their texts. */
class RankRuleValuesTest {

    @Test
    void rulesRejectConstantsOutsideTheirRange() {
        for (ThrowingCallable rule : List.<ThrowingCallable>of(
                () -> RankRule.fixed(-1),
                () -> RankRule.fixed(3, -1),
                RankRule::fixed,
                () -> new RankRule.SignFlip(0),
                () -> new RankRule.SignFlip(65),
                () -> new RankRule.EigenvalueRatio(0),
                () -> new RankRule.SpectralGap(0, 1),
                () -> new RankRule.SpectralGap(Double.NaN, 1),
                () -> new RankRule.SpectralGap(1, -1),
                () -> new RankRule.SpectralGap(1, Double.POSITIVE_INFINITY),
                () -> new RankRule.HeldOut(-1, 5),
                () -> new RankRule.HeldOut(3, 1),
                () -> new RankRule.HeldOut(3, 21))) {
            assertThatThrownBy(rule)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("give");
        }
    }

    @Test
    void boundsAreAllowed() {
        for (ThrowingCallable rule : List.<ThrowingCallable>of(
                () -> RankRule.fixed(0),
                () -> new RankRule.SignFlip(1),
                () -> new RankRule.SignFlip(64),
                () -> new RankRule.EigenvalueRatio(1),
                () -> new RankRule.SpectralGap(Double.MIN_VALUE, 0),
                () -> new RankRule.HeldOut(0, 2),
                () -> new RankRule.HeldOut(3, 20))) {
            assertThatCode(rule).doesNotThrowAnyException();
        }
    }

    @Test
    void textsSayTheValues() {
        assertThat(RankRule.signFlip()).hasToString("sign-flip, 5 copies");
        assertThat(new RankRule.SignFlip(1)).hasToString("sign-flip, 1 copy");
        assertThat(RankRule.eigenvalueRatio()).hasToString("eigenvalue-ratio, up to 10");
        assertThat(RankRule.spectralGap()).hasToString("spectral-gap, c = 96.0, K = largest outcome");
        assertThat(new RankRule.SpectralGap(1, 2)).hasToString("spectral-gap, c = 1.0, K = 2.0");
        assertThat(RankRule.heldOut()).hasToString("held-out, up to 8, 5 folds");
        assertThat(RankRule.fixed(3, 4)).hasToString("fixed");
        assertThat(new RankRule.Fixed(List.of(3, 4)).label()).isEqualTo("3,4");
    }

    @Test
    void oneRankIsForAllArms() {
        RankRule.Fixed one = new RankRule.Fixed(List.of(3));
        assertThat(List.of(one.rank(0), one.rank(1))).containsExactly(3, 3);
        RankRule.Fixed two = new RankRule.Fixed(List.of(3, 4));
        assertThat(List.of(two.rank(0), two.rank(1))).containsExactly(3, 4);
    }

    @Test
    void ranksMustFitThePanel() {
        Panel panel = Draws.random(5, 7, 9, 2, 0);
        assertThatCode(() -> new RankRule.Fixed(List.of(7)).require(panel, 7)).doesNotThrowAnyException();
        assertThatCode(() -> new RankRule.Fixed(List.of(0, 7)).require(panel, 7))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new RankRule.Fixed(List.of(8)).require(panel, 7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rank 8 is above 7");
        assertThatThrownBy(() -> new RankRule.Fixed(List.of(1, 2, 3)).require(panel, 7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ranks 1,2,3 for the 2 arms");
    }
}
