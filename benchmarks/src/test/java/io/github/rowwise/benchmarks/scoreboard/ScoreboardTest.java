package io.github.rowwise.benchmarks.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.benchmarks.scoreboard.PlantedPanel.Assignment;
import io.github.rowwise.benchmarks.scoreboard.PlantedPanel.Course;
import io.github.rowwise.panel.Panel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScoreboardTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static String printed(Consumer<PrintStream> what) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        what.accept(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Levels, two factors and a little noise. */
    private static BaseOutcomes base(int units, int periods, double noise) {
        Random random = new Random(3);
        double[][] outcomes = new double[units][periods];
        for (int i = 0; i < units; i++) {
            double level = random.nextGaussian();
            double slope = random.nextGaussian();
            double wave = random.nextGaussian();
            for (int j = 0; j < periods; j++) {
                outcomes[i][j] = level
                        + 3 * slope * j / periods
                        + wave * Math.sin(j)
                        + Math.cos(2 * j)
                        + noise * random.nextGaussian();
            }
        }
        return new BaseOutcomes(
                "simulated", IntStream.range(0, units).mapToObj(i -> "u" + i).toList(), outcomes);
    }

    @Test
    void theFactorModelIsScoredNextToOthers() {
        String table = printed(out -> new Scoreboard(out, 1).print(List.of(base(24, 20, 0.1))));
        List<String> rows =
                table.lines().filter(line -> line.startsWith("| sim")).toList();
        assertThat(rows).hasSize(4 + 3);
        assertThat(rows.get(0)).startsWith("| simulated | 24 x 20 | none | ");
        assertThat(rows).allMatch(row -> row.contains("**"));
        assertThat(table).contains("| SDID | 4 | ", "| MC | 7 | ", "| factor model | 7 | ");
    }

    @ParameterizedTest
    @EnumSource(Assignment.class)
    void theTruthIsWhatWasAdded(Assignment assignment) {
        BaseOutcomes base = base(30, 20, 0.1);
        PlantedPanel planted = PlantedPanel.draw(base, assignment, Course.WEARS_OFF, 5);
        Panel panel = planted.panel();
        int treated = 0;
        for (int i = 0; i < 30; i++) {
            double sum = 0;
            int cells = 0;
            for (int j = 0; j < 20; j++) {
                double added = panel.outcome(i, j) - base.outcomes()[i][j];
                cells += panel.arm(i, j);
                sum += added;
                assertThat(panel.arm(i, j) == 1 || added == 0).isTrue();
            }
            treated += cells;
            if (cells == 0) {
                assertThat(planted.atts()[i]).isNaN();
            } else {
                assertThat(planted.atts()[i]).isCloseTo(sum / cells, within(1e-12));
            }
        }
        assertThat(treated).isBetween(20, 450);
        assertThat(PlantedPanel.draw(base, assignment, Course.WEARS_OFF, 5).atts())
                .isEqualTo(planted.atts());
    }

    @Test
    void simplexWeightsMeetTheConditionsOfAMinimum() {
        Random random = new Random(2);
        for (double ridge : new double[] {0, 0.5}) {
            double[][] columns = new double[12][8];
            double[] target = new double[8];
            for (int j = 0; j < 8; j++) {
                target[j] = random.nextGaussian();
                for (double[] column : columns) {
                    column[j] = random.nextGaussian();
                }
            }
            double[] weights = SimplexRegression.weights(columns, target, ridge);
            double[] gradient = new double[12];
            double sum = 0;
            for (int a = 0; a < 12; a++) {
                sum += weights[a];
                gradient[a] = ridge * weights[a];
                for (int j = 0; j < 8; j++) {
                    double residual = -target[j];
                    for (int b = 0; b < 12; b++) {
                        residual += weights[b] * columns[b][j];
                    }
                    gradient[a] += residual * columns[a][j];
                }
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
            double least = Arrays.stream(gradient).min().orElseThrow();
            for (int a = 0; a < 12; a++) {
                assertThat(weights[a]).isNotNegative();
                assertThat(weights[a] < 1e-4 || gradient[a] - least < 1e-2).isTrue();
            }
        }
    }

    @Test
    void comparisonsAreExactWhereTheirModelHolds() {
        // Unit 3 is half of unit 0 and half of unit 1, unit 4 is unit 2 and 5; their effects are 2 and -1.
        double[][] outcomes = new double[5][12];
        int[][] arms = new int[5][12];
        for (int j = 0; j < 12; j++) {
            outcomes[0][j] = Math.sin(j);
            outcomes[1][j] = Math.cos(2 * j) + j;
            outcomes[2][j] = Math.sin(3 * j) - j;
            outcomes[3][j] = (outcomes[0][j] + outcomes[1][j]) / 2 + (j >= 8 ? 2 : 0);
            outcomes[4][j] = outcomes[2][j] + 5 - (j >= 9 ? 1 : 0);
            arms[3][j] = j >= 8 ? 1 : 0;
            arms[4][j] = j >= 9 ? 1 : 0;
        }
        Panel panel = Panel.of(
                outcomes,
                arms,
                List.of("a", "b", "c", "d", "e"),
                IntStream.range(0, 12).mapToObj(Integer::toString).toList());

        double[] synthetic = NeverTreated.syntheticControl(panel);
        assertThat(synthetic[3]).isCloseTo(2, within(1e-2));
        assertThat(synthetic[0]).isNaN();
        double[] additive = NeverTreated.differenceInDifferences(additive());
        assertThat(additive[2]).isCloseTo(3, within(1e-12));
        assertThat(NeverTreated.syntheticDifferenceInDifferences(additive())[2]).isCloseTo(3, within(1e-9));
        assertThat(MatrixCompletion.atts(additive(), 1)[2]).isCloseTo(3, within(0.05));
    }

    private static Panel additive() {
        double[][] outcomes = new double[3][10];
        int[][] arms = new int[3][10];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 10; j++) {
                arms[i][j] = i == 2 && j >= 6 ? 1 : 0;
                outcomes[i][j] = 7 * i + Math.sin(j) + 3 * arms[i][j];
            }
        }
        return Panel.of(
                outcomes,
                arms,
                List.of("a", "b", "c"),
                IntStream.range(0, 10).mapToObj(Integer::toString).toList());
    }

    @Test
    void matrixCompletionFindsFactors() {
        BaseOutcomes base = base(40, 30, 0.05);
        PlantedPanel planted = PlantedPanel.draw(base, Assignment.LATENT, Course.CONSTANT, 1);
        assertThat(UnitScore.of(MatrixCompletion.atts(planted.panel(), 1), planted.atts(), 0)
                        .accuracy()
                        .rmse())
                .isLessThan(0.3 * base.spread());
    }

    @Test
    void anyTablesEstimatesAreScored() throws IOException {
        Path truth = Files.writeString(folder.resolve("truth.csv"), "unit,att\na,1\nb,2\nc,3\nd,\n");
        Path estimates = Files.writeString(
                folder.resolve("estimates.csv"), "unit,att,att_ci_lo,att_ci_hi\nc,3.5,3.2,3.8\na,1,0,2\nb,NA,,\n");
        assertThat(printed(out -> ScoreOfEstimates.print(out, truth, estimates, "att")))
                .contains(
                        "estimate   2 of 4",
                        "RMSE                                 0.353553",
                        "coverage                             0.5000",
                        // Widths 2 and 0.6, and 40 times 0.2.
                        "score, as of 95 %      5.30000");
        assertThatThrownBy(() -> ScoreOfEstimates.print(System.out, truth, estimates, "ate"))
                .hasMessageContaining("has no column ate; columns: unit, att");
        Path twice = Files.writeString(folder.resolve("twice.csv"), "unit,att\na,1\na,2\n");
        assertThatThrownBy(() -> ScoreOfEstimates.print(System.out, truth, twice, "att"))
                .hasMessageContaining("two rows for the unit a");
    }
}
