package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.cli.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The result does not depend on the format of the data or on the number of threads. */
@Tag("slow")
class FormatsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path csv;

    @BeforeEach
    void simulate() {
        csv = folder.resolve("p.csv");
        Run run = Run.of(
                "simulate",
                "--units",
                "60",
                "--periods",
                "50",
                "--missing",
                "0.1",
                "--output",
                csv.toString(),
                "--quiet");
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private byte[] estimate(Path input, String ending, String... options) throws IOException {
        Path output = folder.resolve("e." + ending);
        List<String> arguments =
                new ArrayList<>(List.of("estimate", input.toString(), "--quiet", "--output", output.toString()));
        arguments.addAll(List.of(options));
        Run run = Run.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out() + run.err()).isEmpty();
        return Files.readAllBytes(output);
    }

    private Path copyTo(String name, String options) {
        Path file = folder.resolve(name);
        try (Database database = Database.open(1)) {
            database.execute("COPY (SELECT unit, time::INTEGER AS time, outcome::DOUBLE AS outcome,"
                    + " treatment::INTEGER AS treatment FROM read_csv('" + csv + "', all_varchar = true)) TO '" + file
                    + "' (" + options + ")");
        }
        return file;
    }

    @Test
    void everyFormat() throws IOException {
        byte[] expected = estimate(csv, "csv");
        assertThat(estimate(copyTo("p.csv.gz", "FORMAT csv, HEADER, COMPRESSION gzip"), "csv"))
                .isEqualTo(expected);
        assertThat(estimate(copyTo("p.csv.zst", "FORMAT csv, HEADER, COMPRESSION zstd"), "csv"))
                .isEqualTo(expected);
        assertThat(estimate(copyTo("p.tsv", "FORMAT csv, HEADER, DELIMITER '\t'"), "csv"))
                .isEqualTo(expected);
        assertThat(estimate(copyTo("p.parquet", "FORMAT parquet"), "csv")).isEqualTo(expected);
        assertThat(estimate(copyTo("p.jsonl", "FORMAT json"), "csv")).isEqualTo(expected);
        assertThat(estimate(copyTo("p.ndjson.gz", "FORMAT json, COMPRESSION gzip"), "csv"))
                .isEqualTo(expected);
    }

    @Test
    void lineEndsByteOrderMarkAndColumnOrderDoNotMatter() throws IOException {
        byte[] expected = estimate(csv, "csv");
        String text = Files.readString(csv);
        assertThat(estimate(PanelFile.write(folder, "crlf.csv", text.replace("\n", "\r\n")), "csv"))
                .isEqualTo(expected);
        assertThat(estimate(PanelFile.write(folder, "bom.csv", "\ufeff" + text), "csv"))
                .isEqualTo(expected);
        assertThat(estimate(copyTo("with [glob]*.csv", "FORMAT csv, HEADER, FORCE_QUOTE *"), "csv"))
                .isEqualTo(expected);
    }

    @Test
    void missingMayBeWrittenInAnyWay() throws IOException {
        byte[] expected = estimate(csv, "csv");
        String text = Files.readString(csv);
        for (String missing : List.of("NA,", "nan,1", "NULL,0", "\"\",", " ,7")) {
            assertThat(estimate(PanelFile.write(folder, "m.csv", text.replaceAll("(?m),,$", "," + missing)), "csv"))
                    .isEqualTo(expected);
        }
        assertThat(estimate(PanelFile.write(folder, "m.csv", text.replaceAll("(?m)^.*,,\n", "")), "csv"))
                .isEqualTo(expected);
    }

    @Test
    void threads() throws IOException {
        for (String ending : List.of("csv", "parquet")) {
            byte[] one = estimate(csv, ending, "--threads", "1");
            assertThat(estimate(csv, ending, "--threads", "2")).isEqualTo(one);
            assertThat(estimate(csv, ending, "--threads", "5")).isEqualTo(one);
            assertThat(estimate(csv, ending)).isEqualTo(one);
        }
    }

    @Test
    void numbersReadBackAsTheSameDoubles() throws IOException {
        String text = new String(estimate(csv, "csv"), java.nio.charset.StandardCharsets.UTF_8);
        estimate(csv, "json");
        List<JsonText> units =
                JsonText.parse(folder.resolve("e.json")).at("units").elements();
        estimate(csv, "parquet");
        for (String column : List.of("propensity", "ate", "ate_se", "att_ci_lo", "atu_ci_hi", "p_value", "q_value")) {
            List<Double> fromCsv =
                    CsvText.column(text, column).stream().map(Double::valueOf).toList();
            assertThat(units.stream().map(unit -> unit.at(column).number())).containsExactlyElementsOf(fromCsv);
            List<Double> fromParquet = new ArrayList<>();
            try (Database database = Database.open(1)) {
                database.query(
                        "SELECT " + column + " FROM read_parquet('" + folder.resolve("e.parquet") + "')",
                        row -> fromParquet.add(row.getDouble(1)));
            }
            assertThat(fromParquet).isEqualTo(fromCsv);
        }
    }

    @Test
    void theTableHasTheColumnsInTheirOrder() throws IOException {
        String text = new String(estimate(csv, "csv"), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(text)
                .startsWith("unit,n_treated,n_control,n_missing,propensity,ate,ate_se,ate_ci_lo,ate_ci_hi,"
                        + "att,att_se,att_ci_lo,att_ci_hi,atu,atu_se,atu_ci_lo,atu_ci_hi,p_value,q_value,"
                        + "prob_positive,prob_top_decile,grade,reason\n");
        assertThat(CsvText.column(text, "prob_positive")).doesNotContain("");
        String spectral =
                new String(estimate(csv, "csv", "--method", "spectral"), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(CsvText.column(spectral, "prob_positive")).containsOnly("");
    }
}
