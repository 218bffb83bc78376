package io.github.rowwise.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowwise.RankRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Texts of options and messages. */
class OptionValuesTest {

    @Test
    void codesOfMissingValues() {
        MissingCodes codes = MissingCodes.of("--missing", List.of("-999, None", "7"));
        assertThat(codes.texts()).containsExactly("-999", "none", "7");
        assertThat(codes.numbers()).containsExactly(-999.0, 7.0);
        assertThat(MissingCodes.of("--missing", List.of())).isSameAs(MissingCodes.NONE);
        assertThatThrownBy(() -> MissingCodes.of("--missing", List.of("1,,2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--missing: an empty code");
        assertThat(MissingCodes.proposal("--missing ", List.of("-", " - ", "none")))
                .isEqualTo(", or name what means missing: --missing \"-,none\"");
        assertThat(MissingCodes.proposal("--missing ", List.of("-", "1.000"))).isEmpty();
        assertThat(MissingCodes.proposal("--missing ", List.of("a,b"))).isEmpty();
    }

    @Test
    void absentRows() {
        assertThat(AbsentRows.ZERO_CONTROL.label()).isEqualTo("zero-control");
        assertThat(AbsentRows.MISSING.isZero()).isFalse();
        assertThat(AbsentRows.ZERO.isZero()).isTrue();
        assertThat(AbsentRows.unknown("--absent-rows ", "\"a\""))
                .startsWith("--absent-rows zero: unit \"a\" changes its treatment more than once")
                .contains("--absent-rows zero-control");

        byte[] arms = {-2, -2, 1, -1, -2, -2};
        double[] outcomes = {7, 7, 7, 7, 7, 7};
        assertThat(AbsentRows.MISSING.fill(arms, outcomes, 1, 4, (byte) -2)).isZero();
        assertThat(arms).containsExactly(-2, -2, 1, -1, -2, -2);
        assertThat(AbsentRows.ZERO_CONTROL.fill(arms, outcomes, 1, 4, (byte) -2))
                .isEqualTo(2);
        assertThat(arms).containsExactly(-2, 0, 1, -1, 0, -2);
        assertThat(outcomes).containsExactly(7, 0, 7, 7, 0, 7);
    }

    @Test
    void repeatedRows() {
        assertThat(RepeatedRows.remedy(List.of(), column -> "?")).isEqualTo("; keep one of them");
        assertThat(RepeatedRows.remedy(List.of("product", "x"), column -> "sum over " + column))
                .isEqualTo("; the rows differ in column \"product\": sum over product");
    }

    @Test
    void ranks() {
        assertThat(RankText.parse("3,4")).isEqualTo(RankRule.fixed(3, 4));
        assertThat(RankText.parse("auto")).isEqualTo(RankRule.signFlip());
        assertThat(RankText.parse("held-out")).isEqualTo(RankRule.heldOut());
        assertThatThrownBy(() -> RankText.parse("-1")).hasMessageContaining("such numbers by arm (3,4)");
    }

    @Test
    void confidenceLevels() {
        assertThat(EstimatorChoice.confidenceLevel(.9)).isEqualTo(.9);
        for (double level : new double[] {0, 1, -1, 2, Double.NaN}) {
            assertThatThrownBy(() -> EstimatorChoice.confidenceLevel(level))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is not between 0 and 1");
        }
    }
}
