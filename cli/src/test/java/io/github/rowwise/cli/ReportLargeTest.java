package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.rowwise.RankRule;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.cli.input.PanelColumns;
import io.github.rowwise.cli.input.PanelOrigin;
import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.input.panel.MissingCells;
import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.Diagnosis;
import io.github.rowwise.cli.output.OutputFile;
import io.github.rowwise.cli.report.ReportFile;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.linalg.Backends;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.simulation.PanelSimulation;
import io.github.rowwise.tables.AddedColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of a panel of 10,000 units and 500 periods. */
@Tag("slow")
class ReportLargeTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    private static Path report = Path.of("");

    /** Eight factors are the most that the factor model keeps by default. */
    @BeforeAll
    static void write() {
        report = folder.resolve("report.html");
        Panel panel =
                PanelSimulation.withDefaults().withSize(10_000, 500).generate().panel();
        UnitEffects effects =
                SpectralEstimator.withDefaults().withRank(RankRule.fixed(8)).fit(panel);
        PanelInput input = new PanelInput(
                panel,
                null,
                new PanelSource(
                        PanelOrigin.file(Path.of("p.csv")),
                        new PanelColumns("unit", "time", "outcome", "treatment"),
                        null,
                        null,
                        OutcomeStorage.DOUBLE),
                5_000_000,
                "whole numbers",
                new MissingCells(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, new TreeMap<>()),
                List.of(),
                List.of(),
                List.of(),
                0);
        OutputFile output = OutputFile.check("--report", report, null, ReportFile.FORMATS);
        ReportFile.write(output, effects, Diagnosis.of(effects, null, Backends.select(), 1), input, AddedColumns.NONE);
    }

    @Test
    void theFileIsBelowSixMegabytes() throws IOException {
        assertThat(Files.size(report)).isBetween(4_000_000L, 6_000_000L);
        ReportText read = ReportText.read(report);
        assertThat(read.texts("names")).hasSize(10_000);
        assertThat(ReportText.ints(read.data().at("observed").at("units"))).hasSizeBetween(80, 2_000);
        assertThat(read.data().at("observed").at("how").text()).contains(" of 10,000 units", "--cells FILE");
    }

    /** The limits are far above what it takes, for a machine that does something else as well. */
    @Test
    void itOpensAndAnswersAtOnce() throws IOException, InterruptedException {
        Optional<Path> executable = Chromium.find();
        assumeThat(executable)
                .as("no Chromium on the path, so nobody opened the report; install it or set ROWWISE_CHROMIUM")
                .isPresent();
        Chromium browser = Chromium.start(executable.orElseThrow(), Files.createDirectory(folder.resolve("profile")));
        try {
            browser.open(report, 1280, 900);

            assertThat(browser.number("performance.getEntriesByName('units')[0].startTime"))
                    .isLessThan(10_000);
            assertThat(browser.number("document.querySelectorAll('#table tr[data-unit]').length"))
                    .isLessThan(60);
            for (String action : List.of(
                    "document.querySelectorAll('#table tr[data-unit]')[3].click()",
                    "document.querySelector('#table th[data-key=name] button').click()",
                    "(() => { const box = document.getElementById('search'); box.value = '77'; box.dispatchEvent(new"
                            + " Event('input')); })()")) {
                assertThat(browser.number("(async () => { const start = performance.now(); " + action
                                + "; await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));"
                                + " return performance.now() - start; })()"))
                        .as(action)
                        .isLessThan(3_000);
            }
            assertThat(browser.text("document.getElementById('count').textContent"))
                    .matches("\\d+ of 10,000 units\\.");
            assertThat(browser.messages).isEmpty();
        } finally {
            browser.stop();
        }
    }
}
