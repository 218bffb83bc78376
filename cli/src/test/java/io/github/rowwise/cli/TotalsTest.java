package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --scale}, {@code --totals}, {@code --value} and {@code --cost}. */
@Tag("slow")
class TotalsTest {

    private static final int UNITS = 12;
    private static final int PERIODS = 16;

    private static final String[] CHEESE = {
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

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** Unit 0 is always treated; further columns have the value and the cost of each unit, and wrong ones. */
    private Path panel() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        List<String> rows =
                new ArrayList<>(List.of("unit,time,outcome,log,treatment,margin,fee,owing,mixed,text,moving,gap"));
        for (int i = 0; i < UNITS; i++) {
            for (int j = 0; j < PERIODS; j++) {
                int arm = i == 0 ? 1 : random.nextInt(2);
                double log = 2 + i / 6.0 + 0.1 * Math.sin(j) + 0.3 * arm + 0.1 * random.nextGaussian();
                rows.add(String.join(
                        ",",
                        "u" + i,
                        "" + (j + 1),
                        "" + Math.exp(log),
                        "" + log,
                        "" + arm,
                        "" + (1 + i % 3),
                        "" + i,
                        "" + (i - 3),
                        "" + (i == 5 ? -2 : 2),
                        i == 5 ? "dear" : "2",
                        "" + (i == 5 ? j : 2),
                        i == 5 ? "" : "2"));
            }
        }
        return Files.writeString(folder.resolve("p.csv"), String.join("\n", rows) + "\n");
    }

