package io.github.rowwise.cli;

import static io.github.rowwise.cli.WrongFileTest.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that are not panels: the message names line, column and value. */
class WrongValueTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private String rejectedWith(Consumer<List<String>> change, String... options) throws IOException {
        return rejected(PanelFile.write(folder, "p.csv", change), options);
    }

    private static Consumer<List<String>> each(java.util.function.UnaryOperator<String> change) {
        return rows -> rows.replaceAll(change);
    }

    @Test
    void absentColumnListsTheClosestFirst() throws IOException {
        Path file = PanelFile.write(folder, "p.csv", "retailer,week,log_volume,display\na,1,2,0\n");
        assertThat(rejected(file, "--unit", "retailer", "--time", "week", "--outcome", "log_volum"))
                .contains("p.csv: no column \"log_volum\"; name it with --outcome. Columns: log_volume, ");
        Path semicolons = PanelFile.write(folder, "p.csv", "unit;time;outcome;treatment\na;1;2;0\n");
        assertThat(rejected(semicolons)).contains("--separator ';'");
        Path spaces = PanelFile.write(folder, "p.csv", "unit, time,outcome,treatment\na,1,2,0\n");
        assertThat(rejected(spaces)).contains("(\" time\" has spaces around it");
        Path twice = PanelFile.write(folder, "p.csv", "unit,time,outcome,treatment,unit\na,1,2,0,b\n");
        assertThat(rejected(twice)).contains("columns 1 and 5 are both called \"unit\"");
    }

    @Test
    void oneColumnForTwoPurposes() throws IOException {
        assertThat(rejectedWith(rows -> {}, "--treatment", "outcome")).contains("--outcome and --treatment both name");
    }

    @Test
    void outcomeIsText() throws IOException {
        assertThat(rejectedWith(rows -> {
                    rows.set(2, "u0,3,abc,0");
                    rows.set(7, "u0,8,1_000,0");
                    rows.set(9, "u0,10,0x1F,0");
                    rows.set(11, "u0,12,-,0");
                }))
                .contains("p.csv, lines 4, 9 and 11, column \"outcome\": \"abc\", \"1_000\", \"0x1F\" are not numbers")
                .contains("and 1 more");
    }

    @Test
    void outcomeIsInfinite() throws IOException {
        for (String value : List.of("inf", "-Infinity", "1e999")) {
            assertThat(rejectedWith(rows -> rows.set(2, "u0,3," + value + ",0")))
                    .contains("p.csv, line 4, column \"outcome\": \"" + value + "\" is infinite");
        }
    }

    @Test
    void everyOutcomeIsMissing() throws IOException {
        assertThat(rejectedWith(each(row -> row.replaceFirst(",[^,]*,([01])$", ",NA,$1"))))
                .contains("every outcome is missing");
    }

    @Test
    void treatmentIsMissingWhereThereIsAnOutcome() throws IOException {
        for (String value : List.of("", "NA", "null")) {
            assertThat(rejectedWith(rows -> rows.set(2, "u0,3,1.5," + value)))
                    .contains("p.csv, line 4, column \"treatment\": no treatment although there is an outcome");
        }
    }

    @Test
    void unitOrTimeIsMissing() throws IOException {
        assertThat(rejectedWith(rows -> rows.set(2, ",3,1.5,0"))).contains("line 4, column \"unit\": no unit");
        assertThat(rejectedWith(rows -> rows.set(2, "u0,NA,1.5,0"))).contains("line 4, column \"time\": no time");
    }

    @Test
    void levelsWithoutControl() throws IOException {
        assertThat(rejectedWith(rows -> rows.set(2, "u0,3,1.5,2")))
                .contains("column \"treatment\": neither 0/1 nor true/false but 0, 1, 2")
                .contains("--control");
        assertThat(rejectedWith(each(row -> row.replaceFirst("1$", "drug").replaceFirst("0$", "placebo"))))
                .contains("but drug, placebo");
        assertThat(rejectedWith(
                        each(row -> row.replaceFirst("1$", "drug").replaceFirst("0$", "placebo")),
                        "--control",
                        "placbo"))
                .contains("no level \"placbo\" (--control); did you mean \"placebo\"?");
    }

    @Test
    void twoRowsForOneCell() throws IOException {
        assertThat(rejectedWith(rows -> rows.add(6, "u0,3,,")))
                .contains("p.csv, lines 4 and 8: two rows for unit \"u0\" and period \"3\"");
        assertThat(rejectedWith(rows -> rows.add(6, "u0,03,1.5,0"))).contains("lines 4 and 8: two rows");
        assertThat(rejectedWith(rows -> rows.add(6, "u0,3,1,1"), "--where", "time >= 3"))
                .contains("p.csv, lines 4 and 8: two rows");
    }

    @Test
    void tooSmall() throws IOException {
        assertThat(rejectedWith(
                        each(row -> row.replaceFirst("^u\\d+,", "a,").replaceFirst(",0$", ",1")),
                        "--where",
                        "time = 1"))
                .contains("p.csv");
        assertThat(rejectedWith(rows -> rows.removeIf(row -> !row.startsWith("u0,"))))
                .contains("only one unit, 'u0'");
        assertThat(rejectedWith(rows -> {}, "--where", "time = 1")).contains("only one period, '1'");
        assertThat(rejectedWith(each(row -> row.replaceFirst(",0$", ",1"))))
                .contains("every outcome has the treatment \"1\"");
    }

    @Test
    void conditionThatIsWrongOrKeepsNothing() throws IOException {
        assertThat(rejectedWith(rows -> {}, "--where", "tim > 3"))
                .contains("--where \"tim > 3\":")
                .contains("columns unit, time");
        assertThat(rejectedWith(rows -> {}, "--where", "time >")).contains("--where \"time >\":");
        assertThat(rejectedWith(rows -> {}, "--where", "time > 99"))
                .contains("no row meets the condition --where \"time > 99\"");
    }
}
