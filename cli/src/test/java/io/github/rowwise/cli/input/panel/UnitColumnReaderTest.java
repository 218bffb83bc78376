package io.github.rowwise.cli.input.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowwise.cli.input.PanelColumns;
import io.github.rowwise.cli.input.PanelOrigin;
import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.input.TableRules;
import io.github.rowwise.cli.input.UnitColumnSpec;
import io.github.rowwise.cli.input.UnitColumnSpec.Kind;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.panel.UnitColumn;
import io.github.rowwise.tables.AbsentRows;
import io.github.rowwise.tables.MissingCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns with one value per unit. */
class UnitColumnReaderTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** Units b, a and c of two periods, with a further column. */
    private List<UnitColumn> read(Kind kind, boolean decimalComma, String... values) throws IOException {
        StringBuilder rows = new StringBuilder("unit;time;treatment;outcome;size\n");
        for (int k = 0; k < values.length; k++) {
            rows.append("bac".charAt(k / 2))
                    .append(";" + (k % 2 + 1) + ";" + k % 2 + ";" + k + ";")
                    .append(values[k])
                    .append('\n');
        }
        Path file = Files.writeString(folder.resolve("p.csv"), rows.toString());
        PanelSource source = new PanelSource(
                PanelOrigin.file(file),
                new PanelColumns("unit", "time", "outcome", "treatment"),
                null,
                null,
                OutcomeStorage.DOUBLE,
                new TableRules(MissingCodes.NONE, ';', decimalComma, AbsentRows.MISSING),
                List.of(),
                List.of(new UnitColumnSpec("--size", "size", kind)),
                List.of());
        try (PanelInput input = PanelReader.read(source, 2, null)) {
            return input.unitColumns();
        }
    }

    private UnitColumn only(Kind kind, String... values) throws IOException {
        return read(kind, false, values).get(0);
    }

    private static void assertRejected(ThrowingCallable task, String... parts) {
        assertThatThrownBy(task)
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(Path.of("").toString())
                .hasMessageContainingAll(parts);
    }

    @Test
    void valuesComeInTheOrderOfTheUnits() throws IOException {
        assertThat(only(Kind.WEIGHT, "2", "2.0", "3", "3", "1e3", "1000"))
                .isEqualTo(UnitColumn.ofNumbers("size", 2, 3, 1000));
        assertThat(only(Kind.LABEL, "02", "02", "2", "2", "x y", "x y"))
                .isEqualTo(UnitColumn.ofTexts("size", List.of("02", "2", "x y")));
        assertThat(read(Kind.WEIGHT, true, "2,5", "2,5", "3", "3", "1", "1"))
                .containsExactly(UnitColumn.ofNumbers("size", 2.5, 3, 1));
    }

    @Test
    void rowsWithoutTheValueDoNotCountIfAnotherHasIt() throws IOException {
        assertThat(only(Kind.WEIGHT, "2", "", "NA", "3", "1", "1")).isEqualTo(UnitColumn.ofNumbers("size", 2, 3, 1));
    }

    @Test
    void attributesAreNumbersIfAllValuesAre() throws IOException {
        assertThat(only(Kind.ATTRIBUTE, "2", "2", "", "NA", "1.50", "1.5"))
                .isEqualTo(UnitColumn.ofNumbers("size", 2, Double.NaN, 1.5));
        assertThat(only(Kind.ATTRIBUTE, "2", "2", "", "", "big", "big"))
                .isEqualTo(UnitColumn.ofTexts("size", Arrays.asList("2", null, "big")));
    }

    @Test
    void valuesThatVaryWithinAUnit() {
        assertRejected(
                () -> only(Kind.WEIGHT, "2", "2", "3", "4", "1", "1"),
                "p.csv, lines 4 and 5, column \"size\": unit \"a\" has \"3\" in period \"1\" and \"4\" in period \"2\"",
                "--size needs a column with one value per unit");
        assertRejected(
                () -> only(Kind.LABEL, "2", "2", "3", "3", "1", "1.0"),
                "lines 6 and 7",
                "unit \"c\" has \"1\" in period \"1\" and \"1.0\" in period \"2\"");
        assertRejected(() -> only(Kind.ATTRIBUTE, "2", "2", "x", "3", "1", "1"), "lines 4 and 5", "\"x\"", "\"3\"");
    }

    @Test
    void weightsThatAreMissingOrNoNumberAboveZero() {
        assertRejected(
                () -> only(Kind.WEIGHT, "2", "2", "", "NA", "1", "1"),
                "p.csv, line 4, column \"size\": no value in any row of unit \"a\"",
                "leave the unit out with --where");
        assertRejected(
                () -> only(Kind.WEIGHT, "2", "2", "3", "3", "-1", "-1"),
                "p.csv, line 6, column \"size\": \"-1\" of unit \"c\", period \"1\" is not above 0");
        assertRejected(() -> only(Kind.WEIGHT, "2", "0", "3", "3", "1", "1"), "line 3", "is not above 0");
        assertRejected(() -> only(Kind.WEIGHT, "2", "2", "3", "3", "1", "big"), "line 7", "\"big\"", "not a number");
        assertRejected(() -> only(Kind.WEIGHT, "2", "2", "3", "3", "1", "inf"), "line 7", "\"inf\"", "not a number");
        assertRejected(
                () -> only(Kind.LABEL, "2", "2", "", "", "1", "1"), "line 4", "no value in any row of unit \"a\"");
    }

    @Test
    void columnsThatAreNotThere() throws IOException {
        PanelSource source = new PanelSource(
                PanelOrigin.file(
                        Files.writeString(folder.resolve("q.csv"), "unit,time,treatment,outcome,size\na,1,0,2,3\n")),
                new PanelColumns("unit", "time", "outcome", "treatment"),
                null,
                null,
                OutcomeStorage.DOUBLE,
                TableRules.DEFAULT,
                List.of(),
                List.of(new UnitColumnSpec("--size", "sise", Kind.LABEL)),
                List.of());
        assertRejected(
                () -> PanelReader.read(source, 1, null), "no column \"sise\"; name it with --size. Columns: size, ");
    }
}