    private Run estimate(String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("estimate", panel().toString()));
        arguments.addAll(List.of(options));
        return Run.of(arguments.toArray(String[]::new));
    }

    private JsonText json(String... options) throws IOException {
        Path output = folder.resolve("e.json");
        List<String> arguments = new ArrayList<>(List.of("--quiet", "--output", output.toString()));
        arguments.addAll(List.of(options));
        Run run = estimate(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return JsonText.parse(output);
    }

    private static JsonText inAll(JsonText document) {
        return document.at("totals").at("arms").elements().get(0);
    }

    @Test
    void percentagesOfTheCheesePanelInSummaryTableAndReport() throws IOException {
        Path table = folder.resolve("e.csv");
        Path report = folder.resolve("r.html");
        List<String> arguments = new ArrayList<>(List.of(CHEESE));
        arguments.addAll(List.of("--scale", "log", "--output", table.toString(), "--report", report.toString()));
        Run run = Run.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains(
                        "Percent of the sum of exp(log_volume) under control 24.6 % [18.9 %, 30.6 %] over treated cells")
                .contains(
                        "In all over 3,153 treated cells of 79 units 434 more treated cells of units without an estimate");
        List<String> lines = Files.readAllLines(table);
        List<String> names = List.of(lines.get(0).split(",", -1));
        assertThat(names.subList(21, names.size()))
                .containsExactly(
                        "grade",
                        "reason",
                        "ate_percent",
                        "ate_percent_ci_lo",
                        "ate_percent_ci_hi",
                        "att_percent",
                        "att_percent_ci_lo",
                        "att_percent_ci_hi",
                        "total_effect",
                        "total_effect_ci_lo",
                        "total_effect_ci_hi");
        int known = 0;
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
            String ate = cells[names.indexOf("ate")];
            String percent = cells[names.indexOf("ate_percent")];
            assertThat(percent.isEmpty()).isEqualTo(ate.isEmpty());
            if (!ate.isEmpty()) {
                known++;
                assertThat(Double.parseDouble(percent))
                        .isCloseTo(100 * (Math.exp(Double.parseDouble(ate)) - 1), within(1e-9));
                double highest = Double.parseDouble(cells[names.indexOf("ate_ci_hi")]);
                assertThat(Double.parseDouble(cells[names.indexOf("ate_percent_ci_hi")]))
                        .isCloseTo(100 * (Math.exp(highest) - 1), within(1e-9));
            }
        }
        assertThat(known).isEqualTo(79);
        assertThat(Files.readString(report))
                .contains(
                        "In percent of exp(log_volume) under control: 24.6\u00a0% (95\u00a0% interval 18.9 to 30.6\u00a0%)")
                .contains("\"total_effect_ci_lo\"");
    }

    @Test
    void worthCostAndReturn() throws IOException {
        JsonText document = json("--value", "margin", "--cost", "fee");
        assertThat(document.at("totals").at("value").text()).isEqualTo("margin");
        double worth = 0;
        double cost = 0;
        for (int i = 1; i < UNITS; i++) {
            JsonText unit = document.at("units").elements().get(i);
            double total = unit.at("n_treated").number() * unit.at("att").number();
            assertThat(unit.at("total_effect").number()).isCloseTo(total, within(1e-9));
            assertThat(unit.at("worth").number()).isCloseTo((1 + i % 3) * total, within(1e-9));
            assertThat(unit.at("cost").number())
                    .isEqualTo(i * unit.at("n_treated").number());
            assertThat(unit.at("net_return").number())
                    .isCloseTo(unit.at("worth").number() - unit.at("cost").number(), within(1e-9));
            worth += unit.at("worth").number();
            cost += unit.at("cost").number();
        }
        JsonText inAll = inAll(document);
        assertThat(inAll.at("cost").number()).isCloseTo(cost, within(1e-9));
        assertThat(inAll.at("worth").at("value").number()).isCloseTo(worth, Percentage.withPercentage(2));
        assertThat(inAll.at("return_on_cost").at("ci_lo").number())
                .isCloseTo(inAll.at("net_return").at("ci_lo").number() / cost, within(1e-9));
        assertThat(inAll.at("treated_cells_without_estimate").number()).isEqualTo(PERIODS);
        assertThat(inAll.has("percent_over_treated_cells")).isFalse();
    }

    @Test
    void numbersInPlaceOfColumns() throws IOException {
        JsonText one = inAll(json("--value", "1.5", "--cost", "2"));
        JsonText ten = inAll(json("--value", "-15", "--cost", "2"));
        assertThat(ten.at("worth").at("value").number())
                .isCloseTo(-10 * one.at("worth").at("value").number(), Percentage.withPercentage(1e-9));
        assertThat(ten.at("worth").at("ci_lo").number())
                .isCloseTo(-10 * one.at("worth").at("ci_hi").number(), Percentage.withPercentage(1e-9));
        assertThat(ten.at("cost").number())
                .isEqualTo(2 * one.at("treated_cells").number());
        Run run = estimate("--value", "1.5", "--cost", "2");
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("In all over ", " worth ", " cost ", " net return ", " return on cost ")
                .contains("net return clearly above 0 in ");
    }

    @Test
    void aLogarithmAndALevelSayTheSame() throws IOException {
        JsonText level = inAll(json("--scale", "level"));
        JsonText log = inAll(json("--scale", "log", "--outcome", "log"));
        assertThat(level.at("percent_over_treated_cells").at("value").number()).isBetween(30.0, 40.0);
        assertThat(log.at("percent_over_treated_cells").at("value").number())
                .isCloseTo(level.at("percent_over_treated_cells").at("value").number(), within(2.0));
        assertThat(log.at("total_effect").at("value").number())
                .isCloseTo(level.at("total_effect").at("value").number(), Percentage.withPercentage(5));
    }

    @Test
    void nothingIsAddedUnlessItIsAskedFor() throws IOException {
        JsonText document = json();
        assertThat(document.has("totals")).isFalse();
        assertThat(document.at("units").elements().get(1).has("total_effect")).isFalse();
        assertThat(estimate().out()).doesNotContain("In all", "Percent");
        assertThat(inAll(json("--totals")).has("worth")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--cost 3|--cost without --value; give what one unit of outcome is worth",
                "--value 2 --cost -3|--cost -3 is below 0; a cost is a number of 0 or more",
                "--value 2 --cost owing|column \"owing\": \"-3\" of unit \"u0\", period \"1\" is below 0",
                "--value mixed|column \"mixed\": -2.0 of unit \"u5\" is below 0, and 2.0 of unit \"u0\" is above",
                "--value text|column \"text\": \"dear\" of unit \"u5\", period \"1\" is not a number; --value needs",
                "--value moving|unit \"u5\" has \"0\" in period \"1\" and \"1\" in period \"2\"; --value needs a column",
                "--value 2 --cost gap|no value in any row of unit \"u5\"; --cost needs one for every unit",
                "--value worthy|worthy",
                "--scale ln|no scale \"ln\"; use log, level",
                "--value NaN|NaN",
            })
    void wrongInputLeavesNoOutput(String options, String message) throws IOException {
        Path output = folder.resolve("out.csv");
        List<String> arguments = new ArrayList<>(List.of("--output", output.toString()));
        arguments.addAll(List.of(options.split(" ")));
        Run run = estimate(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.out()).isEqualTo(2);
        assertThat(run.err()).contains(message);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(output).doesNotExist();
    }

    @Test
    void outcomesThatAreNoLogarithmsAreRejected() throws IOException {
        Path large = Files.writeString(folder.resolve("large.csv"), large(panel()));
        Path output = folder.resolve("out.csv");
        Run run = Run.of("estimate", large.toString(), "--scale", "log", "--output", output.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--scale log: unit \"u0\"", "cannot be a natural logarithm");
        assertThat(output).doesNotExist();
    }

    private static String large(Path panel) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(panel));
        IntStream.range(1, lines.size()).forEach(k -> {
            String[] cells = lines.get(k).split(",", -1);
            cells[2] = "" + 1000 * Double.parseDouble(cells[2]);
            lines.set(k, String.join(",", cells));
        });
        return String.join("\n", lines) + "\n";
    }

    @Test
    void aPanelFileHasNoColumns() throws IOException {
        Path packed = folder.resolve("p.rowwise");
        assertThat(Run.of("pack", panel().toString(), "--output", packed.toString())
                        .exitCode())
                .isZero();
        Run refused = Run.of("estimate", packed.toString(), "--value", "margin");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains("--value needs columns of a table, and a panel file keeps those of the panel");
        assertThat(Run.of("estimate", packed.toString(), "--value", "2", "--scale", "level")
                        .exitCode())
                .isZero();
    }

    @Test
    void groupsThatDecideTreatmentWidenTotals() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        List<String> rows = new ArrayList<>(List.of("unit,time,outcome,treatment,chain"));
        double[][] events = new double[6][PERIODS];
        int[][] arms = new int[6][PERIODS];
        for (int chain = 0; chain < 6; chain++) {
            for (int j = 0; j < PERIODS; j++) {
                arms[chain][j] = random.nextInt(2);
                events[chain][j] = 0.3 * random.nextGaussian();
            }
        }
        for (int i = 0; i < 24; i++) {
            for (int j = 0; j < PERIODS; j++) {
                double outcome = 5 + arms[i % 6][j] + events[i % 6][j] + 0.1 * random.nextGaussian();
                rows.add("u" + i + "," + j + "," + outcome + "," + arms[i % 6][j] + ",chain " + i % 6);
            }
        }
        Path input = Files.writeString(folder.resolve("g.csv"), String.join("\n", rows) + "\n");
        Path output = folder.resolve("g.json");
        String[] arguments = {"estimate", input.toString(), "--totals", "--quiet", "--output", output.toString()};
        assertThat(Run.of(arguments).exitCode()).isZero();
        JsonText byUnit = inAll(JsonText.parse(output)).at("total_effect");
        List<String> more = new ArrayList<>(List.of(arguments));
        more.addAll(List.of("--group", "chain"));
        assertThat(Run.of(more.toArray(String[]::new)).exitCode()).isZero();
        JsonText byGroup = inAll(JsonText.parse(output)).at("total_effect");
        assertThat(byGroup.at("value").number())
                .isCloseTo(byUnit.at("value").number(), Percentage.withPercentage(1e-6));
        assertThat(byGroup.at("ci_hi").number() - byGroup.at("ci_lo").number())
                .isGreaterThan(
                        1.5 * (byUnit.at("ci_hi").number() - byUnit.at("ci_lo").number()));
    }
}
