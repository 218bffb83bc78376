package io.github.rowwise.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnitColumnTest {

    @Test
    void texts() {
        UnitColumn column = UnitColumn.ofTexts("chain", Arrays.asList("b", "a", null, "b"));
        assertThat(column.units()).isEqualTo(4);
        assertThat(column.isNumeric()).isFalse();
        assertThat(column.levels()).containsExactly("b", "a");
        assertThat(column.levelIndexes()).containsExactly(0, 1, -1, 0);
        assertThat(column.isMissing(2)).isTrue();
        assertThat(column.isMissing(3)).isFalse();
        assertThat(column).hasToString("\"chain\", 2 texts of 4 units");
        assertThatThrownBy(column::numbers)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("column \"chain\" has texts, not numbers");
    }

    @Test
    void numbers() {
        double[] values = {2, Double.NaN, 0.5, 2, -0.0, 0};
        UnitColumn column = UnitColumn.ofNumbers("size", values);
        values[0] = 7;
        column.numbers()[0] = 7;
        assertThat(column.numbers()).containsExactly(2, Double.NaN, 0.5, 2, -0.0, 0);
        assertThat(column.isMissing(1)).isTrue();
        assertThat(column.levels()).containsExactly("2.0", "0.5", "0.0");
        assertThat(column.levelIndexes()).containsExactly(0, -1, 1, 0, 2, 2);
        assertThatThrownBy(() -> UnitColumn.ofNumbers("size", 1, Double.NEGATIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-Infinity of unit number 2");
    }

    @Test
    void equality() {
        UnitColumn column = UnitColumn.ofTexts("chain", List.of("b", "a"));
        assertThat(column)
                .isEqualTo(UnitColumn.ofTexts("chain", List.of("b", "a")))
                .hasSameHashCodeAs(UnitColumn.ofTexts("chain", List.of("b", "a")))
                .isNotEqualTo(UnitColumn.ofTexts("chain", List.of("a", "b")))
                .isNotEqualTo(UnitColumn.ofTexts("region", List.of("b", "a")));
        assertThat(UnitColumn.ofNumbers("x", 1, 2)).isNotEqualTo(UnitColumn.ofNumbers("x", 1, 3));
    }
}
