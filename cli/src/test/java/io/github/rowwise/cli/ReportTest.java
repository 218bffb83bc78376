package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --report}: what is in the file. What a browser makes of it is for {@link ReportBrowserTest}. */
class ReportTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private ReportText report(boolean threeArms, String... options) throws IOException {
        Path report = folder.resolve("report.html");
        List<String> arguments =
                new ArrayList<>(ReportPanel.arguments(ReportPanel.write(folder, "p.csv", threeArms), report));
        arguments.addAll(List.of(options));
        Run run = Run.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return ReportText.read(report);
    }

    @ParameterizedTest
    @ValueSource(strings = {"factor-model", "spectral"})
    void numbersAreThoseOfTheTable(String method) throws IOException {
        Path table = folder.resolve("e.csv");
        List<String> more = method.equals("factor-model") ? List.of("--predict") : List.of();
        List<String> options = new ArrayList<>(List.of("--method", method, "--output", table.toString()));
        options.addAll(more);

        ReportText report = report(true, options.toArray(String[]::new));

        List<List<String>> rows = CsvText.parse(Files.readString(table));
        List<JsonText> treatments = report.data().at("treatments").elements();
        assertThat(treatments).hasSize(2);
        for (int k = 2; k < rows.get(0).size(); k++) {
            String name = rows.get(0).get(k);
            for (int arm = 1; arm <= 2; arm++) {
                JsonText treatment = treatments.get(arm - 1);
                for (int unit = 0; unit < ReportPanel.UNITS; unit++) {
                    List<String> row = rows.get(1 + 2 * unit + arm - 1);
                    assertThat(row.get(1)).isEqualTo(treatment.at("arm").text());
                    assertThat(cell(report, treatment, name, unit))
                            .as("%s of %s", name, row.get(0))
                            .isEqualTo(name.equals("grade") || name.equals("reason") ? row.get(k) : number(row.get(k)));
                }
            }
        }
        assertThat(report.texts("names"))
                .isEqualTo(CsvText.column(Files.readString(table), "unit").stream()
                        .distinct()
                        .toList());
        assertThat(Set.copyOf(CsvText.column(Files.readString(table), "grade")))
                .containsExactlyInAnyOrder("ok", "weak", "extrapolated", "not estimable");
    }

    private static String cell(ReportText report, JsonText treatment, String name, int unit) {
        return switch (name) {
            case "grade" ->
                report.texts("grades")
                        .get(ReportText.shorts(treatment.at("columns").at(name))[unit]);
            case "reason" ->
                ReportText.texts(treatment.at("reasons"))
                        .get(ReportText.ints(treatment.at("columns").at(name))[unit]);
            case "n_treated", "n_control", "n_missing" ->
                number("" + ReportText.shorts(treatment.at("columns").at(name))[unit]);
            default -> number("" + report.column(treatment, name)[unit]);
        };
    }

    private static String number(String text) {
        return Double.toString(text.isEmpty() ? Double.NaN : Double.parseDouble(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant", "onset"})
    void outcomesAreThoseOfTheCells(String form) throws IOException {
        Path cells = folder.resolve("c.csv");
        ReportText report = report(true, "--cells", cells.toString(), "--effects", form);

        List<List<String>> rows = CsvText.parse(Files.readString(cells));
        assertThat(rows.get(0).subList(2, 7))
                .containsExactly("observed", "arm", "outcome_none", "outcome_high", "outcome_low <dose>");
        List<String> arms = List.of("none", "high", "low <dose>");
        JsonText observed = report.data().at("observed");
        assertThat(observed.has("onsets")).isEqualTo(form.equals("onset"));
        assertThat(ReportText.ints(observed.at("units")))
                .isEqualTo(IntStream.range(0, ReportPanel.UNITS).toArray());
        float[] outcomes = ReportText.floats(observed.at("outcomes"));
        double[] means = ReportText.doubles(observed.at("means"));
        for (int cell = 0; cell < rows.size() - 1; cell++) {
            List<String> row = rows.get(cell + 1);
            int unit = cell / ReportPanel.PERIODS;
            double seen = means[unit] + outcomes[cell] * observed.at("scale").number();
            int arm = ReportText.bytes(observed.at("arms")).get(cell);
            if (row.get(2).isEmpty()) {
                assertThat(seen).isNaN();
                assertThat(arm).isEqualTo(-1);
            } else {
                assertThat(seen).isCloseTo(Double.parseDouble(row.get(2)), within(1e-5));
                assertThat(arms.get(arm)).isEqualTo(row.get(3));
            }
            for (int a = 0; a < arms.size(); a++) {
                double completed = completed(report, a, unit, cell % ReportPanel.PERIODS);
                if (row.get(4 + a).isEmpty()) {
                    assertThat(completed).isNaN();
                } else {
                    assertThat(completed).isCloseTo(Double.parseDouble(row.get(4 + a)), within(1e-5));
                }
            }
        }
    }

    /** As a page computes it, from rounded loadings, factors and onsets. */
    private static double completed(ReportText report, int arm, int unit, int period) {
        JsonText packed = report.data().at("completed").elements().get(arm);
        int width = (int) packed.at("width").number();
        double scale =
                packed.at("loading_scale").number() * packed.at("factor_scale").number();
        double sum = ReportText.doubles(packed.at("means"))[unit];
        for (int k = 0; k < width; k++) {
            sum += scale
                    * ReportText.floats(packed.at("loadings"))[unit * width + k]
                    * ReportText.floats(packed.at("factors"))[k * ReportPanel.PERIODS + period];
        }
        JsonText observed = report.data().at("observed");
        if (arm > 0 && observed.has("onsets")) {
            JsonText onset = observed.at("onsets").elements().get(arm - 1);
            sum += onset.at("scale").number()
                    * ReportText.floats(onset.at("values"))[unit * ReportPanel.PERIODS + period];
        }
        return sum;
    }

    @Test
    void tilesShowArmsAndGaps() throws IOException {
        Path cells = folder.resolve("c.csv");
        ReportText report = report(true, "--cells", cells.toString());

        JsonText tiles = report.data().at("tiles");
        assertThat(tiles.at("rows").number()).isEqualTo(ReportPanel.UNITS);
        assertThat(tiles.at("columns").number()).isEqualTo(ReportPanel.PERIODS);
        int[] order = ReportText.ints(tiles.at("order"));
        assertThat(order)
                .containsExactlyInAnyOrder(IntStream.range(0, ReportPanel.UNITS).toArray());
        List<List<String>> rows = CsvText.parse(Files.readString(cells));
        for (int k = 0; k < ReportPanel.UNITS * ReportPanel.PERIODS; k++) {
            int cell = order[k / ReportPanel.PERIODS] * ReportPanel.PERIODS + k % ReportPanel.PERIODS;
            List<Integer> shares = IntStream.range(3 * k, 3 * k + 3)
                    .mapToObj(at -> Byte.toUnsignedInt(
                            ReportText.bytes(tiles.at("shares")).get(at)))
                    .toList();
            assertThat(shares)
                    .isEqualTo(
                            switch (rows.get(cell + 1).get(3)) {
                                case "high" -> List.of(255, 0, 0);
                                case "low <dose>" -> List.of(0, 255, 0);
                                case "none" -> List.of(0, 0, 0);
                                default -> List.of(0, 0, 255);
                            });
        }
    }

    @Test
    void wordsHoldTheNumbers() throws IOException {
        Path json = folder.resolve("e.json");
        ReportText report = report(false, "--output", json.toString());

        JsonText treatment = report.data().at("treatments").elements().get(0);
        JsonText average = JsonText.parse(json).at("averages").elements().get(0);
        String ate =
                String.format(Locale.ROOT, "%.3f", average.at("ate").at("value").number());
        assertThat(treatment.at("headline").text())
                .startsWith("On average, dose raises sales by " + ate + " (95\u00a0% interval ");
        assertThat(treatment.at("averages").at("att").at("value").number())
                .isEqualTo(average.at("att").at("value").number());
        double[] lower = report.column(treatment, "ate_ci_lo");
        double[] upper = report.column(treatment, "ate_ci_hi");
        long raised = IntStream.range(0, lower.length).filter(i -> lower[i] > 0).count();
        long lowered =
                IntStream.range(0, upper.length).filter(i -> upper[i] < 0).count();
        long known = IntStream.range(0, lower.length)
                .filter(i -> !Double.isNaN(lower[i]))
                .count();
        assertThat(raised).isPositive();
        assertThat(lowered).isPositive();
        assertThat(treatment.at("shares").text())
                .matches("Clearly raised in " + raised + " \\(\\d+\u00a0%\\) of " + known
                        + " units, clearly lowered in " + lowered + " \\(.*\\); in " + (known - raised - lowered)
                        + " .*the sign is open\\..*");
        assertThat(ReportText.texts(treatment.at("sentences")))
                .anyMatch(text -> text.startsWith("This is the ATE, averaged over " + known + " units"))
                .anyMatch(text -> text.contains(" of 40 units could not be estimated: ")
                        && text.contains(" never treated in a period with an outcome"));
        assertThat(report.texts("warnings"))
                .isNotEmpty()
                .isEqualTo(ReportText.texts(JsonText.parse(json).at("warnings")));
    }

    @Test
    void staggeredAdoptionIsToldByTheAtt() throws IOException {
        Path report = folder.resolve("report.html");
        Path input = PanelFile.write(
                folder,
                "p.csv",
                rows -> rows.replaceAll(row -> {
                    List<String> cells = List.of(row.split(",", -1));
                    int unit = Integer.parseInt(cells.get(0).substring(1));
                    int treated = Integer.parseInt(cells.get(1)) > 4 + unit ? 1 : 0;
                    return String.join(",", cells.subList(0, 3)) + "," + treated;
                }));

        Run run = Run.of("estimate", input.toString(), "--report", report.toString(), "--quiet");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEmpty();
        JsonText treatment =
                ReportText.read(report).data().at("treatments").elements().get(0);
        assertThat(treatment.at("headline").text()).startsWith("Where it was applied, ");
        assertThat(ReportText.texts(treatment.at("sentences")).get(0)).startsWith("This is the ATT");
    }

    @Test
    void namesAreDataAndNeverMarkup() throws Exception {
        ReportText report = report(true);

        assertThat(report.texts("names").subList(0, ReportPanel.NAMES.size())).isEqualTo(ReportPanel.NAMES);
        String library = report.page().substring(report.page().indexOf("<script>"));
        library = library.substring(0, library.indexOf("</script>"));
        String rest = report.page().replace(library, "");
        for (String unsafe : List.of("<b>", "<img", "\u2028", "\u2029", "low <dose>")) {
            assertThat(rest.contains(unsafe)).as(unsafe).isFalse();
        }
        List<String> scripts = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL)
                .matcher(report.page())
                .results()
                .map(script -> script.group(1))
                .toList();
        assertThat(scripts).hasSize(2);
        for (String script : scripts) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            assertThat(report.page().contains("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'"))
                    .isTrue();
        }
    }

    @Test
    void nothingIsLoadedFromAnywhere() throws IOException {
        ReportText report = report(true);

        String frame = Pattern.compile("<script.*?</script>", Pattern.DOTALL)
                .matcher(report.page())
                .replaceAll("");
        assertThat(frame).contains("content=\"default-src 'none'; ").doesNotContain("@import");
        assertThat(Pattern.compile("\\s(?:src|href|srcset|action|data|poster)\\s*=\\s*[\"']?([^\"'\\s>]+)")
                        .matcher(frame)
                        .results()
                        .map(link -> link.group(1))
                        .filter(link -> !link.startsWith("#") && !link.startsWith("data:")))
                .containsExactly("https://arxiv.org/abs/2605.30319");
        assertThat(Pattern.compile("url\\(").matcher(frame).results()).isEmpty();
        assertThat(frame)
                .contains(
                        "Apache License",
                        "Copyright 2017-2025 The Apache Software Foundation",
                        "Baidu Inc.",
                        "Mike Bostock");
    }

    @Test
    void theSameResultGivesTheSameBytes() throws IOException {
        report(true);
        byte[] first = Files.readAllBytes(folder.resolve("report.html"));
        report(true, "--threads", "1");
        assertThat(Files.readAllBytes(folder.resolve("report.html"))).isEqualTo(first);
    }

    @Test
    void summaryNamesTheReport() throws IOException {
        Path report = folder.resolve("report.html");
        Run run = Run.of(
                "estimate", PanelFile.write(folder, "p.csv", rows -> {}).toString(), "--report", report.toString());
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("a report to open in a browser")
                .doesNotContain("no file");
        assertThat(ReportText.read(report).data().at("observed").at("how").text())
                .isEmpty();
    }

    @Test
    void filesThatCannotBe() throws IOException {
        Path input = PanelFile.write(folder, "p.csv", rows -> {});
        Path report = Files.writeString(folder.resolve("r.html"), "earlier");
        Path link = Files.createSymbolicLink(folder.resolve("e.csv"), report);

        assertThat(rejected(input, "--report", folder.resolve("r.pdf").toString()))
                .contains("allowed: .html");
        assertThat(rejected(input, "--report", folder.resolve("no/r.html").toString()))
                .contains("there is no folder");
        assertThat(rejected(input, "--report", report.toString(), "--output", link.toString()))
                .contains("--output and --report name the same file");
        assertThat(rejected(input, "--report", report.toString(), "--cells", link.toString()))
                .contains("--cells and --report name the same file");
        assertThat(rejected(input, "--report", report.toString(), "--outcome", "wrong"))
                .contains("wrong");
        assertThat(report).hasContent("earlier");
    }

    private static String rejected(Path input, String... options) {
        List<String> arguments = new ArrayList<>(List.of("estimate", input.toString()));
        arguments.addAll(List.of(options));
        Run run = Run.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).hasLineCount(1);
        return run.err();
    }

    /** Which of the page's scripts use what could turn a text into markup. */
    @Test
    void scriptsMakeNoMarkupOfTexts() throws IOException {
        String script = report(true).page();
        script = script.substring(script.lastIndexOf("<script>"));
        assertThat(Pattern.compile("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\b|new Function")
                        .matcher(script)
                        .results()
                        .map(MatchResult::group))
                .isEmpty();
    }
}
