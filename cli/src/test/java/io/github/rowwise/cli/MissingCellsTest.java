package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.cli.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every cell without an outcome is listed with its reason. */
class MissingCellsTest {

    private static final List<String> REASONS =
            List.of("no row", "outcome empty", "outcome NA", "outcome NaN", "outcome null");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final List<String> expected = new ArrayList<>();

    /** Creates a panel with missing cells. */
    private Path panel(int units, int periods, double share) throws IOException {
        Random random = new Random(5);
        List<String> rows = new ArrayList<>();
        for (int unit = 0; unit < units; unit++) {
            for (int period = 1; period <= periods; period++) {
                int reason = unit > 0 && random.nextDouble() < share ? random.nextInt(5) : -1;
                String outcome = reason < 0
                        ? "" + random.nextGaussian()
                        : List.of("", "", "na", "NaN", "NULL").get(reason);
                if (reason >= 0) {
                    expected.add("\"u," + unit + "\"," + period + "," + REASONS.get(reason));
                }
                if (reason != 0) {
                    rows.add("\"u," + unit + "\"," + period + "," + outcome + "," + random.nextInt(2));
                }
            }
        }
        return PanelFile.write(
                folder, "p.csv", PanelFile.HEADER + "\n" + rows.stream().collect(Collectors.joining("\n")) + "\n");
    }

    private static void done(String... arguments) {
        Run run = Run.of(arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @Test
    void everyCommandListsThem() throws IOException {
        String panel = panel(14, 11, 0.2).toString();
        Path leftOut = folder.resolve("left-out.csv");
        for (List<String> command : List.of(
                List.of("inspect", panel),
                List.of("estimate", panel, "--method", "spectral"),
                List.of("pack", panel, "--output", folder.resolve("p.rowwise").toString()))) {
            List<String> arguments = new ArrayList<>(command);
            arguments.addAll(List.of("--missing-cells", leftOut.toString()));
            done(arguments.toArray(String[]::new));
            assertThat(Files.readAllLines(leftOut)).first().isEqualTo("unit,time,reason");
            assertThat(Files.readAllLines(leftOut).subList(1, expected.size() + 1))
                    .isEqualTo(expected);
            Files.delete(leftOut);
        }
        assertThat(expected).hasSizeGreaterThan(20);
        done("inspect", folder.resolve("p.rowwise").toString(), "--missing-cells", leftOut.toString());
        assertThat(Files.readAllLines(leftOut).subList(1, expected.size() + 1))
                .isEqualTo(expected.stream()
                        .map(row -> row.replaceFirst("(no row|outcome \\w+)$", "missing"))
                        .toList());
    }

    @Test
    void asParquet() throws IOException {
        String panel = panel(14, 11, 0.2).toString();
        Path leftOut = folder.resolve("left-out.parquet");
        done("inspect", panel, "--missing-cells", leftOut.toString());
        List<String> rows = new ArrayList<>();
        try (Database database = Database.open(1)) {
            database.query(
                    "FROM read_parquet('" + leftOut + "')",
                    row -> rows.add('"' + row.getString(1) + "\"," + row.getString(2) + "," + row.getString(3)));
        }
        assertThat(rows).isEqualTo(expected);
    }

    @Test
    void jsonHasTheFirstThousand() throws IOException {
        String panel = panel(101, 40, 0.5).toString();
        assertThat(expected).hasSizeGreaterThan(1500);
        for (String threads : List.of("1", "2")) {
            Path output = folder.resolve("e.json");
            done(
                    "estimate",
                    panel,
                    "--method",
                    "spectral",
                    "--quiet",
                    "--threads",
                    threads,
                    "--output",
                    output.toString(),
                    "--where",
                    "time <= 39 OR time > 99");
            JsonText leftOut = JsonText.parse(output).at("panel").at("missing_cells");
            List<String> before40 =
                    expected.stream().filter(row -> !row.contains("\",40,")).toList();
            assertThat(leftOut.at("total").number()).isEqualTo(before40.size());
            assertThat(leftOut.at("cells").elements().stream()
                            .map(cell -> '"' + cell.at("unit").text() + "\","
                                    + cell.at("time").text() + ","
                                    + cell.at("reason").text()))
                    .containsExactlyElementsOf(before40.subList(0, 1000));
            long rowsOf40 = IntStream.rangeClosed(0, 100)
                    .filter(unit -> !expected.contains("\"u," + unit + "\",40,no row"))
                    .count();
            assertThat(leftOut.at("rows_not_where").number()).isEqualTo((double) rowsOf40);
        }
    }

    @Test
    void rowsThatDoNotMeetTheConditionAreCounted() throws IOException {
        String panel = panel(14, 11, 0).toString();
        assertThat(Run.of("inspect", panel, "--where", "time > 1").out()).contains("14 rows excluded by --where");
        assertThat(Run.of("inspect", panel, "--where", "time > 1 AND unit <> 'u,3'")
                        .out())
                .contains("24 rows excluded by --where");
        assertThat(Run.of("inspect", panel, "--where", "1 = 1").out()).doesNotContain("by --where");
    }

    @Test
    void aPanelThatIsRejectedLeavesNoFile() throws IOException {
        Path twice = PanelFile.write(folder, "p.csv", rows -> rows.add(rows.get(0)));
        Path leftOut = Files.writeString(folder.resolve("left-out.csv"), "earlier");
        assertThat(Run.of("inspect", twice.toString(), "--missing-cells", leftOut.toString())
                        .exitCode())
                .isEqualTo(2);
        assertThat(leftOut).hasContent("earlier");
        String panel = panel(14, 11, 0.1).toString();
        for (String output : List.of("--output", "--cells")) {
            assertThat(Run.of("estimate", panel, output, leftOut.toString(), "--missing-cells", leftOut.toString())
                            .err())
                    .contains(output + " and --missing-cells name the same file");
        }
        assertThat(Run.of("estimate", panel, "--missing-cells", panel).err()).contains("this is the input");
        assertThat(Run.of("estimate", panel, "--missing-cells", "x.txt").err()).contains("allowed: .csv, .parquet");
    }
}
