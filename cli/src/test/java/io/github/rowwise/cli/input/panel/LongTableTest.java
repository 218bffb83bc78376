package io.github.rowwise.cli.input.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.input.PanelColumns;
import io.github.rowwise.cli.input.PanelOrigin;
import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.panel.OutcomeStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading by cell and reading by unit give the same panel, for any order of the rows. */
@Tag("slow")
class LongTableTest {

    private static final int PERIODS = 7;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static List<String> byUnit() {
        Random random = new Random(1);
        List<String> rows = new ArrayList<>();
        for (int unit = 0; unit < 11; unit++) {
            for (int period = 1; period <= PERIODS; period++) {
                String outcome = random.nextInt(6) == 0 ? "NA" : "" + random.nextGaussian();
                if (random.nextInt(9) > 0) {
                    rows.add("unit " + unit + "," + period + "," + random.nextInt(2) + "," + outcome);
                }
            }
        }
        return rows;
    }

    private static String field(String row, int index) {
        return List.of(row.split(",", -1)).get(index);
    }

    private Path write(List<String> rows) throws IOException {
        return Files.writeString(
                folder.resolve("p.csv"), "unit,time,treatment,outcome\n" + String.join("\n", rows) + "\n");
    }

    private static PanelSource source(Path file) {
        return new PanelSource(
                PanelOrigin.file(file),
                new PanelColumns("unit", "time", "outcome", "treatment"),
                null,
                null,
                OutcomeStorage.DOUBLE);
    }

    private static LongTable open(Path file) {
        return LongTable.open(source(file), 2);
    }

    /** Returns the cells as texts, read in any order. */
    private static List<String> cells(LongTable table) {
        String[] cells =
                new String[table.unitNames().size() * table.periodNames().size()];
        Arrays.fill(cells, "-1:NaN");
        table.cells()
                .forEachCell((unit, period, arm, outcome, covariates) ->
                        cells[unit * PERIODS + period] = arm + ":" + outcome);
        return List.of(cells);
    }

    /** Returns the cells as texts, read unit by unit. */
    private static List<String> rows(LongTable table, int maxUnits) {
        List<String> cells = new ArrayList<>();
        table.cells()
                .forEachUnit(
                        (arms, outcomes, covariates) -> IntStream.range(0, arms.length)
                                .forEach(period -> cells.add(arms[period] + ":" + outcomes[period])),
                        maxUnits);
        return cells;
    }

    @Test
    void unitByUnitFromAFileInAnyOrder() throws IOException {
        List<String> byUnit = byUnit();
        List<String> byPeriod = new ArrayList<>(byUnit);
        byPeriod.sort((a, b) -> field(a, 1).compareTo(field(b, 1)));
        List<String> shuffled = new ArrayList<>(byUnit);
        Collections.shuffle(shuffled, new Random(2));
        for (List<String> order : List.of(byUnit, byPeriod, shuffled)) {
            for (int maxUnits : new int[] {1, 2, 5, 100}) {
                try (LongTable table = open(write(order))) {
                    List<String> units =
                            order.stream().map(row -> field(row, 0)).distinct().toList();
                    String[] expected = new String[units.size() * PERIODS];
                    Arrays.fill(expected, "-1:NaN");
                    order.stream().filter(row -> !field(row, 3).equals("NA")).forEach(row -> {
                        int period = Integer.parseInt(field(row, 1)) - 1;
                        expected[units.indexOf(field(row, 0)) * PERIODS + period] = field(row, 2) + ":" + field(row, 3);
                    });
                    assertThat(table.unitNames()).isEqualTo(units);
                    assertThat(cells(table)).containsExactly(expected);
                    assertThat(rows(table, maxUnits)).containsExactly(expected);
                }
            }
        }
    }

    @Test
    void duplicatesAreRejectedWithTheSameMessage() throws IOException {
        List<String> rows = byUnit();
        rows.add(3, rows.get(1));
        rows.add("unit 0,07,1,2");
        Path file = write(rows);
        String expected = "p.csv, lines 3 and 5: two rows for unit \"unit 0\" and period \"2\" (and 1 more such pairs);"
                + " keep one of them";
        assertThatThrownBy(() -> PanelReader.read(source(file), 2, null))
                .isInstanceOf(UserInputException.class)
                .hasMessageEndingWith(expected);
        for (int maxUnits : new int[] {1, 100}) {
            assertThatThrownBy(() -> {
                        try (LongTable table = open(file)) {
                            rows(table, maxUnits);
                        }
                    })
                    .isInstanceOf(UserInputException.class)
                    .hasMessageEndingWith(expected);
        }
    }

    @Test
    void aFileThatChangesDuringTheRunIsRejected() throws IOException {
        List<String> rows = byUnit();
        try (LongTable table = open(write(rows))) {
            write(rows.subList(0, rows.size() - 1));
            assertThatThrownBy(() -> cells(table))
                    .isInstanceOf(UserInputException.class)
                    .hasMessageContaining("the rows differed");
            for (int maxUnits : new int[] {1, 100}) {
                assertThatThrownBy(() -> rows(table, maxUnits))
                        .isInstanceOf(UserInputException.class)
                        .hasMessageContaining("the rows differed");
            }
        }
    }

    @Test
    void typedColumnsGiveTheSameCellsAsTexts() throws IOException {
        List<String> byUnit = byUnit();
        Path csv = write(byUnit);
        Path parquet = folder.resolve("p.parquet");
        for (String types : List.of(
                "unit, time::INTEGER AS time, treatment::INTEGER AS treatment, outcome",
                "unit, time::UTINYINT AS time, treatment::VARCHAR AS treatment, outcome::DOUBLE AS outcome",
                "unit::BLOB AS unit, time, treatment = '1' AS treatment, outcome::DOUBLE AS outcome,"
                        + " 5 AS file_row_number")) {
            try (Database database = Database.open(1)) {
                database.execute("COPY (SELECT " + types + " FROM (SELECT * REPLACE (nullif(outcome, 'NA') AS outcome)"
                        + " FROM read_csv('" + csv + "', all_varchar = true))) TO '" + parquet + "'");
            }
            try (LongTable fromText = open(csv);
                    LongTable typed = open(parquet)) {
                assertThat(typed.unitNames()).isEqualTo(fromText.unitNames());
                assertThat(typed.periodNames()).isEqualTo(fromText.periodNames());
                assertThat(cells(typed)).isEqualTo(cells(fromText));
            }
        }
    }
}
