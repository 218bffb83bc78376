package io.github.rowwise.cli.output.summary;

import io.github.rowwise.NotIdentifiedException;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.NumberFormat;
import io.github.rowwise.cli.output.TerminalLayout;
import io.github.rowwise.cli.output.TextWidth;
import io.github.rowwise.cli.output.Warnings;
import io.github.rowwise.diagnostics.FitDiagnostics;
import io.github.rowwise.diagnostics.Incoherence;
import io.github.rowwise.diagnostics.RowHomogeneity;
import io.github.rowwise.effects.Spectrum;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.panel.Grade;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelDiagnostics;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Formats the description of a panel for the terminal. */
public final class Inspection {

    private static final int FEW = 5;
    private static final int NAME_WIDTH = 27;

    /** Width of the reason next to a name. */
    private static final int REASON_WIDTH = 40;

    private Inspection() {}

    /**
     * Returns the description of a panel.
     *
     * @param input the panel and how it was read
     * @param estimator the spectral method, whose spectra are shown
     * @param algebra the backend
     * @param seed seed of the test of homogeneity
     * @param columns maximum width of lines
     * @return lines of at most that many columns
     */
    public static String of(
            PanelInput input, SpectralEstimator estimator, LinearAlgebra algebra, long seed, int columns) {
        Panel panel = input.panel();
        PanelDiagnostics diagnostics = PanelDiagnostics.of(panel);
        List<RowHomogeneity> tests = RowHomogeneity.ofTreatments(panel, seed);
        TerminalLayout lines = new TerminalLayout(columns);
        PanelSummary.addPanel(lines, input);
        PanelSummary.addPattern(lines, diagnostics);
        for (int arm = 1; arm < panel.arms(); arm++) {
            lines.gap();
            addPropensities(lines, panel, diagnostics, arm);
            lines.add(DiagnosisLines.homogeneityInFull(panel, tests.get(arm - 1)));
            PanelSummary.addGrades(lines, panel, diagnostics, arm);
            addReasons(lines, panel, diagnostics, arm);
        }
        addFit(lines, panel, estimator, algebra, tests);
        PanelSummary.addWarnings(lines, Warnings.before(diagnostics, input));
        lines.gap().part("Time").add(String.format(Locale.ROOT, "reading %.1f s", input.seconds()));
        return lines.toString();
    }

    /** Adds spectra and, if any effect is identified, the coherence and residuals of the spectral method. */
    private static void addFit(
            TerminalLayout lines,
            Panel panel,
            SpectralEstimator estimator,
            LinearAlgebra algebra,
            List<RowHomogeneity> tests) {
        UnitEffects effects;
        try {
            effects = estimator.fit(panel);
        } catch (NotIdentifiedException e) {
            effects = null;
        }
        List<Spectrum> spectra = effects == null
                ? estimator.spectra(panel)
                : IntStream.range(0, panel.arms()).mapToObj(effects::spectrum).toList();
        lines.gap().part("Spectrum").add("rank by " + spectra.get(0).rule());
        for (Spectrum spectrum : spectra) {
            PanelSummary.addSpectrum(lines, panel, spectrum);
            String signal = DiagnosisLines.signal(spectrum, tests.get(Math.max(0, spectrum.arm() - 1)));
            if (!signal.isEmpty()) {
                lines.add("  " + signal);
            }
        }
        if (effects == null) {
            return;
        }
        FitDiagnostics diagnostics = FitDiagnostics.of(effects).withBackend(algebra);
        lines.gap().part("Coherence").add("1 where all carry the same, and the one that carries most");
        for (int arm = 0; arm < panel.arms(); arm++) {
            Incoherence incoherence = diagnostics.incoherence().get(arm).orElse(null);
            if (incoherence != null) {
                lines.add(PanelSummary.armName(panel, arm) + ": " + DiagnosisLines.incoherence(panel, incoherence));
            }
        }
        diagnostics
                .residualCorrelation()
                .value()
                .ifPresent(value ->
                        lines.part("Residuals").add("correlation from period to period " + NumberFormat.of(value)));
    }

    private static void addPropensities(TerminalLayout lines, Panel panel, PanelDiagnostics diagnostics, int arm) {
        double[] sorted = new double[panel.units()];
        for (int unit = 0; unit < sorted.length; unit++) {
            sorted[unit] = diagnostics.propensity(unit, arm);
        }
        Arrays.sort(sorted);
        int last = sorted.length - 1;
        lines.part("Propensity")
                .add(String.format(
                        Locale.ROOT,
                        "%s, share of a unit's periods: least %.2f, quartiles %.2f %.2f %.2f, most %.2f",
                        PanelSummary.armName(panel, arm),
                        sorted[0],
                        sorted[last / 4],
                        sorted[last / 2],
                        sorted[3 * last / 4],
                        sorted[last]));
    }

    private static void addReasons(TerminalLayout lines, Panel panel, PanelDiagnostics diagnostics, int arm) {
        int width = Math.max(NAME_WIDTH, lines.width() - REASON_WIDTH - 2);
        int shown = 0;
        int others = 0;
        for (int unit = 0; unit < panel.units(); unit++) {
            if (diagnostics.grade(unit, arm) != Grade.OK) {
                if (shown++ < FEW) {
                    lines.part(shown == 1 ? "Not ok" : "");
                    String name = TextWidth.fit(panel.unitNames().get(unit), width);
                    lines.add(name + "  " + Quoted.line(diagnostics.reason(unit, arm)), width + 2);
                } else {
                    others++;
                }
            }
        }
        if (others > 0) {
            lines.add("and " + NumberFormat.count(others, "more unit"));
        }
    }
}
