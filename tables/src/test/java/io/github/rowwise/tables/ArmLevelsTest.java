package io.github.rowwise.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowwise.panel.InvalidPanelException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArmLevelsTest {

    private static ArmLevels of(String control, String... levels) {
        return ArmLevels.of(List.of(levels), control, "column \"d\": ", "--control ");
    }

    @Test
    void levelsThatDifferOnlyInBlanksAndCaseAreOne() {
        ArmLevels arms = of("no", "no", "Yes", "no ", "\u00a0yes", "maybe");
        assertThat(arms.names()).containsExactly("no", "Yes", "maybe");
        assertThat(arms.codes())
                .containsEntry("no ", 0)
                .containsEntry("\u00a0yes", 1)
                .containsEntry("Yes", 1);
        assertThat(arms.warning())
                .contains("column \"d\": ", "\"no\" is also written \"no \"", "\"Yes\" is also written");
        assertThat(of("no", "no", "yes").warning()).isEmpty();
    }

    @Test
    void numbersOfEqualValueAreOne() {
        ArmLevels arms = of("0", "0.0", "1", "0", "1.0", "2.50");
        assertThat(arms.names()).containsExactly("0", "1", "2.50");
        assertThat(arms.codes()).containsEntry("0.0", 0).containsEntry("1.0", 1);
    }

    @Test
    void theControlIsFoundInAnotherForm() {
        assertThat(of("0", "0.0", "1.0").names()).containsExactly("0.0", "1.0");
        assertThat(of("NO ", "no", "yes").names()).containsExactly("no", "yes");
        assertThatThrownBy(() -> of("no", "yes", "Yes ")).hasMessageContaining("no level \"no\"");
        assertThatThrownBy(() -> of("yes", "yes", "Yes "))
                .isInstanceOf(InvalidPanelException.class)
                .hasMessageContaining("every outcome has the treatment \"yes\"");
    }

    private static ArmLevels pair(String... levels) {
        return ArmLevels.of(List.of(levels), null, "column \"d\": ", "--control ");
    }

    @Test
    void zeroAndOneOrFalseAndTrueNeedNoControl() {
        assertThat(pair("1", "0.0", " 0").codes())
                .containsEntry("1", 1)
                .containsEntry("0.0", 0)
                .containsEntry(" 0", 0);
        assertThat(pair("TRUE", "f").codes()).containsEntry("TRUE", 1).containsEntry("f", 0);
        assertThat(pair("t", "false").names()).containsExactly("false", "true");
        assertThatThrownBy(() -> pair("1", "1.0"))
                .isInstanceOf(InvalidPanelException.class)
                .hasMessageContaining("every outcome has the treatment \"1\"");
        assertThatThrownBy(() -> pair("10", "9"))
                .isInstanceOf(InvalidPanelException.class)
                .hasMessageContaining("neither 0/1 nor true/false but 9, 10;")
                .hasMessageEndingWith("--control LEVEL, such as --control \"9\"");
        assertThatThrownBy(() -> pair("no")).hasMessageEndingWith("--control LEVEL");
        assertThatThrownBy(() -> pair("b", "10", "9")).hasMessageContaining("10, 9, b;");
    }
}
