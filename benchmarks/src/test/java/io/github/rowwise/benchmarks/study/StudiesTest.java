package io.github.rowwise.benchmarks.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.panel.Panel;
import io.github.rowwise.simulation.PanelSimulation;
import io.github.rowwise.simulation.SimulatedPanel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The studies' figures are correct and their tables complete. */
@Tag("slow")
class StudiesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static List<String> lines(Consumer<PrintStream> study) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        study.accept(new PrintStream(printed, true, StandardCharsets.UTF_8));
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static String column(String row, int column) {
        return row.split("\\|", -1)[column + 1].strip();
    }

    @Test
    void tablesHaveARowForEveryAssignmentNoiseAndMethod() {
        try (Draws parallel = new Draws(900)) {
            List<String> effects = lines(out -> new AccuracyHarness(out, 1, 30).effects(parallel));
            assertThat(effects).hasSize(2 + 6 * 4 * 5);
            assertThat(effects)
                    .allMatch(row -> row.chars().filter(c -> c == '|').count() == 12);
            List<String> discoveries = lines(out -> new AccuracyHarness(out, 1, 30).discoveries(parallel));
            assertThat(discoveries).hasSize(3 + 2 + 6 * 4 * 3);
            assertThat(lines(out -> new RankLimitStudy(out, 1, 30).limits(parallel)))
                    .hasSize(2 + 6 * 3);
        }
    }

    @Test
    void averagesByGroupHaveARowForEveryDesign() {
        try (Draws parallel = new Draws(7200)) {
            List<String> byGroup = lines(out -> new GroupStudy(out, 2).treatmentByGroup(parallel));
            assertThat(byGroup).hasSize(2 + 4);
            assertThat(byGroup.get(2)).startsWith("| 12 of 10 units | iid |");
            assertThat(Double.parseDouble(column(byGroup.get(2), 5))).isGreaterThan(2);
            assertThat(lines(out -> new GroupStudy(out, 1).treatmentByUnit(parallel)))
                    .hasSize(2 + 2);
        }
    }

    @Test
    void checksHaveARowForEveryDesignAndFindWhatLeaks() {
        List<String> rows = lines(out -> new CheckStudy(out, 2).rejections());

        assertThat(rows).hasSize(2 + 3 + 3 + 2 + 2);
        assertThat(rows.get(3)).startsWith("| blocks | iid | anticipation |");
        assertThat(Double.parseDouble(column(rows.get(3), 4))).isEqualTo(1);
        assertThat(Double.parseDouble(column(rows.get(4), 5))).isEqualTo(1);
    }

    @Test
    void exponentsAreFittedOnLogarithms() throws Exception {
        double[] x = {1, 10, 30, 700};
        double[] y = Arrays.stream(x).map(value -> 3 * Math.pow(value, 1.7)).toArray();
        assertThat(ScaleStudy.slope(x, y)).isCloseTo(1.7, within(1e-12));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        new ScaleStudy(new PrintStream(printed, true, StandardCharsets.UTF_8)).print(200);
        List<String> rows = printed.toString(StandardCharsets.UTF_8).lines().toList();
        // Six numbers of units and of periods, eight ranks, five limits, four numbers of arms; then two exponents.
        assertThat(rows).hasSize(2 + 6 + 6 + 8 + 5 + 4 + 1 + 2 + 2);
        assertThat(rows)
                .filteredOn(row -> row.startsWith("| arms |"))
                .allMatch(row -> Integer.parseInt(column(row, 3 + 1)) > 5);
        assertThat(rows.get(2)).startsWith("| units | 12 | 2400 |");
    }

    @Test
    void tablesExceptTimesDoNotDependOnTheThreads() {
        List<List<String>> tables = List.of(1, 2).stream()
                .map(threads -> {
                    try (Draws parallel = new Draws(900, threads)) {
                        return lines(out -> new AccuracyHarness(out, 3, 24).effects(parallel)).stream()
                                .map(row -> row.replaceFirst("[^|]*\\|$", ""))
                                .toList();
                    }
                })
                .toList();
        assertThat(tables.get(0)).isEqualTo(tables.get(1));
    }

    @Test
    void smallDrawsRunInParallelAndLargeOnesOneAfterAnother() {
        try (Draws small = new Draws(40_000, 2);
                Draws large = new Draws(1_000_000, 2)) {
            assertThat(small.threadsPerFit()).isEqualTo(1);
            assertThat(large.threadsPerFit()).isEqualTo(2);
            assertThat(small.run(50, draw -> draw)).hasSize(50).isSorted().startsWith(1);
            assertThatThrownBy(() -> small.run(2, draw -> {
                        throw new IllegalArgumentException("no such panel");
                    }))
                    .hasRootCauseMessage("no such panel");
        }
    }

    /** The treated outcomes of the units without an effect are the untreated ones of the same draw. */
    @Test
    void everySecondUnitHasNoEffect() {
        PanelSimulation simulation =
                PanelSimulation.withDefaults().withSize(6, 40).withNoise(0);
        SimulatedPanel simulated = simulation.generate();
        Panel half = Discoveries.halved(simulated);
        Panel none = simulation.withEffect(0, 0).generate().panel();
        for (int unit = 0; unit < 6; unit++) {
            Panel expected = unit % 2 == 0 ? none : simulated.panel();
            for (int period = 0; period < 40; period++) {
                assertThat(half.arm(unit, period)).isEqualTo(expected.arm(unit, period));
                assertThat(half.outcome(unit, period)).isCloseTo(expected.outcome(unit, period), within(1e-12));
            }
        }
    }

    @Test
    void discoveriesAreCountedByKind() {
        SimulatedPanel simulated =
                PanelSimulation.withDefaults().withSize(40, 60).withEffect(3, 0).generate();
        // Effects of six times the noise are discovered, also in the panel that is declared to have none.
        assertThat(Discoveries.of(simulated.panel(), simulated, 1).get("Algorithm 1, centred"))
                .satisfies(all -> assertThat(all.falseRateNone()).isEqualTo(1))
                .satisfies(all -> assertThat(all.found()).isGreaterThan(0.9))
                .satisfies(all -> assertThat(all.falseRateHalf()).isLessThan(0.5));
    }

    @Test
    void panelsAreScoredAgainstTheirTrueEffects() throws IOException {
        SimulatedPanel simulated = PanelSimulation.withDefaults()
                .withSize(20, 30)
                .withRank(0)
                .withNoise(0.01)
                .withEffect(2, 0.5)
                .generate();
        Path panel = folder.resolve("p.csv.gz");
        try (Writer writer =
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(panel)), StandardCharsets.UTF_8)) {
            writer.write("unit,time,outcome,treatment\n");
            for (int unit = 0; unit < 20; unit++) {
                for (int period = 0; period < 30; period++) {
                    writer.write("\"unit, " + unit + "\"," + period + ","
                            + simulated.panel().outcome(unit, period) + ","
                            + simulated.panel().arm(unit, period) + "\n");
                }
            }
        }
        StringBuilder truth = new StringBuilder("unit,n_treated,n_control,true_ate,true_att\n");
        for (int unit = 19; unit >= 0; unit--) {
            truth.append("\"unit, " + unit + "\",0,0," + (simulated.ate()[unit] + 7) + ","
                    + simulated.att()[unit] + "\n");
        }
        Path truths = Files.writeString(folder.resolve("p.truth.csv"), truth);

        List<String> rows = lines(out -> new PanelStudy(out).score(panel, truths));

        assertThat(rows).hasSize(2 * 5);
        assertThat(rows.get(4)).startsWith("| p | 20 x 30 | ATE | factor model |");
        assertThat(Double.parseDouble(column(rows.get(4), 4))).isCloseTo(-7, within(0.2));
        assertThat(column(rows.get(4), 6)).as("no matrix is known").isEmpty();
        assertThat(Integer.parseInt(column(rows.get(4), 10))).as("passes").isPositive();
        assertThat(rows.get(5)).contains("| ATT | difference of means |");
        assertThat(Double.parseDouble(column(rows.get(9), 5))).as("RMSE").isLessThan(0.1);
        Files.writeString(truths, "unit,true_ate,true_att\nnobody,1,1\n");
        assertThatThrownBy(() -> lines(out -> new PanelStudy(out).score(panel, truths)))
                .hasMessageContaining("nobody");
        assertThat(Arrays.asList(column(rows.get(0), 0), column(rows.get(0), 3)))
                .containsExactly("p", "difference of means");
    }
}
