package io.github.rowwise.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.Panel;
import io.github.rowwise.PanelSimulation;
import io.github.rowwise.RankRule;
import io.github.rowwise.RowScaledSpectralEstimator;
import io.github.rowwise.UnitEffects;
import io.github.rowwise.cli.input.LeftOut;
import io.github.rowwise.cli.input.PanelColumns;
import io.github.rowwise.cli.input.PanelInput;
import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.output.Diagnosis;
import io.github.rowwise.cli.output.OutputFile;
import io.github.rowwise.linalg.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports of large panels stay small enough to open. */
class ReportSizeTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static UnitEffects fit(int units, int periods, int rank) {
        Panel panel = PanelSimulation.withDefaults()
                .withSize(units, periods)
                .generate()
                .panel();
        return RowScaledSpectralEstimator.withDefaults()
                .withRank(RankRule.fixed(rank))
                .fit(panel);
    }

    private long size(UnitEffects effects) throws IOException {
        Path file = folder.resolve("report.html");
        PanelInput input = new PanelInput(
                effects.panel(),
                new PanelSource(Path.of("p.csv"), new PanelColumns("unit", "time", "outcome", "treatment"), null, null),
                1,
                "whole numbers",
                new LeftOut(0, 0, 0, 0, 0),
                List.of(),
                0);
        OutputFile output = OutputFile.check("--report", file, null, ReportFile.FORMATS);
        ReportFile.write(output, effects, Diagnosis.of(effects, null, Backends.select(), 1), input, false);
        return Files.size(file);
    }

    /** Eight factors are the most that the factor model keeps by default. */
    @Test
    void tenThousandUnitsAndFiveHundredPeriods() throws IOException {
        assertThat(size(fit(10_000, 500, 8))).isBetween(4_000_000L, 6_000_000L);
    }

    @Test
    void moreUnitsThanATableHolds() {
        UnitEffects effects = fit(25_000, 12, 1);
        Selection selection = new Selection(effects);

        int[] listed = selection.listed();
        int[] observed = selection.observed(listed, 5_500_000);

        assertThat(listed)
                .hasSizeBetween(19_000, Selection.MOST_ROWS)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(observed).hasSizeBetween(2_500, 40_000 / 12).isSorted().doesNotHaveDuplicates();
        assertThat(listed).contains(observed);
        assertThat(observed).contains(extremes(effects));
    }

    /** The hundred highest and the hundred lowest units. */
    private static int[] extremes(UnitEffects effects) {
        double[] ates = effects.units().stream()
                .mapToDouble(unit -> unit.ate().isAvailable() ? unit.ate().value() : Double.NaN)
                .toArray();
        double[] known =
                Arrays.stream(ates).filter(ate -> !Double.isNaN(ate)).sorted().toArray();
        return IntStream.range(0, ates.length)
                .filter(unit -> ates[unit] <= known[99] || ates[unit] >= known[known.length - 100])
                .toArray();
    }
}
