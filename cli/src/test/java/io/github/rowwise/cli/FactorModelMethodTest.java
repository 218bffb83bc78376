package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --method factor-model} from end to end. */
@Tag("slow")
class FactorModelMethodTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void theSummaryShowsTheModel() {
        Run run = SummaryTest.run("estimate", "--method", "factor-model", "--rank", "6");

        assertThat(run.out())
                .containsPattern("Model +\\d factors? of 6 kept, after \\d+ passes")
                .contains("effects change with the factors")
                .containsPattern("units have smooth trends of their own \\(standard deviation 0\\.\\d+\\)")
                .containsPattern("noise correlation from period to period -?0\\.\\d+")
                .contains("averaged over 79 units")
                .doesNotContain("singular values");
    }

    @Test
    void noiseAndFormCanBeSet() {
        Run run = SummaryTest.run("estimate", "--method", "factor-model", "--noise", "iid", "--effects", "constant");

        assertThat(run.out())
                .contains("effects are constant over time")
                .contains("noise taken as independent from period to period");
    }

    @Test
    void onsetTermsShowInSummaryAndJson() throws IOException {
        Path json = folder.resolve("effects.json");
        Run run = SummaryTest.run("estimate", "--effects", "onset", "--output", json.toString());

        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("effects build up or wear off with the time since treatment started (see by_event_time in the"
                        + " JSON)");
        JsonText model = JsonText.parse(json).at("factor_model");
        assertThat(model.at("effects").text()).isEqualTo("onset");
        assertThat(model.at("onset_terms").value()).isEqualTo(true);
        assertThat(model.at("trends").number()).isBetween(1.0, 6.0);
        assertThat(model.at("trend_sd").number()).isPositive();
        // Only auto compares forms.
        assertThat(model.at("evidence_gain").value()).isNull();
        assertThat(model.at("onset_evidence_gain").value()).isNull();
    }

    @Test
    void filesHoldProbabilitiesAndTheModel() throws IOException {
        Path csv = folder.resolve("effects.csv");
        Path json = folder.resolve("effects.json");
        SummaryTest.run("estimate", "--method", "factor-model", "--effects", "auto", "--output", csv.toString());
        SummaryTest.run("estimate", "--method", "factor-model", "--output", json.toString());

        List<String> lines = Files.readAllLines(csv);
        int positive = List.of(lines.get(0).split(",", -1)).indexOf("prob_positive");
        assertThat(lines.stream()
                        .skip(1)
                        .map(line -> line.split(",", -1)[positive])
                        .filter(p -> !p.isEmpty()))
                .hasSize(79)
                .allSatisfy(p -> assertThat(Double.parseDouble(p)).isBetween(0.0, 1.0));
        assertThat(Files.readString(json))
                .contains(
                        "\"factor_model\"",
                        "\"noise_correlation\"",
                        "\"period_noise_scales\"",
                        "\"evidence_bounds\"",
                        "\"spectra\" : [ ]");
    }

    /** What spectral alone would give with the same options stands beside. */
    @Test
    void ruleAndCentringAreThoseOfAlgorithm1() throws IOException {
        Path model = folder.resolve("model.json");
        Path spectral = folder.resolve("spectral.json");
        String[] options = {"--rank", "eigenvalue-ratio", "--centring", "unit", "--confidence-level", "0.9", "--quiet"};
        SummaryTest.run("estimate", with(options, "--output", model.toString()));
        SummaryTest.run("estimate", with(options, "--method", "spectral", "--output", spectral.toString()));

        JsonText beside = JsonText.parse(model).at("spectral");
        JsonText alone = JsonText.parse(spectral);
        assertThat(beside.at("centring").text()).isEqualTo("unit");
        assertThat(beside.at("averages")).isEqualTo(alone.at("averages"));
        assertThat(beside.at("spectra")).isEqualTo(alone.at("spectra"));
        assertThat(JsonText.parse(model).at("averages")).isNotEqualTo(alone.at("averages"));
        assertThat(Files.readString(spectral)).doesNotContain("\"spectral\"");
        assertThat(JsonText.parse(spectral).at("diagnostics").at("homogeneity"))
                .isEqualTo(JsonText.parse(model).at("diagnostics").at("homogeneity"));
    }

    private static String[] with(String[] first, String... more) {
        return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void noiseThatIsARandomWalkIsWarnedOf() throws IOException {
        SplittableRandom random = new SplittableRandom(4);
        StringBuilder text = new StringBuilder("unit,time,outcome,treatment\n");
        for (int unit = 0; unit < 20; unit++) {
            double walk = 0;
            for (int period = 1; period <= 150; period++) {
                walk += random.nextGaussian();
                text.append("u" + unit + "," + period + "," + walk + "," + random.nextInt(2) + "\n");
            }
        }
        Path panel = PanelFile.write(folder, "walk.csv", text.toString());
        Run walk = Run.of("estimate", panel.toString(), "--rank", "1");
        assertThat(walk.out()).contains("the noise is nearly a random walk");
        assertThat(SummaryTest.run("estimate").out()).doesNotContain("random walk");
        // Without it the residuals show.
        Run iid = Run.of("estimate", panel.toString(), "--rank", "1", "--noise", "iid");
        assertThat(iid.out().replaceAll("\\s+", " "))
                .contains("residuals are correlated from one period to the next (correlation 0.");
    }

    @Test
    void algorithm1BesideMayHaveNothingToSay() {
        Run run = SummaryTest.run("estimate", "--rank", "spectral-gap", "--centring", "none");
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("spectral method (ranks 0, 0): ATE not estimable, ATT not estimable");
    }

    @Test
    void inspectTakesNoOptionsOfTheRefinedMethod() {
        assertThat(Run.of("inspect", "../examples/cheese-display.csv", "--method", "factor-model")
                        .err())
                .contains("--method factor-model: spectra belong to the spectral method");
        assertThat(Run.of("inspect", "../examples/cheese-display.csv", "--noise", "iid")
                        .err())
                .contains("--noise iid");
    }

    @Test
    void threeArmsHaveARowEach() throws IOException {
        Path panel = folder.resolve("panel.csv");
        StringBuilder rows = new StringBuilder("unit,time,outcome,treatment\n");
        for (int unit = 0; unit < 12; unit++) {
            for (int time = 0; time < 15; time++) {
                int arm = (unit * 7 + time * 5 + time / 4) % 3;
                double outcome = unit + Math.sin(time) + 2 * arm + .1 * Math.cos(unit * 31 + time * 17);
                rows.append("u" + unit + "," + time + "," + outcome + "," + arm + "\n");
            }
        }
        Files.writeString(panel, rows);
        Path csv = folder.resolve("effects.csv");

        Run run = Run.of(
                "estimate",
                panel.toString(),
                "--unit",
                "unit",
                "--time",
                "time",
                "--outcome",
                "outcome",
                "--treatment",
                "treatment",
                "--control",
                "0",
                "--method",
                "factor-model",
                "--output",
                csv.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        List<String> lines = Files.readAllLines(csv);
        List<String> header = List.of(lines.get(0).split(",", -1));
        assertThat(lines).hasSize(1 + 2 * 12);
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            assertThat(Double.parseDouble(fields[header.indexOf("ate")]))
                    .isCloseTo(2 * Double.parseDouble(fields[header.indexOf("arm")]), within(.3));
        }
    }

    @Test
    void theBlockJackknifeGivesErrorsWithoutAModelOfCorrelation() {
        assertThat(SummaryTest.run("estimate", "--method", "factor-model", "--noise", "block-jackknife")
                        .out()
                        .replaceAll("\\s+", " "))
                .contains("noise taken as independent from period to period; errors by a block jackknife");
    }

    @Test
    void predictionsHaveColumnsOfTheirOwn() throws IOException {
        Path csv = folder.resolve("effects.csv");
        Run run = SummaryTest.run("estimate", "--method", "factor-model", "--predict", "--output", csv.toString());

        assertThat(run.out()).contains("with predictions, which are no estimates, for 9 rows");
        String text = Files.readString(csv);
        assertThat(text.lines().findFirst().orElseThrow())
                .endsWith("reason,predicted_ate,predicted_ate_se,predicted_ate_ci_lo,predicted_ate_ci_hi");
        List<String> ate = CsvText.column(text, "ate");
        List<String> predicted = CsvText.column(text, "predicted_ate");
        List<String> low = CsvText.column(text, "predicted_ate_ci_lo");
        for (int unit = 0; unit < ate.size(); unit++) {
            assertThat(ate.get(unit).isEmpty()).isNotEqualTo(predicted.get(unit).isEmpty());
            if (ate.get(unit).isEmpty()) {
                assertThat(Double.parseDouble(low.get(unit))).isLessThan(Double.parseDouble(predicted.get(unit)));
            }
        }
    }

    @Test
    void jsonHoldsBandsEventTimesAndPredictions() throws IOException {
        Path file = folder.resolve("effects.json");
        SummaryTest.run("estimate", "--method", "factor-model", "--predict", "--output", file.toString());

        JsonText json = JsonText.parse(file);

        for (JsonText unit : json.at("units").elements()) {
            if (unit.at("ate").value() == null) {
                assertThat(unit.at("ate_band_lo").value()).isNull();
                assertThat(unit.at("predicted_ate_se").number()).isPositive();
            } else {
                assertThat(unit.at("ate_band_lo").number())
                        .isLessThan(unit.at("ate_ci_lo").number());
                assertThat(unit.at("ate_band_hi").number())
                        .isGreaterThan(unit.at("ate_ci_hi").number());
                assertThat(unit.at("predicted_ate").value()).isNull();
            }
        }
        List<JsonText> effects = json.at("by_event_time").elements();
        assertThat(effects.get(0).at("event_time").number()).isZero();
        assertThat(effects.get(0).at("arm").text()).isEqualTo("1");
        assertThat(effects.get(0).at("effect").number()).isBetween(0.0, 2.0);
        assertThat(effects.get(0).at("cells").number())
                .isGreaterThanOrEqualTo(effects.get(0).at("units").number());
        assertThat(effects.get(0).at("effect_se").number()).isBetween(0.001, 0.1);
        assertThat(json.at("effect_by_period").elements())
                .hasSize(68)
                .allSatisfy(
                        period -> assertThat(period.at("effect_se").number()).isBetween(0.001, 0.5));
        List<JsonText> preTrends = json.at("pre_trends").elements();
        assertThat(preTrends.get(preTrends.size() - 1).at("event_time").number())
                .isEqualTo(-1);
        assertThat(preTrends.get(preTrends.size() - 1).at("residual_se").number())
                .isPositive();
    }

    @Test
    void optionsOfTheOtherMethodAreRejected() {
        assertThat(rejected("--method", "spectral", "--noise", "iid"))
                .contains("--noise iid")
                .contains("--method factor-model");
        assertThat(rejected("--method", "spectral", "--effects", "auto"))
                .contains("--effects auto")
                .contains("--method factor-model");
        assertThat(rejected("--rank", "0")).contains("a whole number of 1 or more");
        assertThat(rejected("--method", "spectral", "--predict"))
                .contains("--predict")
                .contains("--method factor-model");
        assertThat(rejected("--method", "factor-model", "--noise", "ar2")).contains("iid, ar1, block-jackknife");
    }

    private static String rejected(String... more) {
        String[] arguments = new String[more.length + 10];
        String[] first = {
            "estimate",
            "../examples/cheese-display.csv",
            "--unit",
            "retailer",
            "--time",
            "week",
            "--outcome",
            "log_volume",
            "--treatment",
            "display"
        };
        System.arraycopy(first, 0, arguments, 0, first.length);
        System.arraycopy(more, 0, arguments, first.length, more.length);
        Run run = Run.of(arguments);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        return run.err().replaceAll("\\s+", " ");
    }
}
