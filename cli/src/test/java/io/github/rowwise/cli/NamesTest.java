package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.cli.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program does not change names. */
class NamesTest {

    private static final List<String> NAMES = List.of(
            "007",
            "7",
            "=1+1",
            " led by a space",
            "trailing space ",
            "a \"quoted\" name",
            "two\nlines",
            "a,b",
            "'",
            "#c",
            "NA",
            "null",
            "東京・新宿",
            "עברית",
            "e\u0301 and \u00e9",
            "\ud83e\uddc0",
            "carriage\rreturn",
            "x".repeat(10_000));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Creates a panel of these units, with unusual names for its columns too. */
    private Path panel() throws IOException {
        StringBuilder text = new StringBuilder("\"the\nunit\",\"=time\",\"out\"\"come\",처리\n");
        for (int period = 1; period <= 8; period++) {
            for (int unit = 0; unit < NAMES.size(); unit++) {
                int treated = (unit * 7 + period * 5) % 3 == 0 ? 1 : 0;
                double outcome = Math.sin(unit * 12.9 + period * 78.2) + treated;
                text.append(String.join(",", quoted(NAMES.get(unit)), "" + period, "" + outcome, "" + treated))
                        .append('\n');
            }
        }
        return PanelFile.write(folder, "names.csv", text.toString());
    }

    private Run estimate(Path input, String output, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "estimate",
                input.toString(),
                "--unit",
                "the\nunit",
                "--time",
                "=time",
                "--outcome",
                "out\"come",
                "--treatment",
                "처리",
                "--output",
                output));
        arguments.addAll(List.of(options));
        Run run = Run.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    @Test
    void csv() throws IOException {
        Path output = folder.resolve("e.csv");
        estimate(panel(), output.toString());
        String text = Files.readString(output);
        assertThat(CsvText.column(text, "unit")).isEqualTo(NAMES);
        assertThat(CsvText.parse(text)).hasSize(NAMES.size() + 1).allMatch(record -> record.size() == 23);
    }

    @Test
    void standardOutput() throws IOException {
        Run run = estimate(panel(), "-");
        assertThat(CsvText.column(run.out(), "unit")).isEqualTo(NAMES);
        assertThat(run.err()).contains("Effect");
    }

    @Test
    void parquet() throws IOException {
        Path output = folder.resolve("e.parquet");
        estimate(panel(), output.toString());
        List<String> names = new ArrayList<>();
        try (Database database = Database.open(1)) {
            database.query("SELECT unit FROM read_parquet('" + output + "')", row -> names.add(row.getString(1)));
        }
        assertThat(names).isEqualTo(NAMES);
    }

    @Test
    void json() throws IOException {
        Path output = folder.resolve("e.json");
        estimate(panel(), output.toString());
        assertThat(JsonText.parse(output).at("units").elements().stream()
                        .map(unit -> unit.at("unit").text()))
                .containsExactlyElementsOf(NAMES);
    }

    @Test
    void report() throws IOException {
        Path report = folder.resolve("r.html");
        estimate(panel(), "-", "--report", report.toString());
        assertThat(ReportText.read(report).texts("names")).isEqualTo(NAMES);
    }

    @Test
    void cells() throws IOException {
        Path cells = folder.resolve("c.csv");
        estimate(panel(), "-", "--cells", cells.toString());
        String text = Files.readString(cells);
        assertThat(CsvText.column(text, "unit").stream().distinct()).containsExactlyElementsOf(NAMES);
        assertThat(CsvText.parse(text)).hasSize(NAMES.size() * 8 + 1).allMatch(record -> record.size() == 8);
    }

    @Test
    void leftOut() throws IOException {
        Path leftOut = folder.resolve("l.csv");
        String where = "\"=time\" <> 3 OR \"the\nunit\" = '007'";
        estimate(panel(), "-", "--where", where, "--missing-cells", leftOut.toString());
        String text = Files.readString(leftOut);
        assertThat(CsvText.column(text, "unit")).isEqualTo(NAMES.subList(1, NAMES.size()));
        assertThat(CsvText.column(text, "time")).containsOnly("3");
    }

    @Test
    void theSummaryKeepsEachNameOnOneLine() throws IOException {
        Run run = estimate(panel(), folder.resolve("e.csv").toString());
        assertThat(run.out().lines()).allMatch(line -> line.codePointCount(0, line.length()) <= 80);
        assertThat(run.out()).doesNotContain("\r");
    }

    @Test
    void unitsKeepTheOrderOfTheirFirstRow() throws IOException {
        String text = PanelFile.rows().stream()
                .sorted((a, b) -> Integer.compare(a.hashCode(), b.hashCode()))
                .collect(Collectors.joining("\n", PanelFile.HEADER + "\n", "\n"));
        Path input = PanelFile.write(folder, "mixed.csv", text);
        List<String> order = CsvText.column(text, "unit").stream().distinct().toList();
        Run run = Run.of("estimate", input.toString(), "--output", "-", "--quiet");
        assertThat(CsvText.column(run.out(), "unit")).isEqualTo(order);
        assertThat(run.err()).isEmpty();
    }
}
