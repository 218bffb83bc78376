package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rowwise evaluate} from end to end. */
@Tag("slow")
class EvaluateTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void theTableNamesEveryMethodAndTheJudgementTheOneAskedFor() {
        Run run = SummaryTest.run("evaluate", "--method", "factor-model", "--draws", "2");

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("2 panels with this assignment")
                .containsPattern(
                        "79 units, ATE \\(ATT of 1\\), whose true values have a standard deviation of 0\\.\\d+")
                .containsPattern("method +bias +RMSE +worst row +order +coverage +width")
                .containsPattern("factor model +-?0\\.\\d+ +0\\.\\d+ +\\d\\.\\d+ +0\\.\\d\\d +[\\d.]+ % +0\\.\\d+\n")
                .containsPattern("spectral, centred +-?0\\.\\d+")
                .containsPattern("difference of means +-?0\\.\\d+ +0\\.\\d+ +0\\.\\d\\d\n")
                .containsPattern("two-way fixed effects +-?0\\.\\d+");
        assertThat(run.out().replaceAll("\\s+", " "))
                .containsPattern("the 95 % intervals of factor model covered [\\d.]+ % of the true effects")
                .containsPattern("Its error is 0\\.\\d\\d times that of a difference of means");
    }

    @Test
    void optionsOfTheMethodAreHeeded() {
        Run run = SummaryTest.run(
                "evaluate",
                "--method",
                "spectral",
                "--draws",
                "1",
                "--centring",
                "unit",
                "--rank",
                "1,2",
                "--confidence-level",
                "0.8",
                "--seed",
                "4");
        assertThat(run.out())
                .contains("spectral, unit means,..")
                .contains("spectral, centred")
                .contains("; seed 4");
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("the 80 % intervals of spectral, unit means, rank 1,2 covered");
        assertThat(SummaryTest.run("evaluate", "--draws", "1", "--centring", "unit")
                        .out())
                .contains("factor model", "spectral, unit means")
                .doesNotContain("spectral, centred");
    }

    @Test
    void filesHoldTheSameForTheSameSeed() throws IOException {
        Path one = folder.resolve("one.csv");
        Path two = folder.resolve("two.csv");
        for (Path file : List.of(one, two)) {
            Run run = SummaryTest.run(
                    "evaluate", "--draws", "2", "--threads", file == one ? "1" : "2", "--quiet", "--output", file + "");
            assertThat(run.out()).isEmpty();
        }
        assertThat(Files.mismatch(one, two)).isEqualTo(-1);
        String text = Files.readString(one);
        assertThat(text).startsWith("arm,method,draws,estimates,bias,rmse,worst_row,rank_correlation,coverage,width\n");
        assertThat(CsvText.column(text, "method"))
                .containsExactly("factor model", "spectral, centred", "difference of means", "two-way fixed effects");
        assertThat(CsvText.column(text, "estimates")).containsOnly("158");
        assertThat(CsvText.column(text, "coverage").subList(2, 4)).containsOnly("");

        Path json = folder.resolve("e.json");
        SummaryTest.run("evaluate", "--draws", "2", "--output", json.toString());
        JsonText parsed = JsonText.parse(json);
        assertThat(parsed.at("draws").number()).isEqualTo(2);
        assertThat(parsed.at("arms").elements().get(0).at("units").number()).isEqualTo(79);
        JsonText first = parsed.at("methods").elements().get(0);
        assertThat(first.at("method").text()).isEqualTo("factor model");
        assertThat(first.at("rmse").number())
                .isEqualTo(Double.parseDouble(CsvText.column(text, "rmse").get(0)));
        assertThat(parsed.at("methods").elements().get(2).at("coverage").value())
                .isNull();
        assertThat(parsed.at("drawn_from").at("data_hash").text()).hasSize(64);
    }

    @Test
    void wrongInputIsRejectedAsByEstimate() throws IOException {
        Path panel = PanelFile.write(folder, "p.csv", rows -> {});
        assertThat(rejected(2, panel, "--draws", "0")).contains("a whole number from 1");
        assertThat(rejected(2, panel, "--output", panel.toString())).contains("this is the input");
        assertThat(rejected(2, panel, "--output", folder.resolve("e.parquet").toString()))
                .contains("allowed: .csv, .json");
        assertThat(rejected(2, panel, "--rank", "40")).contains("--rank 40");
        assertThat(rejected(2, folder.resolve("no.csv"))).contains("no.csv");
        Path shock = PanelFile.write(
                folder,
                "s.csv",
                rows -> rows.replaceAll(row -> row.substring(0, row.length() - 1)
                        + Integer.parseInt(row.replaceFirst("^[^,]*,", "").replaceFirst(",.*", "")) % 2));
        assertThat(rejected(3, shock, "--output", folder.resolve("e.csv").toString()))
                .contains("s.csv: no effect can be estimated")
                .contains("common shock");
        assertThat(folder.resolve("e.csv")).doesNotExist();
    }

    private static String rejected(int exitCode, Path panel, String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "evaluate";
        arguments[1] = panel.toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        Run run = Run.of(arguments);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).hasLineCount(1);
        return run.err();
    }

    /** The same figures as those of the command of its own. */
    @Test
    void estimateTellsOfItToo() throws IOException {
        Path panel = PanelFile.write(folder, "p.csv", rows -> {});
        Path alone = folder.resolve("alone.json");
        Path beside = folder.resolve("beside.json");
        Path report = folder.resolve("r.html");
        Run evaluate = Run.of("evaluate", panel.toString(), "--draws", "2", "--output", alone.toString());
        Run estimate = Run.of(
                "estimate",
                panel.toString(),
                "--self-test",
                "2",
                "--output",
                beside.toString(),
                "--report",
                report.toString());

        assertThat(estimate.exitCode()).as(estimate.err()).isZero();
        JsonText asked = JsonText.parse(alone).at("methods").elements().get(0);
        JsonText told =
                JsonText.parse(beside).at("self_test").at("methods").elements().get(0);
        assertThat(told.at("rmse").number()).isEqualTo(asked.at("rmse").number());
        String judgement = "On panels like yours the 95 % intervals of factor model covered";
        assertThat(estimate.out().replaceAll("\\s+", " ")).contains("Self-test " + judgement);
        assertThat(evaluate.out().replaceAll("\\s+", " ")).contains(judgement);
        JsonText treatment =
                ReportText.read(report).data().at("treatments").elements().get(0);
        assertThat(treatment.at("checks").at("Self-test").text()).contains("2 panels", judgement);
        assertThat(treatment.at("self_test").elements().get(0).at("rmse").number())
                .isEqualTo(asked.at("rmse").number());
        assertThat(Run.of("estimate", panel.toString(), "--self-test", "0").exitCode())
                .isEqualTo(2);
    }
}
