package io.github.rowwise.bindings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.Panel;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameColumnsTest {

    private static final double[] SALES = {5, 9, 4, 7, 6, 8};
    private static final List<String> STORES = List.of("north", "north", "north", "south", "south", "south");
    private static final List<String> WEEKS = List.of("9", "10", "11", "9", "10", "11");
    private static final List<String> DISPLAY = List.of("0", "1", "0", "1", "0", "0");

    private static FrameColumns columns() {
        return Frames.small(SALES, STORES, WEEKS, DISPLAY, null);
    }

    @Test
    void readsPeriodsInOrderOfTimeAndUnitsInOrderOfRows() {
        FramePanel frame = Frames.small(
                        new double[] {1, 2, 3, 4},
                        List.of("z", "a", "z", "a"),
                        List.of("10", "10", "9", "9"),
                        List.of("1", "0", "0", "1"),
                        null)
                .read();

        assertThat(frame.panel().unitNames()).containsExactly("z", "a");
        assertThat(frame.panel().periodNames()).containsExactly("9", "10");
        assertThat(frame.panel().outcome(0, 0)).isEqualTo(3);
        assertThat(frame.panel().arm(0, 1)).isEqualTo(1);
        assertThat(frame.timeKind()).isEqualTo("whole numbers");
        assertThat(frame.warnings()).isEmpty();
    }

    @Test
    void ignoresTextsWithoutRows() {
        Panel panel = new FrameColumns(new double[] {1, 2, 3, 4}, "y", 0)
                .units("unit", new int[] {3, 3, 1, 1}, new String[] {"unused", "b", "also unused", "a"})
                .periods("time", new int[] {2, 0, 2, 0}, new String[] {"2", "17", "1"}, false)
                .arms("arm", new int[] {2, 0, 0, 2}, new String[] {"0", "other", "1"}, null)
                .read()
                .panel();

        assertThat(panel.unitNames()).containsExactly("a", "b");
        assertThat(panel.periodNames()).containsExactly("1", "2");
        assertThat(panel.armNames()).containsExactly("0", "1");
        assertThat(panel.outcome(1, 0)).isEqualTo(3);
    }

    @Test
    void takesTheGivenOrderOfTextsThatSayNone() {
        FrameColumns columns = new FrameColumns(new double[] {1, 2, 3, 4}, "y", 0)
                .units("unit", new int[] {0, 0, 1, 1}, new String[] {"a", "b"})
                .arms("arm", new int[] {1, 0, 0, 1}, new String[] {"0", "1"}, null);
        String[] texts = {"winter", "summer"};
        int[] codes = {0, 1, 0, 1};

        FramePanel given = columns.periods("season", codes, texts, true).read();
        FramePanel sorted = columns.periods("season", codes, texts, false).read();

        assertThat(given.panel().periodNames()).containsExactly("winter", "summer");
        assertThat(given.warnings()).isEmpty();
        assertThat(sorted.panel().periodNames()).containsExactly("summer", "winter");
        assertThat(sorted.warnings()).isNotEmpty();
    }

    @Test
    void missingOutcomesNeedNoTreatment() {
        FramePanel frame = Frames.small(
                        new double[] {5, 9, 4, 7, Double.NaN, 8},
                        STORES,
                        WEEKS,
                        List.of("0", "1", "0", "1", "", "0"),
                        null)
                .read();

        assertThat(frame.panel().isObserved(1, 1)).isFalse();
        assertThat(frame.input().missingCells().total()).isEqualTo(1);
        assertThat(frame.input().missingCells().nan()).isEqualTo(1);
    }

    @Test
    void aMissingCovariateIsAMissingCell() {
        FramePanel frame = columns()
                .covariate("price", new double[] {1, 2, Double.NaN, 3, 4, 5})
                .read();

        assertThat(frame.panel().covariateNames()).containsExactly("price");
        assertThat(frame.panel().covariate(0, 1, 1)).containsExactly(3, 4, 5);
        assertThat(frame.panel().isObserved(0, 2)).isFalse();
        assertThat(frame.input().missingCells().covariate()).isEqualTo(1);
    }

    @Test
    void namesBothRowsOfACellThatIsGivenTwice() {
        assertThatThrownBy(() -> Frames.small(SALES, STORES, List.of("9", "10", "9", "9", "10", "11"), DISPLAY, null)
                        .read())
                .isInstanceOf(InvalidPanelException.class)
                .hasMessageStartingWith("data frame, rows 1 and 3: unit \"north\", period \"9\" is given twice: ");
    }

    @Test
    void twoTextsOfOneTimeAreOnePeriod() {
        assertThatThrownBy(() -> Frames.small(SALES, STORES, List.of("9", "10", "09", "9", "10", "11"), DISPLAY, null)
                        .read())
                .hasMessageStartingWith("data frame, rows 1 and 3: unit \"north\", period \"09\" is given twice");
    }

    @Test
    void namesTheRowThatLacksAUnit() {
        assertThatThrownBy(() -> Frames.small(
                                SALES, List.of("north", "", "north", "south", "south", "south"), WEEKS, DISPLAY, null)
                        .read())
                .hasMessage("data frame, row 2, column \"store\": no unit; every row needs the name of its unit");
    }

    @Test
    void asksForTheControl() {
        List<String> arms = List.of("none", "small", "none", "large", "none", "none");

        assertThatThrownBy(() -> Frames.small(SALES, STORES, WEEKS, arms, null).read())
                .isInstanceOf(InvalidPanelException.class)
                .hasMessageStartingWith("data frame, column \"display\": neither 0/1 nor true/false")
                .hasMessageContaining("control=");
        assertThat(Frames.small(SALES, STORES, WEEKS, arms, "none")
                        .read()
                        .panel()
                        .armNames())
                .containsExactly("none", "large", "small");
    }

    @Test
    void rejectsAnInfiniteOutcome() {
        assertThatThrownBy(() -> Frames.small(
                                new double[] {5, 9, 4, 7, Double.POSITIVE_INFINITY, 8}, STORES, WEEKS, DISPLAY, null)
                        .read())
                .isInstanceOf(InvalidPanelException.class)
                .hasMessageStartingWith("data frame: ")
                .hasMessageContaining("south")
                .hasMessageContaining("10");
    }

    @Test
    void unitColumnsHaveOneValuePerUnit() {
        assertThatThrownBy(() -> columns()
                        .weights("people", new double[] {1, 1, 2, 1, 1, 1})
                        .read())
                .hasMessage(
                        "data frame, rows 1 and 3, column \"people\": unit \"north\" has 1.0 in period \"9\" and 2.0 in"
                                + " period \"11\"; weights needs a column with one value per unit");
        assertThatThrownBy(() -> columns()
                        .weights("people", new double[] {1, 1, 1, -2, 1, 1})
                        .read())
                .hasMessageContaining("is not above 0");
        assertThatThrownBy(() -> columns()
                        .group("region", new int[] {0, 0, 0, -1, -1, -1}, new String[] {"east"})
                        .read())
                .hasMessageContaining("no value in any row of unit \"south\"");
    }

    @Test
    void readsUnitColumns() {
        FramePanel frame = columns()
                .group("region", new int[] {0, -1, 0, 1, 1, 1}, new String[] {"east", "west"})
                .attribute("size", new double[] {3, 3, 3, Double.NaN, Double.NaN, Double.NaN})
                .read();

        assertThat(frame.input().unitColumns().get(0).levels()).containsExactly("east", "west");
        assertThat(frame.input().unitColumns().get(1).numbers()).containsExactly(3, Double.NaN);
    }

    @Test
    void rejectsColumnsOfAnotherLength() {
        assertThatThrownBy(() -> columns().covariate("price", new double[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column \"price\" has 2 rows and the outcomes have 6; all columns have the same number");
    }

    @Test
    void rejectsACodeWithoutText() {
        assertThatThrownBy(() -> columns().units("store", new int[] {0, 0, 0, 1, 1, 2}, new String[] {"a", "b"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("code 2 at index 5");
    }

    @Test
    void namesTheClosestColumn() {
        String[] columns = {"week", "store", "sales", "sales"};

        FrameColumns.requireColumn(columns, "unit", "store");
        assertThatThrownBy(() -> FrameColumns.requireColumn(columns, "unit", "stores"))
                .isInstanceOf(InvalidPanelException.class)
                .hasMessageStartingWith("data frame: no column \"stores\"; name it with unit=. Columns: store, ");
        assertThatThrownBy(() -> FrameColumns.requireColumn(columns, "outcome", "sales"))
                .hasMessage("data frame: 2 columns are called \"sales\"; rename all but one");
    }

    @Test
    void rejectsAnEmptyFrame() {
        assertThatThrownBy(() -> Frames.small(new double[0], List.of(), List.of(), List.of(), null)
                        .read())
                .hasMessage("data frame: no rows; it needs one row for each unit and period");
    }

    /** Later changes of the caller's arrays change nothing. */
    @Test
    void copiesTheArrays() {
        double[] sales = SALES.clone();
        FrameColumns columns = Frames.small(sales, STORES, WEEKS, DISPLAY, null);
        sales[0] = 1000;

        assertThat(columns.read().panel().outcome(0, 0)).isEqualTo(5);
    }
}
