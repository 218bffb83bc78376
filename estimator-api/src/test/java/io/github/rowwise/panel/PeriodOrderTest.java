package io.github.rowwise.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PeriodOrderTest {

    @Test
    void wholeNumbers() {
        PeriodOrder order = PeriodOrder.of(List.of("10", "9", "-1", "09", " 2"));
        assertThat(order.kind()).isEqualTo("whole numbers");
        assertThat(order.names()).containsExactly("-1", " 2", "9", "10");
        assertThat(order.codes()).containsEntry("9", 2).containsEntry("09", 2);
    }

    @Test
    void decimals() {
        assertThat(PeriodOrder.of(List.of("1995.25", "1995", "1995.5")).names())
                .containsExactly("1995", "1995.25", "1995.5");
    }

    @Test
    void dates() {
        PeriodOrder order = PeriodOrder.of(List.of("2024-02-01", "2024-1-31", "1999-12-31"));
        assertThat(order.kind()).isEqualTo("dates");
        assertThat(order.names()).containsExactly("1999-12-31", "2024-1-31", "2024-02-01");
    }

    @Test
    void timestamps() {
        PeriodOrder order = PeriodOrder.of(
                List.of("2024-01-01 10:00", "2024-01-01T10:00:00+02:00", "2024-01-01", "2024-01-01 10:00:00.5"));
        assertThat(order.kind()).isEqualTo("timestamps");
        assertThat(order.names())
                .containsExactly(
                        "2024-01-01", "2024-01-01T10:00:00+02:00", "2024-01-01 10:00", "2024-01-01 10:00:00.5");
    }

    @Test
    void textSortsByCharacter() {
        PeriodOrder order = PeriodOrder.of(List.of("b", "a", "B", "é", "\ud83e\uddc0", "\uff5e"));
        assertThat(order.names()).containsExactly("B", "a", "b", "é", "\uff5e", "\ud83e\uddc0");
        assertThat(order.warning()).isEmpty();
    }

    @Test
    void oneStrayTextAmongNumbersIsWarnedOf() {
        assertThat(PeriodOrder.of(List.of("1", "2", "10", "total")).warning()).contains("\"total\"");
        assertThat(PeriodOrder.of(List.of("2024-13-45", "2024-01-01")).warning())
                .contains("\"2024-13-45\"");
    }

    @Test
    void textsWhoseOrderIsNotThatOfTimeAreWarnedOf() {
        assertThat(PeriodOrder.of(List.of("week 1", "week 9", "week 10")).warning())
                .contains("\"week 10\" comes before \"week 9\"");
        assertThat(PeriodOrder.of(List.of("2024W09", "2024W10")).warning()).isEmpty();
        assertThat(PeriodOrder.of(List.of("2024Q4", "2025Q1")).warning()).isEmpty();
        assertThat(PeriodOrder.of(List.of("2024-09", "2024-10")).warning()).isEmpty();
        assertThat(PeriodOrder.of(List.of("Jan 2024", "Feb 2024")).warning()).contains("\"Jan 2024\"", "2024-12");
        assertThat(PeriodOrder.of(List.of("december", "before", "after")).warning())
                .contains("\"december\"");
        assertThat(PeriodOrder.of(List.of("before", "during", "marked")).warning())
                .isEmpty();
    }

    @Test
    void offsetsThatOnlySomeTimesHaveAreWarnedOf() {
        assertThat(PeriodOrder.of(List.of("2024-01-01 10:00", "2024-01-02 10:00Z"))
                        .warning())
                .contains("\"2024-01-01 10:00\", are taken as UTC")
                .contains("such as \"2024-01-02 10:00Z\"");
        assertThat(PeriodOrder.of(List.of("2024-01-01 10:00+01", "2024-07-01 10:00+02"))
                        .warning())
                .isEmpty();
        assertThat(PeriodOrder.of(List.of("2024-01-01 10:00", "2024-07-01")).warning())
                .isEmpty();
    }

    @Test
    void whatIsNoTimeIsNamed() {
        assertThat(PeriodOrder.of(List.of("1", "2", "x")).warning()).contains("because \"x\" is neither");
        PeriodOrder mixed = PeriodOrder.of(List.of("1", "2", "2024-01-01"));
        assertThat(mixed.kind()).startsWith("text");
        assertThat(mixed.warning()).contains("some are whole numbers and others dates");
    }
}
