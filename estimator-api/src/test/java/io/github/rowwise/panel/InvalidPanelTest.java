package io.github.rowwise.panel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not a panel is rejected with a message that names where, the value, the bound and what to do. */
class InvalidPanelTest {

    private static final List<String> AB = List.of("a", "b");
    private static final List<String> XY = List.of("x", "y");
    private static final double[][] ONES = {{1, 1}, {1, 1}};
    private static final int[][] SWITCHING = {{0, 1}, {1, 0}};

    record Case(String what, Supplier<Object> attempt, List<String> words) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Case rejected(String what, Supplier<Object> attempt, String... words) {
        return new Case(what, attempt, List.of(words));
    }

    static Stream<Case> cases() {
        return Stream.of(
                rejected(
                        "a unit twice in a period",
                        () -> full().add("a", "x", 1, 2).build(),
                        "'a'",
                        "'x'",
                        "twice",
                        "aggregate or remove"),
                rejected(
                        "a gap and an outcome for one cell",
                        () -> full().add("a", "x", 1, Double.NaN).build(),
                        "'a'",
                        "'x'",
                        "twice"),
                rejected(
                        "an infinite outcome",
                        () -> full().add("c", "x", 0, Double.POSITIVE_INFINITY).build(),
                        "'c'",
                        "'x'",
                        "Infinity",
                        "finite"),
                rejected(
                        "a negative infinite outcome",
                        () -> Panel.of(new double[][] {{1, Double.NEGATIVE_INFINITY}, {1, 1}}, SWITCHING, AB, XY),
                        "'a'",
                        "'y'",
                        "-Infinity"),
                rejected(
                        "an outcome whose sums are infinite",
                        () -> full().add("c", "x", 0, -1e291).build(),
                        "'c'",
                        "'x'",
                        "-1.0E291",
                        "beyond 1.0E290",
                        "another unit"),
                rejected(
                        "a negative arm", () -> full().add("c", "x", -1, 2).build(), "'c'", "'x'", "-1", "0 (control)"),
                rejected(
                        "an arm without a name",
                        () -> Panel.builder()
                                .armNames(List.of("no", "yes"))
                                .add("a", "x", 2, 1)
                                .add("b", "y", 0, 1)
                                .build(),
                        "'a'",
                        "'x'",
                        "2",
                        "to 1"),
                rejected(
                        "an arm that never occurs",
                        () -> Panel.of(ONES, new int[][] {{0, 2}, {2, 0}}, AB, XY),
                        "arm '1'",
                        "no observed cell"),
                rejected(
                        "control only", () -> Panel.of(ONES, new int[][] {{0, 0}, {0, 0}}, AB, XY), "arm '1'", "check"),
                rejected(
                        "treated only", () -> Panel.of(ONES, new int[][] {{1, 1}, {1, 1}}, AB, XY), "arm '0'", "check"),
                rejected("nothing at all", () -> Panel.builder().build(), "no unit", "at least two units"),
                rejected(
                        "one unit",
                        () -> Panel.of(new double[][] {{1, 1}}, new int[][] {{0, 1}}, List.of("a"), XY),
                        "only one unit, 'a'",
                        "at least two units"),
                rejected(
                        "one period",
                        () -> Panel.of(new double[][] {{1}, {1}}, new int[][] {{0}, {1}}, AB, List.of("x")),
                        "only one period, 'x'",
                        "at least two periods"),
                rejected(
                        "one arm",
                        () -> Panel.cells(AB, XY, List.of("only")),
                        "only one arm, 'only'",
                        "at least two arms"),
                rejected("a unit's name twice", () -> Panel.of(ONES, SWITCHING, List.of("a", "a"), XY), "unit", "'a'"),
                rejected(
                        "a period's name twice",
                        () -> Panel.of(ONES, SWITCHING, AB, List.of("x", "x")),
                        "period",
                        "'x'"),
                rejected("an arm's name twice", () -> Panel.cells(AB, XY, List.of("no", "no")), "arm", "'no'"),
                rejected(
                        "too many arms",
                        () -> Panel.cells(AB, XY, Panels.names("arm", 128)),
                        "128",
                        "127",
                        "treatment column"),
                rejected(
                        "a row too few",
                        () -> Panel.of(ONES, SWITCHING, List.of("a", "b", "c"), XY),
                        "2 rows",
                        "3 unit names"),
                rejected(
                        "a ragged row",
                        () -> Panel.of(new double[][] {{1, 1}, {1}}, SWITCHING, AB, XY),
                        "'b'",
                        "1 outcomes",
                        "2 periods"),
                rejected(
                        "a ragged row of arms",
                        () -> Panel.of(ONES, new int[][] {{0, 1, 1}, {1, 0}}, AB, XY),
                        "'a'",
                        "3 arms",
                        "2 periods"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isRejected(Case invalid) {
        assertThatThrownBy(() -> invalid.attempt().get())
                .isInstanceOf(InvalidPanelException.class)
                .message()
                .contains(invalid.words());
    }

    @ParameterizedTest
    @ValueSource(ints = {127, 2020, 1_000_000_000, Integer.MAX_VALUE})
    void aNumberThatIsNoArmIsRejectedByItsName(int arm) {
        List<String> words = List.of("'b'", "'y'", Integer.toString(arm), "126", "treatment column");

        assertThatThrownBy(() -> full().add("b", "y", arm, 2).build())
                .isInstanceOf(InvalidPanelException.class)
                .message()
                .contains(words);
        assertThatThrownBy(() -> Panel.of(ONES, new int[][] {{0, 1}, {1, arm}}, AB, XY))
                .isInstanceOf(InvalidPanelException.class)
                .message()
                .contains(words);
    }

    @Test
    void cellsCannotChangeAPanelThatHasBeenBuilt() {
        PanelCells cells = Panel.cells(AB, XY, List.of("no", "yes"));
        cells.set(0, 0, 0, 1).set(1, 0, 1, 2).build();

        assertThatThrownBy(() -> cells.set(0, 1, 0, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(cells::build).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void cellsRejectAnIndexThatIsNotThere() {
        PanelCells cells = Panel.cells(AB, XY, List.of("no", "yes"));

        assertThatThrownBy(() -> cells.set(2, 0, 0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> cells.set(0, 2, 0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> cells.set(-1, 0, 0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static PanelBuilder full() {
        return Panel.builder().add("a", "x", 0, 1).add("a", "y", 1, 1).add("b", "x", 1, 1);
    }
}
