package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.cli.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code --defuse-formulas} a spreadsheet program takes no name in a CSV file for a formula. */
class DefuseFormulasTest {

    private static final List<String> FORMULAS = List.of(
            "=HYPERLINK(\"http://example.org\")",
            "+1",
            "-1",
            "@x",
            "\tx",
            "\rx",
            "\nx",
            " =1+1",
            "\u00a0=1+1",
            "\u200b=1+1",
            "\uff1d1+1",
            "\uff0b1",
            "\uff0d1",
            "\uff20x");

    private static final List<String> OTHERS = List.of("plain", "a=b", "'=1+1", "a;=1+1", " x", "1-1", "007", "#c");

    private static final String LEVEL = "=treated";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static List<String> names() {
        List<String> names = new ArrayList<>(FORMULAS);
        names.addAll(OTHERS);
        return names;
    }

    private static List<String> defused() {
        List<String> names =
                new ArrayList<>(FORMULAS.stream().map(name -> "'" + name).toList());
        names.addAll(OTHERS);
        return names;
    }

    /** Creates a panel whose periods begin at -2 and whose units lack the last one, but for the last unit. */
    private Path panel() throws IOException {
        StringBuilder text = new StringBuilder("unit,time,outcome,treatment\n");
        List<String> names = names();
        for (int period = -2; period <= 8; period++) {
            for (int unit = 0; unit < names.size() - (period == 8 ? 1 : 0); unit++) {
                boolean isTreated = (unit * 7 + (period + 2) * 5) % 3 == 0;
                double outcome = Math.sin(unit * 12.9 + period * 78.2) - (isTreated ? 1 : 0);
                text.append('"' + names.get(unit).replace("\"", "\"\"") + "\",")
                        .append(period + "," + outcome + "," + (isTreated ? LEVEL : "no") + "\n");
            }
        }
        return PanelFile.write(folder, "formulas.csv", text.toString());
    }

    private Run run(String command, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(command, panel().toString(), "--control", "no"));
        arguments.addAll(List.of(options));
        Run run = Run.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private List<List<String>> records(String name) throws IOException {
        return CsvText.parse(Files.readString(folder.resolve(name)));
    }

    @Test
    void effectsHaveApostrophesAndTheSameNumbers() throws IOException {
        run("estimate", "--output", file("bare.csv"));
        Run piped = run("estimate", "--defuse-formulas", "--quiet", "--output", "-");
        run("estimate", "--defuse-formulas", "--output", file("e.csv"));

        assertThat(CsvText.column(Files.readString(folder.resolve("bare.csv")), "unit"))
                .isEqualTo(names());
        assertThat(CsvText.column(Files.readString(folder.resolve("e.csv")), "unit"))
                .isEqualTo(defused());
        assertThat(piped.out()).isEqualTo(Files.readString(folder.resolve("e.csv")));

        List<List<String>> bare = records("bare.csv");
        List<List<String>> defused = records("e.csv");
        assertThat(defused).hasSameSizeAs(bare);
        for (int row = 0; row < bare.size(); row++) {
            int columns = bare.get(row).size();
            assertThat(defused.get(row).subList(1, columns))
                    .isEqualTo(bare.get(row).subList(1, columns));
        }
        // A program that expects semicolons would begin a cell at the one in this name.
        assertThat(folder.resolve("e.csv")).content().contains("\"a;=1+1\"");
    }

    @Test
    void cellsAndMissingCells() throws IOException {
        run("estimate", "--defuse-formulas", "--cells", file("c.csv"), "--missing-cells", file("m.csv"));

        String cells = Files.readString(folder.resolve("c.csv"));
        assertThat(CsvText.column(cells, "unit").stream().distinct()).containsExactlyElementsOf(defused());
        assertThat(CsvText.column(cells, "time")).startsWith("'-2", "'-1", "0", "1");
        assertThat(CsvText.column(cells, "arm")).contains("'" + LEVEL, "no", "").doesNotContain(LEVEL);
        assertThat(CsvText.column(cells, "effect")).anyMatch(number -> number.startsWith("-"));

        assertThat(records("m.csv")).hasSize(2).last().isEqualTo(List.of("#c", "8", "no row"));
        run(
                "inspect",
                "--defuse-formulas",
                "--where",
                "time < 8 AND NOT (unit = '@x' AND time = -1)",
                "--missing-cells",
                file("m.csv"));
        assertThat(records("m.csv")).last().isEqualTo(List.of("'@x", "'-1", "no row"));
        run(
                "pack",
                "--defuse-formulas",
                "--output",
                file("p.rowwise"),
                "--where",
                "time < 8 AND NOT (unit = '@x' AND time = -1)",
                "--missing-cells",
                file("m.csv"));
        assertThat(records("m.csv")).last().isEqualTo(List.of("'@x", "'-1", "no row"));
    }

    @Test
    void accuracies() throws IOException {
        run("evaluate", "--defuse-formulas", "--draws", "2", "--output", file("a.csv"));
        assertThat(CsvText.column(Files.readString(folder.resolve("a.csv")), "arm"))
                .containsOnly("'" + LEVEL);
    }

    @Test
    void otherFormatsKeepTheNames() throws IOException {
        run("estimate", "--defuse-formulas", "--output", file("e.parquet"), "--cells", file("c.parquet"));
        run("estimate", "--defuse-formulas", "--output", file("e.json"));

        List<String> found = new ArrayList<>();
        List<String> cells = new ArrayList<>();
        try (Database database = Database.open(1)) {
            database.query("SELECT unit FROM '" + file("e.parquet") + "'", row -> found.add(row.getString(1)));
            database.query("SELECT unit FROM '" + file("c.parquet") + "'", row -> cells.add(row.getString(1)));
        }
        assertThat(found).isEqualTo(names());
        assertThat(cells.stream().distinct()).containsExactlyElementsOf(names());
        assertThat(JsonText.parse(folder.resolve("e.json")).at("units").elements().stream()
                        .map(unit -> unit.at("unit").text()))
                .containsExactlyElementsOf(names());
    }
}
