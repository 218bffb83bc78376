package io.github.rowwise.cli;

import static io.github.rowwise.cli.WrongFileTest.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file that was named is the one that is read or written, whatever characters its name has. */
@Tag("slow")
class FileNamesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private String expected;

    /** Writes a file that each pattern matches, with other numbers. */
    @BeforeEach
    void writeDecoys() throws IOException {
        for (String ending : List.of("csv", "tsv", "csv.gz", "jsonl", "parquet", "duckdb", "rowwise")) {
            Files.writeString(folder.resolve("sales1." + ending), "not the one");
        }
        expected = effects(PanelFile.write(folder, "plain.csv", rows -> {}));
    }

    private static String effects(Path input, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("estimate", input.toString(), "--output", "-", "--quiet", "--seed", "1"));
        arguments.addAll(List.of("--method", "spectral"));
        arguments.addAll(List.of(options));
        Run run = Run.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(input + ": " + run.err()).isZero();
        return run.out();
    }

    private Path copy(String query, Path file, String options) {
        try (Database database = Database.open(1)) {
            database.execute("COPY (" + query.replace("CSV", Sql.text(folder + "/plain.csv")) + ") TO "
                    + Sql.text(file.toString()) + " (" + options + ", USE_TMP_FILE false)");
        }
        return file;
    }

    private Path duckDbFile(String name) {
        Path file = folder.resolve(name + ".duckdb");
        try (Database database = Database.open(1)) {
            database.execute("ATTACH " + Sql.text(file.toString()) + " AS made");
            database.execute("CREATE TABLE made.panel AS FROM read_csv(" + Sql.text(folder + "/plain.csv") + ")");
            database.execute("DETACH made");
        }
        return file;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sales[1]", "sale?*", "sales{1,2}'\"1\" ", "売上 Zürich", "--sales[!a]%41;#&$HOME[[]x]", "a\\b"})
    void inputsAndOutputs(String name) throws IOException {
        String all = "FROM read_csv(CSV)";
        assertThat(effects(copy(all, folder.resolve(name + ".csv"), "FORMAT csv, HEADER")))
                .isEqualTo(expected);
        assertThat(effects(copy(all, folder.resolve(name + ".tsv"), "FORMAT csv, HEADER, DELIMITER '\t'")))
                .isEqualTo(expected);
        assertThat(effects(copy(all, folder.resolve(name + ".csv.gz"), "FORMAT csv, HEADER, COMPRESSION gzip")))
                .isEqualTo(expected);
        assertThat(effects(copy(all, folder.resolve(name + ".jsonl"), "FORMAT json")))
                .isEqualTo(expected);
        assertThat(effects(copy(all, folder.resolve(name + ".parquet"), "FORMAT parquet")))
                .isEqualTo(expected);
        if (!name.contains("\\")) {
            assertThat(effects(duckDbFile(name))).isEqualTo(expected);
        }
        Path panelFile = folder.resolve(name + ".rowwise");
        Run pack = Run.of("pack", folder.resolve(name + ".csv").toString(), "--output", panelFile.toString());
        assertThat(pack.exitCode()).as(pack.err()).isZero();
        assertThat(effects(panelFile)).isEqualTo(expected);

        String wide =
                "PIVOT (SELECT unit, time, WHAT FROM read_csv(CSV)) ON time USING first(WHAT) ORDER BY substr(unit, 2)::INTEGER";
        Path outcomes =
                copy(wide.replace("WHAT", "outcome"), folder.resolve(name + " outcomes.csv"), "FORMAT csv, HEADER");
        Path treatments =
                copy(wide.replace("WHAT", "treatment"), folder.resolve(name + " treatments.csv"), "FORMAT csv, HEADER");
        assertThat(effects(outcomes, "--treatments", treatments.toString())).isEqualTo(expected);

        Path written = Files.createDirectory(folder.resolve(name));
        for (String ending : List.of("csv", "parquet", "arrow", "json")) {
            Path output = written.resolve(name + "." + ending);
            Run run = Run.of(
                    "estimate",
                    folder.resolve("plain.csv").toString(),
                    "--quiet",
                    "--seed=1",
                    "--method=spectral",
                    "--output=" + output);
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(output).isNotEmptyFile();
        }
        assertThat(written.resolve(name + ".csv")).hasContent(expected);
        for (String option : List.of("--cells", "--missing-cells", "--report")) {
            Path output = written.resolve(name + option + (option.equals("--report") ? ".html" : ".parquet"));
            effects(folder.resolve("plain.csv"), option, output.toString());
            assertThat(output).isNotEmptyFile();
        }
        assertThat(written).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aNameThatStartsWithADash() throws Exception {
        Files.copy(folder.resolve("plain.csv"), folder.resolve("-x.csv"));
        Shell shell = Shell.in(folder);
        String options = " --output - --quiet --seed 1 --method spectral";
        assertThat(shell.bash("rowwise estimate ./-x.csv" + options).out()).isEqualTo(expected);
        assertThat(shell.bash("rowwise estimate" + options + " -- -x.csv").out())
                .isEqualTo(expected);
        Run run = shell.bash("rowwise estimate -x.csv" + options);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("unknown option \"-x.csv\"; for the file of this name, write ./-x.csv");
    }

    @Test
    void aLocaleWithoutTheCharacters() throws Exception {
        Files.copy(folder.resolve("plain.csv"), folder.resolve("Zürich.csv"));
        Run run = Shell.in(folder).bash("LC_ALL=C rowwise estimate Zürich.csv --output e.csv");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .hasLineCount(1)
                .contains("cannot be the name of a file as Java reads it in this locale")
                .contains("LC_ALL=C.UTF-8");
    }

    /** DuckDB would open {@code a/b.duckdb}. */
    @Test
    void aBackslashBeforeTheNameOfADuckDbFile() throws IOException {
        Files.createDirectory(folder.resolve("a"));
        Path named = Files.move(duckDbFile("a/b"), folder.resolve("a\\b.duckdb"));
        duckDbFile("a/b");
        assertThat(rejected(named)).contains("DuckDB takes the backslash in this path for a folder's; rename it");
    }

    @Test
    void aPatternIsNoFile() throws IOException {
        assertThat(rejected(folder.resolve("sales*.csv"))).contains("sales*.csv: no such file");
    }
}
