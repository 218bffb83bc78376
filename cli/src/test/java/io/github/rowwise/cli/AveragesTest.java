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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --weights}, {@code --group} and {@code --average-over}. */
@Tag("slow")
class AveragesTest {

    private static final int UNITS = 24;
    private static final int PERIODS = 20;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /**
     * Units of six chains in two regions. With a treatment that is decided by chain, each chain has events of its own.
     */
    private Path panel(boolean isByChain) throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        int[][] arms = new int[6][PERIODS];
        double[][] events = new double[6][PERIODS];
        for (int chain = 0; chain < 6; chain++) {
            for (int j = 0; j < PERIODS; j++) {
                arms[chain][j] = random.nextInt(2);
                events[chain][j] = isByChain ? 0.3 * random.nextGaussian() : 0;
            }
        }
        List<String> rows = new ArrayList<>(List.of("unit,time,outcome,treatment,size,chain,region"));
        for (int i = 0; i < UNITS; i++) {
            int chain = i % 6;
            for (int j = 0; j < PERIODS; j++) {
                int arm = isByChain ? arms[chain][j] : random.nextInt(2);
                double effect = 1 + chain % 2;
                double outcome = i / 4.0 + j / 5.0 + arm * effect + events[chain][j] + 0.1 * random.nextGaussian();
                rows.add("u" + i + "," + (j + 1) + "," + outcome + "," + arm + "," + (1 + i) + ",chain " + chain + ","
                        + (chain % 2 == 0 ? "north" : "south"));
            }
        }
        return Files.writeString(folder.resolve("p.csv"), String.join("\n", rows) + "\n");
    }

    private JsonText json(Path input, String... options) throws IOException {
        Path output = folder.resolve("e.json");
        List<String> arguments =
                new ArrayList<>(List.of("estimate", input.toString(), "--output", output.toString(), "--quiet"));
        arguments.addAll(List.of(options));
        Run run = Run.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return JsonText.parse(output);
    }

    private static Run estimate(Path input, String... options) {
        List<String> arguments = new ArrayList<>(List.of("estimate", input.toString()));
        arguments.addAll(List.of(options));
        return Run.of(arguments.toArray(String[]::new));
    }

    private static String rejected(Path input, String... options) {
        Run run = estimate(input, options);
        assertThat(run.exitCode()).as(run.out()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(1);
        return run.err();
    }

    @Test
    void weightsAverageTheUnitsThatStayTheSame() throws IOException {
        Path input = panel(false);
        JsonText equal = json(input);
        JsonText weighted = json(input, "--weights", "size");
        assertThat(weighted.at("units")).isEqualTo(equal.at("units"));
        double sum = 0;
        double total = 0;
        for (int i = 0; i < UNITS; i++) {
            double ate = weighted.at("units").elements().get(i).at("ate").number();
            sum += (1 + i) * ate;
            total += 1 + i;
        }
        JsonText ate = weighted.at("averages").elements().get(0).at("ate");
        assertThat(ate.at("value").number()).isCloseTo(sum / total, within(1e-9));
        assertThat(ate.at("value").number())
                .isNotCloseTo(
                        equal.at("averages")
                                .elements()
                                .get(0)
                                .at("ate")
                                .at("value")
                                .number(),
                        within(1e-4));
        assertThat(weighted.at("weights").text()).isEqualTo("size");
        Run run = estimate(input, "--weights", "size");
        assertThat(run.out().replaceAll("\\s+", " ")).contains("averaged over 24 units weighted by size");
    }

    @Test
    void groupsOfUnitsThatAreTreatedApart() throws IOException {
        Path input = panel(false);
        Run run = estimate(input, "--group", "region");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("Groups of region: ATE, and minus that of all other units south 1.99 [ 1.9")
                .doesNotContain("treatment was decided", "units of variation");
        assertThat(estimate(input, "--group", "chain").out().replaceAll("\\s+", " "))
                .contains("with the 6 groups of chain as the units of variation, ATE 1.49 [0.9");
        JsonText groups =
                json(input, "--group", "region", "--group-base", "north").at("groups");
        assertThat(groups.at("column").text()).isEqualTo("region");
        assertThat(groups.at("base").text()).isEqualTo("north");
        assertThat(groups.at("treatment_by_group").value()).isEqualTo(false);
        JsonText arm = groups.at("arms").elements().get(0);
        JsonText south = arm.at("groups").elements().get(1);
        assertThat(south.at("group").text()).isEqualTo("south");
        assertThat(south.at("averages").at("units").number()).isEqualTo(12);
        assertThat(south.at("averages").at("ate").at("value").number()).isCloseTo(2, within(0.1));
        assertThat(south.at("contrast").at("ate").at("value").number()).isCloseTo(1, within(0.1));
        assertThat(arm.at("groups").elements().get(0).at("contrast").value()).isNull();
    }

    @Test
    void groupsThatDecideTreatmentAreTheUnitsOfVariation() throws IOException {
        Path input = panel(true);
        String without = estimate(input).out().replaceAll("\\s+", " ");
        Run run = estimate(
                input, "--group", "chain", "--average-over", "time > 10", "--average-over", "chain = 'chain 2'");
        assertThat(run.exitCode()).as(run.err()).isZero();
        String text = run.out().replaceAll("\\s+", " ");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(text)
                .contains(
                        "treatment was decided by chain, so these intervals take its 6 groups as the units of variation")
                .contains("these intervals are for the effect on a group and whatever else came with its treatment")
                .contains("Over time > 10: 240 cells, 24 units ATE")
                .contains(
                        "Over chain = 'chain 2': 80 cells, 4 units, intervals by unit because the cells are of one group")
                .doesNotContain("far too short");
        if (without.contains("treatment looks decided")) {
            assertThat(without).contains("--group COLUMN names the column of the groups");
        }
        JsonText arm = json(input, "--group", "chain")
                .at("groups")
                .at("arms")
                .elements()
                .get(0);
        assertThat(arm.at("overall_by_group").at("ate").at("se").number())
                .isGreaterThan(3 * arm.at("overall").at("ate").at("se").number());
    }

    @Test
    void averagesOverCells() throws IOException {
        Path input = panel(false);
        JsonText over = json(
                        input,
                        "--average-over",
                        "region = 'south' AND time BETWEEN 5 AND 8",
                        "--average-over",
                        "true",
                        "--average-over",
                        "true")
                .at("averages_over");
        assertThat(over.elements()).hasSize(2);
        JsonText some = over.elements().get(0);
        assertThat(some.at("condition").text()).isEqualTo("region = 'south' AND time BETWEEN 5 AND 8");
        assertThat(some.at("cells").number()).isEqualTo(48);
        JsonText averages = some.at("averages").elements().get(0);
        assertThat(averages.at("units").number()).isEqualTo(12);
        assertThat(averages.at("ate").at("value").number()).isCloseTo(2, within(0.2));
        assertThat(averages.at("att").at("se").number()).isPositive();
        JsonText all = over.elements().get(1).at("averages").elements().get(0);
        JsonText overall = json(input).at("averages").elements().get(0);
        assertThat(all.at("ate").at("value").number())
                .isCloseTo(overall.at("ate").at("value").number(), within(1e-10));
        assertThat(all.at("att").at("se").number())
                .isCloseTo(overall.at("att").at("se").number(), within(1e-10));
    }

    @Test
    void rowsThatAreExcludedAreNotAveragedOver() throws IOException {
        JsonText over = json(panel(false), "--where", "time <= 10", "--average-over", "time > 5")
                .at("averages_over");
        assertThat(over.elements().get(0).at("cells").number()).isEqualTo(5 * UNITS);
    }

    @Test
    void theReportHasThem() throws IOException {
        Path report = folder.resolve("r.html");
        Run run = estimate(
                panel(true),
                "--group",
                "chain",
                "--weights",
                "size",
                "--average-over",
                "time > 10",
                "--report",
                report.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonText data = ReportText.read(report).data();
        assertThat(data.at("weighting").text()).isEqualTo("weighted by size");
        assertThat(data.at("groups").at("column").text()).isEqualTo("chain");
        JsonText treatment = data.at("treatments").elements().get(0);
        assertThat(treatment.at("groups").elements()).hasSize(6);
        assertThat(treatment.at("groups").elements().get(2).at("name").text()).isEqualTo("chain 2");
        assertThat(treatment.at("over_cells").elements().get(0).at("cells").number())
                .isEqualTo(240);
        assertThat(treatment.at("averages").at("ate").at("se").number())
                .isEqualTo(treatment.at("overall_by_group").at("ate").at("se").number());
        assertThat(treatment.at("caveat").text()).isEmpty();
        assertThat(String.join(
                        " ",
                        treatment.at("sentences").elements().stream()
                                .map(JsonText::text)
                                .toList()))
                .contains("Treatment was decided by chain", "weighted by size", "which is too sure");
    }

    @Test
    void wrongInput() throws IOException {
        Path input = panel(false);
        Path negative = Files.writeString(
                folder.resolve("n.csv"), Files.readString(input).replace(",3,chain 2,", ",-3,chain 2,"));
        assertThat(rejected(negative, "--weights", "size"))
                .contains("n.csv, line 42, column \"size\": \"-3\" of unit \"u2\", period \"1\" is not above 0");
        assertThat(rejected(input, "--weights", "time"))
                .contains("p.csv, lines 2 and 3, column \"time\": unit \"u0\" has \"1\" in period \"1\" and \"2\"");
        assertThat(rejected(input, "--weights", "region")).contains("\"north\" of unit \"u0\"", "is not a number");
        assertThat(rejected(input, "--group", "chains")).contains("no column \"chains\"; name it with --group");
        assertThat(rejected(input, "--group", "time")).contains("--group needs a column with one value per unit");
        assertThat(rejected(input, "--group", "unit")).contains("each of the 24 units has a group of its own");
        assertThat(rejected(input, "--group", "region", "--where", "region = 'north'"))
                .contains("all units are in the group \"north\"; --group needs two groups or more");
        assertThat(rejected(input, "--group", "region", "--group-base", "nort"))
                .contains("no group \"nort\" for --group-base. Groups: north, south");
        assertThat(rejected(input, "--group-base", "north")).contains("--group-base without --group");
        assertThat(rejected(input, "--average-over", "time > 99"))
                .contains("no row meets the condition --average-over \"time > 99\"");
        assertThat(rejected(input, "--average-over", "time > 9; DROP TABLE input"))
                .contains("--average-over \"time > 9; DROP TABLE input\"");
        assertThat(rejected(input, "--average-over", "tme > 9")).contains("--average-over \"tme > 9\"");
        assertThat(rejected(input, "--average-over", "random() > 0.5")).contains("does not depend on the row only");
    }

    @Test
    void inputWithoutFurtherColumns() throws IOException {
        Path input = panel(false);
        Path packed = folder.resolve("p.rowwise");
        assertThat(Run.of("pack", input.toString(), "--output", packed.toString())
                        .exitCode())
                .isZero();
        assertThat(rejected(packed, "--group", "region"))
                .contains("--group needs columns of a table", "estimate from the table");
        Path outcomes = Files.writeString(folder.resolve("y.csv"), "unit,1,2\na,1,2\nb,2,3\n");
        Path treatments = Files.writeString(folder.resolve("t.csv"), "unit,1,2\na,0,1\nb,1,0\n");
        assertThat(rejected(outcomes, "--treatments", treatments.toString(), "--weights", "size"))
                .contains("--weights needs a table with one row per unit and period");
    }

    @Test
    void manyGroupsAreShortened() throws IOException {
        Path input = panel(false);
        List<String> rows = new ArrayList<>(Files.readAllLines(input));
        List<String> wide = IntStream.range(0, rows.size())
                .mapToObj(k -> rows.get(k) + (k == 0 ? ",pair" : ",pair " + (k - 1) / PERIODS % 16))
                .toList();
        Files.write(input, wide);
        String text = estimate(input, "--group", "pair").out();
        assertThat(text).contains("... 4 groups between, which JSON and the report have");
    }
}
