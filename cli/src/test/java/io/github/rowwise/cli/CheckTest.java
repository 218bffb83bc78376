package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rowwise check}, and what {@code estimate} does about its advice. */
@Tag("slow")
class CheckTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static String leaking;

    /** An effect of 2 that outlasts the treatment by two periods. */
    @BeforeAll
    static void write() throws IOException {
        StringBuilder csv = new StringBuilder("unit,time,outcome,treatment\n");
        for (int unit = 0; unit < 24; unit++) {
            for (int period = 0; period < 40; period++) {
                boolean isTreated = isTreated(unit, period);
                boolean isAfter = !isTreated && (isTreated(unit, period - 1) || isTreated(unit, period - 2));
                double noise = Math.sin(unit * 12.9898 + period * 78.233) * 43758.5453;
                double outcome =
                        unit % 5 + Math.sin(period) + (isTreated || isAfter ? 2 : 0) + (noise - Math.floor(noise));
                csv.append("u").append(unit).append(',').append(period).append(',');
                csv.append(outcome).append(',').append(isTreated ? 1 : 0).append('\n');
            }
        }
        Path file = folder.resolve("leaking.csv");
        Files.writeString(file, csv);
        leaking = file.toString();
    }

    private static boolean isTreated(int unit, int period) {
        return period >= 0 && (period + unit * 3) % 14 >= 9;
    }

    private static String text(Run run) {
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out().replaceAll("\\s+", " ");
    }

    @Test
    void saysWhatToLeaveOut() throws IOException {
        Path json = folder.resolve("checks.json");

        String text = text(Run.of("check", leaking, "--draws", "2", "--output", json.toString()));

        assertThat(text)
                .contains(
                        "Verdict failed: do not use the effects as they are: leave out the 2 periods after treatment ends;"
                                + " then check again (--washout 2)")
                .contains(
                        "Carry-over failed: something outlasts the treatment: in the 2 periods after treatment ends, outcomes")
                .contains("Lead passed: in the period next before treatment starts")
                .contains("Placebo passed: before treatment starts")
                .containsPattern("Intervals \\w+: \\d+ % of \\d+ intervals")
                .contains("Methods ")
                .contains("Passing does not prove the assumptions");
        JsonText document = JsonText.parse(json);
        assertThat(document.at("verdict").value()).isEqualTo("failed");
        assertThat(document.at("washout").value()).isEqualTo(2.0);
        assertThat(document.at("lead").value()).isEqualTo(0.0);
        assertThat(document.at("carry_over").at("horizons").elements()).hasSize(3);
        assertThat(document.at("agreement").at("methods").elements()).hasSize(2);
    }

    @Test
    void theAdviceHelps() throws IOException {
        Path json = folder.resolve("rest.json");
        String text = text(Run.of("estimate", leaking, "--washout", "2", "--output", json.toString()));

        assertThat(text)
                .containsPattern("Left out \\d+ control cells, in periods at most 2 after it ends \\(--washout\\)");
        JsonText document = JsonText.parse(json);
        double att =
                document.at("averages").elements().get(0).at("att").at("value").number();
        assertThat(att).isBetween(1.8, 2.2);
        assertThat(document.at("panel").at("left_out_cells").value()).isEqualTo(132.0);
        assertThat(document.at("provenance").at("options").at("washout").value())
                .isEqualTo("2");
        assertThat(text(Run.of("check", leaking, "--washout", "2", "--draws", "2")))
                .doesNotContain("outlasts the treatment")
                .contains("Left out 132 control cells");
    }

    @Test
    void partOfAnEstimate() throws IOException {
        Path json = folder.resolve("estimate.json");
        Path report = folder.resolve("estimate.html");

        String text = text(
                Run.of("estimate", leaking, "--check", "--output", json.toString(), "--report", report.toString()));

        assertThat(text).contains("Verdict failed:").contains("--washout 2");
        JsonText document = JsonText.parse(json);
        assertThat(document.at("checks").at("washout").value()).isEqualTo(2.0);
        assertThat(Files.readString(report)).contains("\"panel_checks\":{\"verdict\":\"failed\"");
        assertThat(text(Run.of("estimate", leaking))).doesNotContain("Verdict");
    }

    @Test
    void calibratedIntervalsSaySo() throws IOException {
        Path plain = folder.resolve("plain.json");
        Path wider = folder.resolve("wider.json");
        text(Run.of("estimate", leaking, "--output", plain.toString()));

        String text = text(Run.of("estimate", leaking, "--calibrate", "--output", wider.toString()));

        JsonText document = JsonText.parse(wider);
        double factor = document.at("checks").at("widening").number();
        assertThat(factor).isGreaterThan(1);
        assertThat(document.at("provenance").at("options").at("widening").value())
                .isEqualTo(Double.toString(factor));
        assertThat(text).contains("intervals are wider by the factor").contains("(--calibrate)");
        JsonText before = JsonText.parse(plain).at("units").elements().get(3);
        JsonText after = document.at("units").elements().get(3);
        assertThat(after.at("att").value()).isEqualTo(before.at("att").value());
        assertThat(after.at("att_se").number())
                .isEqualTo(factor * before.at("att_se").number());
    }

    @Test
    void rejectsWrongInput() {
        assertThat(Run.of("check", leaking, "--horizons", "0"))
                .satisfies(run -> assertThat(run.exitCode()).isEqualTo(2))
                .satisfies(run -> assertThat(run.err()).contains("--horizons"));
        assertThat(Run.of("check", leaking, "--bound", "0").err())
                .contains("--bound")
                .contains("not above 0");
        assertThat(Run.of("check", leaking, "--output", folder.resolve("x.csv").toString())
                        .err())
                .contains(".json");
        assertThat(Run.of("estimate", leaking, "--lead", "-1").exitCode()).isEqualTo(2);
        Run all = Run.of("estimate", leaking, "--lead", "40", "--washout", "40");
        assertThat(all.exitCode()).isEqualTo(2);
        assertThat(all.err()).contains("--lead 40 --washout 40: no control cell is left");
        Run covariates = Run.of("check", leaking, "--covariates", "time");
        assertThat(covariates.exitCode()).isEqualTo(2);
        assertThat(covariates.err()).contains("--covariates");
    }
}
