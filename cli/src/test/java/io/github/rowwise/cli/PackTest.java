package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.cli.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A panel file gives the same results as the table from which it was created. */
@Tag("slow")
class PackTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path csv;

    @BeforeEach
    void simulate() throws IOException {
        csv = folder.resolve("p.csv");
        done("simulate", "--units", "40", "--periods", "50", "--missing", "0.1", "--output", csv.toString(), "--quiet");
    }

    private static Run done(String... arguments) {
        Run run = Run.of(arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    private static String rejected(String... arguments) {
        Run run = Run.of(arguments);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("rowwise: ").hasLineCount(1);
        return run.err();
    }

    private Path pack(Path table, String name, String... options) {
        Path file = folder.resolve(name);
        List<String> arguments = new ArrayList<>(List.of("pack", table.toString(), "--output", file.toString()));
        arguments.addAll(List.of(options));
        done(arguments.toArray(String[]::new));
        return file;
    }

    private static String effects(Path input, String... options) {
        List<String> arguments = new ArrayList<>(List.of("estimate", input.toString(), "--output", "-"));
        arguments.addAll(List.of(options));
        return done(arguments.toArray(String[]::new)).out();
    }

    @Test
    void theSameEffectsToTheLastDigit() {
        for (String storage : List.of("double", "float")) {
            Path packed = pack(csv, storage + ".rowwise", "--storage", storage);
            for (String method : List.of("factor-model", "spectral")) {
                assertThat(effects(packed, "--method", method))
                        .isEqualTo(effects(csv, "--method", method, "--storage", storage));
            }
        }
        assertThat(effects(csv, "--storage", "float")).isNotEqualTo(effects(csv));
    }

    @Test
    void theFileDependsOnNeitherFormatNorOrderNorThreads() throws IOException {
        Path parquet = folder.resolve("p.parquet");
        try (Database database = Database.open(1)) {
            database.execute("COPY (SELECT unit, time::INTEGER AS time, treatment::INTEGER AS treatment,"
                    + " outcome::DOUBLE AS outcome FROM read_csv('" + csv + "', all_varchar = true)"
                    + " ORDER BY time::INTEGER, substr(unit, 2)::INTEGER) TO '" + parquet + "'");
        }
        byte[] expected = Files.readAllBytes(pack(csv, "a.rowwise"));
        assertThat(Files.readAllBytes(pack(parquet, "b.rowwise", "--threads", "1")))
                .isEqualTo(expected);
        assertThat(Files.readAllBytes(pack(parquet, "c.rowwise", "--threads", "3")))
                .isEqualTo(expected);
    }

    @Test
    void summariesSayWhatIsRead() {
        Path file = folder.resolve("p.rowwise");
        Run run = done("pack", csv.toString(), "--storage", "float", "--output", file.toString());
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("2,000 rows 40 units (unit) x 50 periods (time: whole numbers, 1 to 50)")
                .contains("with the outcome empty")
                .containsPattern("Time [0-9.]+ s, [0-9,]+ rows per second")
                .containsPattern("p.rowwise, [0-9,]+ bytes, outcomes kept as floats");
        assertThat(done("pack", csv.toString(), "--output", file.toString(), "--quiet")
                        .out())
                .isEmpty();
        assertThat(done("inspect", file.toString()).out().replaceAll("\\s+", " "))
                .contains("p.rowwise, a panel file, outcomes kept as doubles 40 units")
                .contains("missing in the panel file");
        assertThat(done("evaluate", file.toString(), "--draws", "2").out()).contains("a panel file");
    }

    @Test
    void aPanelFileIsAlsoRecognisedByItsFirstBytes() throws IOException {
        Path packed = pack(csv, "p.rowwise");
        Path other = Files.copy(packed, folder.resolve("p.dat"));
        assertThat(effects(other, "--method", "spectral")).isEqualTo(effects(packed, "--method", "spectral"));
    }

    @Test
    void optionsOfTablesAreRejected() {
        String packed = pack(csv, "p.rowwise").toString();
        for (List<String> option : List.of(
                List.of("--unit", "unit"),
                List.of("--time", "time"),
                List.of("--outcome", "y"),
                List.of("--treatment", "d"),
                List.of("--control", "0"),
                List.of("--where", "time > 3"),
                List.of("--storage", "float"))) {
            for (String command : List.of("estimate", "inspect", "evaluate")) {
                assertThat(rejected(command, packed, option.get(0), option.get(1)))
                        .contains("p.rowwise: " + option.get(0) + " is for tables")
                        .contains("rowwise pack");
            }
        }
        assertThat(rejected("estimate", csv.toString(), "--storage", "flaot"))
                .contains("\"flaot\" is not one of double, float");
        assertThat(rejected(
                        "pack", packed, "--output", folder.resolve("q.rowwise").toString()))
                .contains("a panel file already");
    }

    @Test
    void invalidOutputs() throws IOException {
        assertThat(rejected(
                        "pack",
                        csv.toString(),
                        "--output",
                        folder.resolve("p.csv").toString()))
                .contains("--output")
                .contains("allowed: .rowwise");
        Path packed = pack(csv, "p.rowwise");
        byte[] before = Files.readAllBytes(packed);
        assertThat(rejected("pack", packed.toString(), "--output", packed.toString()))
                .contains("this is the input");
        assertThat(Files.readAllBytes(packed)).isEqualTo(before);
    }

    @Test
    void aRejectedTableLeavesTheEarlierFile() throws IOException {
        Path packed = pack(csv, "p.rowwise");
        byte[] before = Files.readAllBytes(packed);
        List<String> rows = new ArrayList<>(Files.readAllLines(csv));
        rows.add(rows.get(9));
        Path twice = PanelFile.write(folder, "twice.csv", String.join("\n", rows));
        assertThat(rejected("pack", twice.toString(), "--output", packed.toString()))
                .contains("twice.csv, lines 10 and 2002: two rows for unit");
        Path large = PanelFile.write(
                folder, "large.csv", String.join("\n", rows.subList(0, rows.size() - 1)) + "\nnew,1,1e39,0");
        String message = rejected("pack", large.toString(), "--storage", "float", "--output", packed.toString());
        assertThat(message).contains("1.0E39");
        assertThat(Files.readAllBytes(packed)).isEqualTo(before);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrder("p.csv", "p.rowwise", "twice.csv", "large.csv");
        }
    }

    @Test
    void aDamagedFileIsRejected() throws IOException {
        byte[] whole = Files.readAllBytes(pack(csv, "p.rowwise"));
        Path file = folder.resolve("damaged.rowwise");
        Path output = folder.resolve("e.csv");
        for (int place : new int[] {3, 40, 200, whole.length / 2, whole.length - 50}) {
            byte[] damaged = whole.clone();
            damaged[place] ^= 4;
            Files.write(file, damaged);
            assertThat(rejected("estimate", file.toString(), "--output", output.toString()))
                    .contains("damaged.rowwise");
            assertThat(output).doesNotExist();
        }
        Files.write(file, Arrays.copyOf(whole, whole.length - 100));
        assertThat(rejected("inspect", file.toString())).contains("not copied whole");
        Files.write(file, new byte[0]);
        assertThat(rejected("inspect", file.toString())).contains("damaged.rowwise");
        assertThat(rejected("inspect", folder.resolve("none.rowwise").toString()))
                .contains("none.rowwise: no such file");
    }

    @Test
    void aTableThatExceedsMemoryIsRejectedWithARemedy() throws IOException {
        long memory = Runtime.getRuntime().maxMemory();
        assertThat(rejected("inspect", diagonal((int) Math.sqrt(memory / 8.0)).toString()))
                .contains("--storage float")
                .doesNotContain("rowwise pack");
        assertThat(rejected("inspect", diagonal((int) Math.sqrt(memory / 5.0)).toString()))
                .contains("rowwise pack")
                .doesNotContain("--storage float");
    }

    /** A table with as many units as periods and as rows. */
    private Path diagonal(int size) throws IOException {
        return PanelFile.write(
                folder,
                "diagonal.csv",
                IntStream.range(0, size)
                        .mapToObj(i -> "u" + i + "," + i + ",1.5," + i % 2)
                        .collect(Collectors.joining("\n", PanelFile.HEADER + "\n", "\n")));
    }
}
