package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interpretation of times, treatments and conditions. */
@Tag("slow")
class ReadingTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Run estimate(UnaryOperator<String> change, String... options) throws IOException {
        Path file = PanelFile.write(folder, "p.csv", rows -> rows.replaceAll(change));
        List<String> arguments = new ArrayList<>(List.of("estimate", file.toString(), "--output", "-"));
        arguments.addAll(List.of(options));
        Run run = Run.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    @Test
    void treatmentsAsTrueAndFalseOrTextAreTheSameAsNumbers() throws IOException {
        String numbers = estimate(row -> row).out();
        assertThat(estimate(row -> row.replaceFirst("1$", "TRUE").replaceFirst("0$", "false"))
                        .out())
                .isEqualTo(numbers);
        assertThat(estimate(row -> row.replaceFirst(",1$", ",1.0").replaceFirst(",0$", ", 0"))
                        .out())
                .isEqualTo(numbers);
        assertThat(estimate(row -> row.replaceFirst("1$", "drug").replaceFirst("0$", "none"), "--control", "none")
                        .out())
                .isEqualTo(numbers);
    }

    @Test
    void severalLevelsGiveOneRowPerArm() throws IOException {
        int[] row = new int[1];
        Run run = estimate(
                text -> text.replaceFirst(
                        "[01]$", List.of("placebo", "drug 10", "drug 9").get(row[0]++ % 7 % 3)),
                "--control",
                "placebo",
                "--method",
                "spectral");
        assertThat(CsvText.column(run.out(), "unit")).startsWith("u0", "u0", "u1", "u1");
        assertThat(CsvText.column(run.out(), "arm")).startsWith("drug 10", "drug 9", "drug 10", "drug 9");
        assertThat(run.out()).startsWith("unit,arm,n_treated,");
        assertThat(run.err()).contains("placebo (control)", "of drug 9 on outcome");
    }

    @Test
    void conditionsCompareNumbersAndTexts() throws IOException {
        assertThat(estimate(row -> row, "--where", "time > 9").err()).contains("12 units (unit) x 6 periods");
        assertThat(estimate(row -> row, "--where", "unit <> 'u3' -- not this").err())
                .contains("11 units");
        assertThat(estimate(row -> row, "--where", "outcome > 1.5 OR time < 20").err())
                .contains("180 rows");
        assertThat(estimate(
                                row -> row.replaceFirst("^u(\\d),", "00$1,").replaceFirst("^u", ""),
                                "--where",
                                "unit = '003' OR unit = '10'")
                        .err())
                .contains("2 units");
    }

    @Test
    void missingCellsAndExcludedRowsAreCounted() throws IOException {
        int[] row = new int[1];
        Run run = estimate(text -> {
            String[] outcomes = {"NA", "", "NaN", "null", "na"};
            return row[0] < 5 ? text.replaceFirst(",[^,]*,([01])$", "," + outcomes[row[0]++] + ",$1") : text;
        });
        assertThat(run.err().replaceAll("\\s+", " "))
                .contains("5 missing")
                .contains(
                        "1 with the outcome empty, 2 with the outcome NA, 1 with the outcome NaN, 1 with the outcome null");
    }

    @Test
    void datesWithTheDayFirstAreDates() throws IOException {
        Run run = estimate(row -> row.replaceFirst(",(\\d+),", ",$1/3/2024,"));
        assertThat(run.err().replaceAll("\\s+", " "))
                .contains("15 periods (time: dates, 1/3/2024 to 15/3/2024)")
                .doesNotContain("as text");
    }

    @Test
    void absentPeriodsGiveAWarning() throws IOException {
        Run run = estimate(row -> row.replaceFirst(",(1[0-5]),", ",20$1,").replaceFirst(",([1-9]),", ",199$1,"));
        assertThat(run.err().replaceAll("\\s+", " "))
                .contains("no row of any unit has a period between \"1999\" and \"2010\": 10 years are absent");
    }

