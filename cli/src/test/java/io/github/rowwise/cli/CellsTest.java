package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.cli.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --cells}: one row a unit and period. */
@Tag("slow")
class CellsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static Run estimate(Path input, String... options) {
        List<String> arguments = new ArrayList<>(List.of("estimate", input.toString()));
        arguments.addAll(List.of(options));
        return Run.of(arguments.toArray(String[]::new));
    }

    private List<List<String>> cells(Path input, String... options) throws IOException {
        Path file = folder.resolve("cells.csv");
        List<String> arguments = new ArrayList<>(List.of("--cells", file.toString()));
        arguments.addAll(List.of(options));
        Run run = estimate(input, arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return CsvText.parse(Files.readString(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"spectral", "factor-model", "factor-model --effects onset"})
    void averagesOfCellsAreTheUnitsEffects(String method) throws IOException {
        // The first unit is never treated, the second always; the first row's outcome is missing.
        Path input = PanelFile.write(folder, "p.csv", rows -> {
            rows.replaceAll(row -> row.startsWith("u0,") ? row.replaceAll(",1$", ",0") : row);
            rows.replaceAll(row -> row.startsWith("u1,") ? row.replaceAll(",0$", ",1") : row);
            rows.set(30, "u2,1,,");
        });
        Path table = folder.resolve("e.csv");

        List<String> options = new ArrayList<>(List.of("--output", table.toString(), "--method"));
        options.addAll(List.of(method.split(" ")));
        List<List<String>> cells = cells(input, options.toArray(String[]::new));

        assertThat(cells).hasSize(1 + 12 * 15);
        assertThat(cells.get(0))
                .containsExactly("unit", "time", "observed", "arm", "outcome_0", "outcome_1", "effect", "se");
        List<List<String>> units = CsvText.parse(Files.readString(table));
        for (int unit = 0; unit < 12; unit++) {
            double effects = 0;
            for (int period = 0; period < 15; period++) {
                List<String> cell = cells.get(1 + unit * 15 + period);
                assertThat(cell.subList(0, 2)).containsExactly("u" + unit, "" + (period + 1));
                assertThat(cell.get(4).isEmpty()).isEqualTo(unit == 1);
                assertThat(cell.get(5).isEmpty()).isEqualTo(unit == 0);
                assertThat(cell.get(6).isEmpty()).isEqualTo(unit < 2);
                assertThat(cell.get(7).isEmpty()).isEqualTo(unit < 2 || method.equals("spectral"));
                if (unit >= 2) {
                    double effect = Double.parseDouble(cell.get(6));
                    assertThat(effect)
                            .isCloseTo(Double.parseDouble(cell.get(5)) - Double.parseDouble(cell.get(4)), within(1e-9));
                    effects += effect;
                }
            }
            if (unit >= 2) {
                assertThat(effects / 15)
                        .isCloseTo(Double.parseDouble(units.get(1 + unit).get(5)), within(1e-9));
            }
        }
        assertThat(cells.get(31).subList(0, 4)).containsExactly("u2", "1", "", "");
        List<String> first = List.of(PanelFile.rows().get(2 * 15 + 1).split(","));
        assertThat(cells.get(32).subList(0, 4)).containsExactly("u2", "2", first.get(2), first.get(3));
    }

    @Test
    void parquetHoldsTheSame() throws IOException {
        Path input = PanelFile.write(folder, "p.csv", rows -> {});
        List<List<String>> cells = cells(input, "--method", "spectral", "--rank", "1");
        Path file = folder.resolve("cells.parquet");

        Run run = estimate(input, "--method", "spectral", "--rank", "1", "--cells", file.toString());

        assertThat(run.out()).contains("cells.parquet", "180 rows, one per cell");
        List<List<Object>> rows = new ArrayList<>();
        try (Database database = Database.open(1)) {
            database.query(
                    "SELECT unit, time, arm, observed, outcome_0, outcome_1, effect FROM read_parquet('" + file + "')",
                    row -> rows.add(List.of(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getDouble(4),
                            row.getDouble(5),
                            row.getDouble(6),
                            row.getDouble(7))));
        }
        assertThat(rows).hasSize(180);
        for (int k = 0; k < rows.size(); k++) {
            List<String> text = cells.get(k + 1);
            assertThat(rows.get(k))
                    .containsExactly(
                            text.get(0),
                            text.get(1),
                            text.get(3),
                            Double.valueOf(text.get(2)),
                            Double.valueOf(text.get(4)),
                            Double.valueOf(text.get(5)),
                            Double.valueOf(text.get(6)));
        }
    }

    @Test
    void threeArmsHaveColumnsByTheirNames() throws IOException {
        Path input = PanelFile.write(
                folder,
                "p.csv",
                rows -> rows.replaceAll(row -> row.hashCode() % 3 == 0
                        ? row.replaceAll(",.$", ",\"high, \"\"very\"\"\"")
                        : row.replaceAll(",0$", ",placebo").replaceAll(",1$", ",=low")));

        List<List<String>> cells = cells(input, "--control", "placebo", "--method", "spectral");

        assertThat(cells.get(0))
                .containsExactly(
                        "unit",
                        "time",
                        "observed",
                        "arm",
                        "outcome_placebo",
                        "outcome_=low",
                        "outcome_high, \"very\"",
                        "effect_=low",
                        "se_=low",
                        "effect_high, \"very\"",
                        "se_high, \"very\"");
        assertThat(cells.stream().skip(1).map(cell -> cell.get(3)).distinct())
                .containsExactlyInAnyOrder("placebo", "=low", "high, \"very\"");
        assertThat(cells).allMatch(cell -> cell.size() == 11);
    }

    @Test
    void levelsThatDifferInCaseOnlyAreOneArm() throws IOException {
        Path input = PanelFile.write(
                folder,
                "p.csv",
                rows -> rows.replaceAll(row -> row.replaceAll(",0$", ",A")
                        .replaceAll("^(u[0-5],.*),1$", "$1,b")
                        .replaceAll(",1$", ",B")));
        Path file = folder.resolve("cells.csv");

        Run run = estimate(input, "--control", "A", "--cells", file.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(file).exists();
    }

    @Test
    void filesThatCannotBe() throws IOException {
        Path input = PanelFile.write(folder, "p.csv", rows -> {});
        String cells = folder.resolve("c.csv").toString();

        assertThat(rejected(input, "--cells", input.toString()))
                .contains("--cells")
                .contains("this is the input");
        assertThat(rejected(input, "--cells", cells, "--output", folder + "/./c.csv"))
                .contains("name two");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        assertThat(rejected(input, "--cells", cells, "--output", link + "/c.csv"))
                .contains("name two");
        Files.writeString(Path.of(cells), "earlier");
        assertThat(rejected(input, "--cells", cells, "--output", link + "/c.csv"))
                .contains("name two");
        assertThat(rejected(input, "--cells", folder.resolve("c.json").toString()))
                .contains("allowed: .csv, .parquet");
        assertThat(rejected(input, "--cells", folder.resolve("no/c.csv").toString()))
                .contains("there is no folder");
        assertThat(rejected(input, "--cells", cells, "--outcome", "wrong")).contains("wrong");
        assertThat(Path.of(cells)).hasContent("earlier");
    }

    private static String rejected(Path input, String... options) {
        Run run = estimate(input, options);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).hasLineCount(1);
        return run.err();
    }

    @Test
    void nothingStaysAmongTemporaryFiles() throws IOException, InterruptedException {
        PanelFile.write(folder, "p.csv", rows -> {});
        Path temporary = Files.createDirectory(folder.resolve("tmp"));

        Run run = Shell.in(folder)
                .bash("export JDK_JAVA_OPTIONS=-Djava.io.tmpdir=$PWD/tmp;"
                        + " rowwise estimate p.csv --cells cells.csv --output effects.csv");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(folder.resolve("cells.csv")).isNotEmptyFile();
        assertThat(temporary).isEmptyDirectory();
    }
}
