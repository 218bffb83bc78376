package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an analyst sees of the example. */
class SummaryTest {

    private static final Path EXAMPLE = Path.of("../examples/cheese-display.csv");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    static Run run(String command, String... more) {
        String[] arguments = new String[more.length + 10];
        System.arraycopy(
                new String[] {
                    command,
                    EXAMPLE.toString(),
                    "--unit",
                    "retailer",
                    "--time",
                    "week",
                    "--outcome",
                    "log_volume",
                    "--treatment",
                    "display"
                },
                0,
                arguments,
                0,
                10);
        System.arraycopy(more, 0, arguments, 10, more.length);
        Run run = Run.of(arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(run.out()).doesNotContain("\u001b");
        return run;
    }

    @Test
    void estimateWithoutAFileSaysSo() {
        Run run = run("estimate");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("88 units (retailer) x 68 periods (week: whole numbers, 1 to 68)")
                .contains("5,984 cells: 1,968 control, 3,587 treated, 429 missing")
                .contains("429 without a row")
                .contains("Pattern    switching")
                .contains("propensities move over time (p 0.01), by about 7 percentage points")
                .containsPattern("Model +\\d factors? of 8 kept")
                .containsPattern("spectral method \\(ranks 1, 0\\): ATE 0\\.342 \\[0\\.315, 0\\.368\\], ATT 0\\.337")
                .doesNotContain("threshold")
                .contains("averaged over 79 units")
                .contains("Highest", "Lowest", "clearly raised")
                .containsPattern("by a band that covers all of them at once: \\d+ raised, \\d+ lowered")
                .containsPattern("9 +not estimable")
                .contains("reading")
                .contains("no file: --output effects.csv writes the table");
    }

    /** Both ends of a name stay, and a wider screen shows more of it. */
    @Test
    void namesTakeTheRoomThereIs() {
        String usual = run("estimate", "--effects", "constant").out();
        assertThat(usual).contains("ST. LOUIS -").contains("WINN DIXIE", "weak: 1 control");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Terminal wide = new Terminal(
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                false,
                110);
        int exitCode = Rowwise.run(
                wide,
                "estimate",
                EXAMPLE.toString(),
                "--unit",
                "retailer",
                "--time",
                "week",
                "--outcome",
                "log_volume",
                "--treatment",
                "display",
                "--effects",
                "constant");
        assertThat(exitCode).isZero();
        assertThat(usual).doesNotContain("RALEIGH/GREENSBORO - WINN DIXIE");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("RALEIGH/GREENSBORO - WINN DIXIE");
    }

    @Test
    void theSpectralMethodShowsRanksAndWarnsOfMovingPropensities() {
        assertThat(run("estimate", "--method", "spectral").out())
                .contains("control: rank 1 of 68, threshold 15.90")
                .contains("averaged over 79 units")
                .contains("ATE      0.34")
                .contains("the spectral method assumes that they are constant")
                .doesNotContain("Model", "spectral method (ranks");
    }

    @Test
    void estimateToAFile() throws IOException {
        Path output = folder.resolve("e.csv");
        Run run = run("estimate", "--output", output.toString());
        assertThat(run.out()).contains("88 rows");
        String text = Files.readString(output);
        assertThat(CsvText.column(text, "grade").stream().filter("not estimable"::equals))
                .hasSize(9);
        assertThat(CsvText.parse(text).get(1).subList(0, 7))
                .containsExactly("LOS ANGELES - LUCKY", "61", "0", "7", "0.8970588235294118", "", "");
    }

    @Test
    void verboseTellsMoreOnStandardError() {
        assertThat(run("estimate", "--verbose", "--quiet").err())
                .contains("read 5555 outcomes", "backend ", "data hash ");
    }

    @Test
    void jsonHoldsTheWholeResult() throws IOException {
        Path output = folder.resolve("e.json");
        run("estimate", "--output", output.toString(), "--confidence-level", "0.9", "--backend", "ojalgo");
        JsonText json = JsonText.parse(output);
        assertThat(json.at("panel").at("missing_cells").at("no row").number()).isEqualTo(429);
        assertThat(json.at("panel").at("pattern").text()).isEqualTo("switching");
        assertThat(json.at("averages").elements().get(0).at("units").number()).isEqualTo(79);
        assertThat(json.at("effect_by_period").elements()).hasSize(68);
        assertThat(json.at("spectra").elements()).isEmpty();
        assertThat(json.at("factor_model").at("rank").number()).isPositive();
        JsonText beside = json.at("spectral");
        assertThat(beside.at("rank").text()).isEqualTo("sign-flip, 5 copies");
        assertThat(beside.at("averages").elements().get(0).at("ate").at("value").number())
                .isBetween(0.341, 0.343);
        assertThat(beside.at("spectra").elements().get(0).at("rank").number()).isEqualTo(1);
        assertThat(beside.at("spectra").elements().get(0).at("signal_to_noise").number())
                .isBetween(1.0, 1.1);
        assertThat(beside.at("correlation_of_unit_ates").elements().get(0).number())
                .isBetween(0.1, 0.9);
        JsonText diagnostics = json.at("diagnostics");
        assertThat(diagnostics.at("homogeneity").elements().get(0).at("p_value").number())
                .isEqualTo(0.01);
        assertThat(diagnostics
                        .at("homogeneity")
                        .elements()
                        .get(0)
                        .at("tested_units")
                        .number())
                .isEqualTo(79);
        assertThat(diagnostics.at("incoherence").elements()).hasSize(2);
        assertThat(diagnostics.at("residual_correlation").at("value").number()).isBetween(-1.0, 1.0);
        assertThat(json.at("grades").elements().get(0).at("not_estimable").number())
                .isEqualTo(9);
        assertThat(json.at("units").elements()).hasSize(88);
        assertThat(json.at("units").elements().get(0).at("ate").value()).isNull();
        assertThat(json.at("warnings").elements()).isNotEmpty();
        assertThat(json.at("seconds").at("reading").number()).isPositive();
        assertThat(json.at("provenance").at("backend").text()).isEqualTo("ojalgo");
        assertThat(json.at("provenance").at("data_hash").text()).hasSize(64);
    }

    @Test
    void inspect() {
        assertThat(run("inspect").out().replaceAll("\\s+", " "))
                .contains("Propensity", "quartiles")
                .containsPattern("9 +not estimable")
                .containsPattern("LOS ANGELES - LUCKY +always treated")
                .contains("and 19 more units")
                .contains("Spectrum", "control: rank 1 of 68")
                .contains("79 units against 99 rotations")
                .containsPattern("control: units \\d+\\.\\d \\(SAN DIEGO - RALPHS\\), periods \\d+\\.\\d \\(34\\)")
                .contains("the paper's proof asks for", "correlation from period to period 0.167")
                .doesNotContain("Effect");
    }

    @Test
    void twoUnitsHaveNoIntervalsAndSayWhy() throws IOException {
        Path file = folder.resolve("two.csv");
        StringBuilder rows = new StringBuilder("unit,time,outcome,treatment\n");
        for (int j = 1; j <= 5; j++) {
            rows.append("north,%d,%d,%d%n".formatted(j, 20 + 7 * j % 5, j / 2 % 2));
            rows.append("south,%d,%d,%d%n".formatted(j, 30 + 11 * j % 6, j % 2));
        }
        Files.writeString(file, rows);

        Run estimate = Run.of("estimate", file.toString());
        Run evaluate = Run.of("evaluate", file.toString(), "--draws", "2");

        assertThat(estimate.err()).isEmpty();
        assertThat(estimate.out())
                .contains("(no interval)", "there are no standard", "more units or periods are needed")
                .doesNotContain("more units without an interval");
        assertThat(evaluate.err()).isEmpty();
        assertThat(evaluate.out()).contains("factor model gives no intervals.").doesNotContain("covered");
    }
}
