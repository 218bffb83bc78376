package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.Noise;
import io.github.rowwise.RankRule;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.diagnostics.FitDiagnostics;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelDiagnostics;
import io.github.rowwise.panel.Warning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Summary, JSON, report and inspection have the warnings of the library, with the program's options added. */
class AllWarningsTest {

    private static final SpectralEstimator SPECTRAL =
            SpectralEstimator.withDefaults().withRank(RankRule.fixed(1));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /**
     * Random walks, treated more often in some periods than in others; one unit never comes back from treatment. There are many
     * periods, because the walks' slow part counts as trends of the units.
     */
    private static List<String> rows() {
        SplittableRandom random = new SplittableRandom(4);
        List<String> rows = new ArrayList<>();
        for (int unit = 0; unit < 20; unit++) {
            double walk = 0;
            for (int period = 1; period <= 300; period++) {
                walk += random.nextGaussian();
                boolean isTreated = unit == 7 ? period > 200 : random.nextDouble() < (period / 10 % 2 == 0 ? 0.8 : 0.2);
                rows.add("u" + unit + "," + period + "," + walk + "," + (isTreated ? 1 : 0));
            }
        }
        return rows;
    }

    /** One outcome of one unit is far from all others. */
    private static List<String> spiked() {
        SplittableRandom random = new SplittableRandom(1);
        List<String> rows = new ArrayList<>();
        for (int unit = 0; unit < 30; unit++) {
            for (int period = 1; period <= 40; period++) {
                double outcome = unit == 17 && period == 23 ? 1e4 : random.nextGaussian();
                rows.add("u" + unit + "," + period + "," + outcome + "," + random.nextInt(2));
            }
        }
        return rows;
    }

    private static Panel panel(List<String> rows) {
        var builder = Panel.builder();
        for (String row : rows) {
            String[] cells = row.split(",", -1);
            builder.add(cells[0], cells[1], Integer.parseInt(cells[3]), Double.parseDouble(cells[2]));
        }
        return builder.build();
    }

    private Path file(List<String> rows) throws IOException {
        return PanelFile.write(folder, "p.csv", list -> {
            list.clear();
            list.addAll(rows);
        });
    }

    @Test
    void spectralMethod() throws IOException {
        List<Warning> found = requireSame(rows(), SPECTRAL.fit(panel(rows())), "--method", "spectral", "--rank", "1");

        assertThat(found)
                .extracting(Warning::kind)
                .contains(
                        Warning.Kind.EXTRAPOLATED_UNITS,
                        Warning.Kind.MOVING_PROPENSITIES,
                        Warning.Kind.CORRELATED_RESIDUALS);
    }

    @Test
    void factorModel() throws IOException {
        List<Warning> found = requireSame(
                rows(), FactorModelEstimator.withDefaults().withRankLimit(1).fit(panel(rows())), "--rank", "1");

        assertThat(found).extracting(Warning::kind).contains(Warning.Kind.NEAR_RANDOM_WALK);
    }

    @Test
    void independentNoise() throws IOException {
        UnitEffects effects = FactorModelEstimator.withDefaults()
                .withNoise(Noise.IID)
                .withRankLimit(1)
                .fit(panel(rows()));

        List<Warning> found = requireSame(rows(), effects, "--noise", "iid", "--rank", "1");

        assertThat(found)
                .extracting(Warning::kind)
                .contains(Warning.Kind.CORRELATED_RESIDUALS, Warning.Kind.ALL_FACTORS_KEPT);
    }

    @Test
    void unitAndPeriodThatCarryAFactor() throws IOException {
        List<Warning> found =
                requireSame(spiked(), SPECTRAL.fit(panel(spiked())), "--method", "spectral", "--rank", "1");

        assertThat(found)
                .extracting(Warning::kind)
                .contains(Warning.Kind.FACTOR_OF_ONE_UNIT, Warning.Kind.FACTOR_OF_ONE_PERIOD);
    }

    @Test
    void inspectionBeforeAFit() throws IOException {
        Path file = file(rows());

        String printed = plain(Run.of("inspect", file.toString()).out());

        List<Warning> warnings = PanelDiagnostics.of(panel(rows())).warnings();
        assertThat(warnings).isNotEmpty();
        assertThat(printed.substring(printed.indexOf("Warnings")))
                .contains(warnings.stream().map(Warning::message).toArray(String[]::new));
    }

    /** Returns what the library finds, after comparing it with all that the program writes. */
    private List<Warning> requireSame(List<String> rows, UnitEffects effects, String... options) throws IOException {
        Path json = folder.resolve("e.json");
        Path report = folder.resolve("r.html");
        Run run = Run.of(Stream.concat(
                        Stream.of(
                                "estimate",
                                file(rows).toString(),
                                "--output",
                                json.toString(),
                                "--report",
                                report.toString()),
                        Stream.of(options))
                .toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();

        List<Warning> found = FitDiagnostics.of(effects).warnings();
        List<String> written = JsonText.parse(json).at("warnings").elements().stream()
                .map(JsonText::text)
                .toList();
        assertThat(written).hasSameSizeAs(found);
        for (int k = 0; k < written.size(); k++) {
            String message = found.get(k).message();
            assertThat(written.get(k)).startsWith(message);
            assertThat(written.get(k).substring(message.length())).matches("( \\([^()]*\\))?");
        }
        String printed = plain(run.out());
        assertThat(printed.substring(printed.indexOf("Warnings")))
                .contains("- " + String.join(" - ", written).replaceAll("\\s+", " "));
        assertThat(ReportText.read(report).texts("warnings")).isEqualTo(written);
        return found;
    }

    private static String plain(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