    @Test
    void numbersThatMayBeMonthsAreRefused() throws IOException {
        Path panel = PanelFile.write(
                folder,
                "p.csv",
                rows -> rows.replaceAll(
                        row -> row.replaceFirst(",(\\d+),", ",2020.$1,").replaceFirst(",2020.1([345]),", ",2021.$1,")));
        Run run = Run.of("estimate", panel.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("column \"time\": times such as \"2020.1\" and \"2020.10\"");
    }

    @Test
    void codesThatMeanMissing() throws IOException {
        int[] row = new int[1];
        String[] outcomes = {".", "N/A", "#n/a", "-999", "none", "-999.0", "-"};
        Run run = estimate(
                text -> row[0] < 7 ? text.replaceFirst(",[^,]*,([01])$", "," + outcomes[row[0]++] + ",$1") : text,
                "--missing",
                "-999,None",
                "--missing",
                "-");
        assertThat(run.err().replaceAll("\\s+", " ")).contains("7 with a code for missing as the outcome");
    }

    @Test
    void missingTreatmentsAreNoLevels() throws IOException {
        for (List<String> options : List.of(List.<String>of(), List.of("--missing", "-9"))) {
            String code = options.isEmpty() ? "." : "-9.0";
            Path panel = PanelFile.write(
                    folder, "p.csv", rows -> rows.set(3, rows.get(3).replaceFirst("[01]$", code)));
            List<String> command = new ArrayList<>(List.of("estimate", panel.toString()));
            command.addAll(options);
            Run run = Run.of(command.toArray(String[]::new));
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("line 5, column \"treatment\": no treatment although there is an outcome");
        }
    }

    @Test
    void aCodeAmongTheOutcomesIsWarnedOf() throws IOException {
        int[] row = new int[1];
        Run run = estimate(text -> row[0]++ % 40 == 7 ? text.replaceFirst(",[^,]*,([01])$", ",-999,$1") : text);
        assertThat(run.err().replaceAll("\\s+", " "))
                .contains("the outcome -999 stands in 5 cells, first in unit", "(--missing CODE)");
        assertThat(estimate(text -> text).err()).doesNotContain("far from all others");
    }

    @Test
    void theMessageProposesACode() throws IOException {
        Path panel = PanelFile.write(
                folder, "p.csv", rows -> rows.set(3, rows.get(3).replaceFirst(",[^,]*,([01])$", ",none,$1")));
        assertThat(Run.of("estimate", panel.toString()).err())
                .contains("\"none\" is not a number; write a number with a decimal point, or leave it empty, or name"
                        + " what means missing: --missing \"none\"");
        assertThat(Run.of("estimate", panel.toString(), "--missing", "a,,b").err())
                .contains("an empty code");
    }

    @Test
    void separatorsAndDecimalCommas() throws IOException {
        String expected = estimate(row -> row).out();
        for (String separator : List.of(";", "|", "tab")) {
            String mark = separator.equals("tab") ? "\t" : separator;
            Path file = PanelFile.write(
                    folder,
                    "p.csv",
                    (PanelFile.HEADER + "\n" + String.join("\n", PanelFile.rows()) + "\n")
                            .replace(",", mark)
                            .replace(".", ","));
            Run run = Run.of("estimate", file.toString(), "--separator", separator, "--decimal", ",", "--output", "-");
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).isEqualTo(expected);
            assertThat(Run.of("estimate", file.toString()).err()).contains("add --separator ");
            assertThat(Run.of("estimate", file.toString(), "--separator", separator)
                            .err())
                    .contains("if its comma is the decimal mark, add --decimal ','");
        }
    }

    @Test
    void thousandsPointsAreRefused() throws IOException {
        Path file = PanelFile.write(folder, "p.csv", rows -> {
            rows.replaceAll(row -> row.replaceFirst(",([^,]*)\\.([^,]*),([01])$", ",\"$1,$2\",$3"));
            rows.set(2, "u0,3,1.234,0");
            rows.set(3, "u0,4,\"1.234,5\",0");
        });
        Run run = Run.of("estimate", file.toString(), "--decimal", ",");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("lines 4 and 5, column \"outcome\": \"1.234\", \"1.234,5\" are not numbers")
                .contains("with --decimal ',' a number has no points");
        assertThat(Run.of("estimate", file.toString(), "--decimal", ";").exitCode())
                .isEqualTo(2);
        assertThat(Run.of("estimate", file.toString(), "--separator", "ab").err())
                .contains("--separator: one character");
    }

    @Test
    void theColumnThatTellsRowsApartIsNamed() throws IOException {
        List<String> rows = new ArrayList<>();
        for (String product : List.of("A", "B")) {
            PanelFile.rows().forEach(row -> rows.add(row + ",x," + product));
        }
        Path file =
                PanelFile.write(folder, "p.csv", PanelFile.HEADER + ",note,product\n" + String.join("\n", rows) + "\n");
        Run run = Run.of("estimate", file.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("lines 2 and 182: two rows for unit \"u0\" and period \"1\" (and 179 more such pairs)")
                .contains(
                        "the rows differ in column \"product\": select one of its values with --where, such as --where \"product = 'VALUE'\"")
                .contains("name it with --unit");
        assertThat(Run.of("estimate", file.toString(), "--where", "product = 'A'")
                        .exitCode())
                .isZero();
        // A column that tells only some of them apart is not named.
        rows.set(0, rows.get(0).replaceFirst("A$", "B"));
        PanelFile.write(folder, "p.csv", PanelFile.HEADER + ",note,product\n" + String.join("\n", rows) + "\n");
        assertThat(Run.of("estimate", file.toString(), "--where", "note = 'x'").err())
                .contains("more such pairs); keep one of them");
    }

    @Test
    void aMonthThatLostItsZeroIsAskedFor() throws IOException {
        Path file = PanelFile.write(
                folder,
                "p.csv",
                rows -> rows.replaceAll(row -> row.replaceFirst(",10,", ",2020.1,")
                        .replaceFirst(",([1-9]),", ",2020.$1,")
                        .replaceFirst(",(1[1-5]),", ",2021.$1,")));
        assertThat(Run.of("estimate", file.toString(), "--where", "time < 2021").err())
                .contains("if 2020.1 is January in one row and October (2020.10) in the other");
    }

    @Test
    void unitsThatLookAlikeAreWarnedOf() throws IOException {
        int[] row = new int[1];
        Run run = estimate(text -> row[0]++ % 15 < 7 ? text.replaceFirst("^u3,", "u3\u00a0,") : text);
        assertThat(run.err().replaceAll("\\s+", " "))
                .contains("13 units")
                .contains("\"u3\\u00a0\" and \"u3\" differ only in blanks or invisible characters");
    }

    @Test
    void levelsThatDifferOnlyInBlanksAreOne() throws IOException {
        String numbers = estimate(row -> row).out();
        int[] row = new int[1];
        Run run = estimate(
                text -> text.replaceFirst("1$", row[0]++ % 2 == 0 ? "Drug" : "drug ")
                        .replaceFirst("0$", row[0] % 3 == 0 ? "none" : "None"),
                "--control",
                "NONE");
        assertThat(run.out()).isEqualTo(numbers);
        assertThat(run.err().replaceAll("\\s+", " ")).contains("are one: ", "\"Drug\" is also written \"drug \"");
    }
}
