package io.github.rowwise.cli.output;

import io.github.rowwise.Grade;
import io.github.rowwise.Panel;
import io.github.rowwise.PanelDiagnostics;
import io.github.rowwise.Spectrum;
import io.github.rowwise.cli.input.PanelInput;
import io.github.rowwise.cli.input.Shown;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the terminal shows of a panel before any fit. */
public final class Inspection {

    private static final int FEW = 5;
    private static final int NAME_WIDTH = 27;

    private Inspection() {}

    /**
     * Returns the description of a panel.
     *
     * @param input the panel and how it was read
     * @param diagnostics what its assignment tells
     * @param spectra one spectrum an arm
     * @return lines of at most 80 columns
     */
    public static String of(PanelInput input, PanelDiagnostics diagnostics, List<Spectrum> spectra) {
        Panel panel = input.panel();
        Lines lines = new Lines();
        PanelSummary.addPanel(lines, input);
        PanelSummary.addPattern(lines, diagnostics);
        for (int arm = 1; arm < panel.arms(); arm++) {
            lines.gap();
            addPropensities(lines, panel, diagnostics, arm);
            PanelSummary.addGrades(lines, panel, diagnostics, arm);
            addReasons(lines, panel, diagnostics, arm);
        }
        lines.gap().part("Spectrum").add("rank by " + spectra.get(0).rule());
        for (Spectrum spectrum : spectra) {
            PanelSummary.addSpectrum(lines, panel, spectrum);
        }
        if (!input.warnings().isEmpty()) {
            lines.gap().part("Warnings");
            input.warnings().forEach(warning -> lines.add("- " + Shown.line(warning)));
        }
        lines.gap().part("Time").add(String.format(Locale.ROOT, "reading %.1f s", input.seconds()));
        return lines.toString();
    }

    private static void addPropensities(Lines lines, Panel panel, PanelDiagnostics diagnostics, int arm) {
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

    private static void addReasons(Lines lines, Panel panel, PanelDiagnostics diagnostics, int arm) {
        int shown = 0;
        int others = 0;
        for (int unit = 0; unit < panel.units(); unit++) {
            if (diagnostics.grade(unit, arm) != Grade.OK) {
                if (shown++ < FEW) {
                    lines.part(shown == 1 ? "Not ok" : "");
                    String name = TextWidth.fit(panel.unitNames().get(unit), NAME_WIDTH);
                    lines.add(name + "  " + Shown.line(diagnostics.reason(unit, arm)), NAME_WIDTH + 2);
                } else {
                    others++;
                }
            }
        }
        if (others > 0) {
            lines.add("and " + Numbers.count(others, "more unit"));
        }
    }
}
