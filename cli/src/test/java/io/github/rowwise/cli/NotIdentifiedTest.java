package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Panels that identify nothing: exit code 3 with the reason. */
class NotIdentifiedTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Run estimate(UnaryOperator<String> change) throws IOException {
        Path file = PanelFile.write(folder, "p.csv", rows -> rows.replaceAll(change));
        Run run = Run.of(
                "estimate", file.toString(), "--output", folder.resolve("e.csv").toString());
        assertThat(folder.resolve("e.csv")).doesNotExist();
        assertThat(run.err()).hasLineCount(1);
        return run;
    }

    @Test
    void commonShock() throws IOException {
        Run run = estimate(row -> row.substring(0, row.length() - 1) + period(row) % 2);
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("p.csv: no effect can be estimated").contains("common shock");
    }

    @Test
    void noUnitIsEstimable() throws IOException {
        Run run = estimate(row -> row.substring(0, row.length() - 1) + row.charAt(1) % 2);
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("no unit is estimable");
    }

    @Test
    void noFactorWithoutCentring() throws IOException {
        Path file = PanelFile.write(folder, "p.csv", rows -> {});
        Path output = folder.resolve("e.csv");
        Run run = Run.of(
                "estimate",
                file.toString(),
                "--method",
                "spectral",
                "--centring",
                "none",
                "--rank",
                "0",
                "--output",
                output.toString());
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err())
                .hasLineCount(1)
                .contains("p.csv: no effect can be estimated")
                .contains("no factor of arm");
        assertThat(output).doesNotExist();
    }

    @Test
    void inspectShowsSuchAPanel() throws IOException {
        Path file = PanelFile.write(
                folder, "p.csv", rows -> rows.replaceAll(row -> row.substring(0, row.length() - 1) + period(row) % 2));
        Run run = Run.of("inspect", file.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("common shock")
                .containsPattern("not estimable +nothing to compare with")
                .doesNotContainPattern("\\d  ok ");
        assertThat(run.out().replaceAll("\\s+", " ")).contains("estimate rejects this panel");
    }

    @Test
    void groupsOfUnitsAreWarnedOf() throws IOException {
        Path file = PanelFile.write(folder, "p.csv", rows -> {
            rows.clear();
            SplittableRandom random = new SplittableRandom(1);
            int[] courses = new int[4];
            for (int group = 0; group < courses.length; group++) {
                courses[group] = random.nextInt(1 << 24);
            }
            for (int unit = 0; unit < 40; unit++) {
                for (int period = 0; period < 24; period++) {
                    int treated = courses[unit % courses.length] >> period & 1;
                    rows.add("u" + unit + "," + period + "," + (random.nextDouble() + treated) + "," + treated);
                }
            }
        });
        Path json = folder.resolve("e.json");
        Path report = folder.resolve("r.html");
        Run run = Run.of("estimate", file.toString(), "--output", json.toString(), "--report", report.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        String words = "treatment looks decided for groups of units: 40 units share courses of treatment as if there"
                + " were only about 4.";
        assertThat(run.out().replaceAll("\\s+", " ")).contains(words, "these intervals are far too short", "--where");
        assertThat(JsonText.parse(json).at("warnings").elements())
                .anyMatch(warning -> warning.text().startsWith(words));
        assertThat(JsonText.parse(json)
                        .at("diagnostics")
                        .at("effective_treatment_paths")
                        .number())
                .isBetween(3.5, 4.5);
        ReportText page = ReportText.read(report);
        assertThat(page.texts("warnings")).anyMatch(warning -> warning.startsWith(words));
        assertThat(page.data().at("treatments").elements().get(0).at("caveat").text())
                .startsWith("far too short");
        assertThat(Run.of("inspect", file.toString()).out().replaceAll("\\s+", " "))
                .contains(words);
    }

    private static int period(String row) {
        int comma = row.indexOf(',');
        return Integer.parseInt(row.substring(comma + 1, row.indexOf(',', comma + 1)));
    }
}
