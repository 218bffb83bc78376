package io.github.rowwise.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowwise.averages.EffectAverages;
import io.github.rowwise.panel.UnitColumn;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GroupColumnTest {

    private static void check(@Nullable String base, List<String> groups) {
        GroupColumn.check(OptionNaming.ARGUMENT, UnitColumn.ofTexts("region", groups), base, "data frame");
    }

    @Test
    void takesGroupsOfSeveralUnits() {
        assertThatCode(() -> check(null, List.of("north", "south", "north"))).doesNotThrowAnyException();
        assertThatCode(() -> check("south", List.of("north", "south", "north"))).doesNotThrowAnyException();
    }

    @Test
    void rejectsGroupsThatSayNothing() {
        assertThatThrownBy(() -> check(null, List.of("north", "north")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "data frame, column \"region\": all units are in the group \"north\"; group needs two groups"
                                + " or more");
        assertThatThrownBy(() -> check(null, List.of("a", "b", "c")))
                .hasMessage("data frame, column \"region\": each of the 3 units has a group of its own; group needs"
                        + " groups of several units");
        assertThatThrownBy(() -> check("north", List.of("a", "b", "a")))
                .hasMessage("data frame, column \"region\": no group \"north\" for group_base. Groups: a, b");
    }

    @Test
    void limitsTheNumberOfGroups() {
        assertThatCode(() -> check(null, numbered(EffectAverages.MAX_GROUPS))).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(null, numbered(EffectAverages.MAX_GROUPS + 1)))
                .hasMessageContaining("501 groups, at most 500");
    }

    private static List<String> numbered(int groups) {
        return IntStream.range(0, 2 * groups)
                .mapToObj(unit -> "g" + unit % groups)
                .toList();
    }

    @Test
    void namesArgumentsOfFunctions() {
        assertThat(OptionNaming.ARGUMENT.name("group-base")).isEqualTo("group_base");
        assertThat(OptionNaming.ARGUMENT.name("confidence-level")).isEqualTo("level");
        assertThat(OptionNaming.ARGUMENT.assignment("control")).isEqualTo("control=");
    }
}
