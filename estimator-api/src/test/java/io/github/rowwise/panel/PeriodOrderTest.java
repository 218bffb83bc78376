package io.github.rowwise.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        assertThat(order.warnings()).singleElement().asString().contains("from \"B\" to", "2024-12-31");
    }

    @Test
    void oneStrayTextIsNamed() {
        assertThat(warning("1", "2", "10", "total")).contains("because \"total\" is not one of the numbers");
        assertThat(warning("2024-13-45", "2024-01-01", "2024-01-02")).contains("\"2024-13-45\"");
        assertThat(warning("2012Q1", "2012Q2", "all")).contains("\"all\" is not one of the quarters");
        PeriodOrder mixed = PeriodOrder.of(List.of("1", "2", "2024-01-01"));
        assertThat(mixed.kind()).startsWith("text");
        assertThat(mixed.warnings().toString()).contains("\"2024-01-01\" is not one of the numbers");
    }

    @Test
    void textsWithoutAnOrderOfTimeAreWarnedOf() {
        assertThat(warning("pre", "post")).contains("from \"post\" to \"pre\"");
        assertThat(warning("december", "before", "after")).contains("sorted as text");
    }

    @Test
    void offsetsThatOnlySomeTimesHaveAreWarnedOf() {
        assertThat(warning("2024-01-01 10:00", "2024-01-02 10:00Z"))
                .contains("\"2024-01-01 10:00\", are taken as UTC")
                .contains("such as \"2024-01-02 10:00Z\"");
        assertThat(warning("2024-01-01 10:00+01", "2024-07-01 10:00+02")).isEmpty();
        assertThat(warning("2024-01-01 10:00", "2024-07-01")).isEmpty();
    }

    @Test
    void numbersThatMayBeMonthsAreRefused() {
        assertThatThrownBy(() -> PeriodOrder.of(List.of("2020.1", "2020.2", "2020.10")))
                .isInstanceOf(InvalidPanelException.class)
                .hasMessageContaining("\"2020.1\" and \"2020.10\" can be months or decimal numbers")
                .hasMessageContaining("2020-10");
        assertThat(PeriodOrder.of(List.of("2020.12", "2021.01", "2020.11")).kind())
                .isEqualTo("months");
        assertThat(PeriodOrder.of(List.of("1995.25", "1995.5")).kind()).isEqualTo("numbers");
        assertThat(PeriodOrder.of(List.of("2020.1", "2020.2")).kind()).isEqualTo("numbers");
    }

    @Test
    void columnsKeepTheirOrderWhereTheirNamesSayNone() {
        PeriodOrder words = PeriodOrder.ofColumns(List.of("pre", "ramp", "post"));
        assertThat(words.names()).containsExactly("pre", "ramp", "post");
        assertThat(words.kind()).isEqualTo("text, in the order of the columns");
        assertThat(words.warnings()).singleElement().asString().contains("from \"pre\" to \"post\"");
        assertThat(PeriodOrder.ofColumns(List.of("Q2 2012", "Q1 2012")).names()).containsExactly("Q1 2012", "Q2 2012");
        assertThat(PeriodOrder.ofColumns(List.of("02/01/2020", "03/01/2019", "01/02/2020"))
                        .names())
                .containsExactly("02/01/2020", "03/01/2019", "01/02/2020");
    }

    private static String warning(String... texts) {
        return String.join("; ", PeriodOrder.of(List.of(texts)).warnings());
    }
}
