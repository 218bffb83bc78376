package io.github.rowwise.cli.output;

import io.github.rowwise.Grade;
import io.github.rowwise.Panel;
import io.github.rowwise.PanelDiagnostics;
import io.github.rowwise.RowHomogeneity;
import io.github.rowwise.Spectrum;
import io.github.rowwise.cli.input.LeftOut;
import io.github.rowwise.cli.input.PanelInput;
import io.github.rowwise.table.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the terminal shows of a panel, before and after a fit. */
public final class PanelSummary {

    private static final int MOST_VALUES = 6;

    private PanelSummary() {}

    static void addPanel(Lines lines, PanelInput input) {
        Panel panel = input.panel();
        long cells = (long) panel.units() * panel.periods();
        lines.part("Panel")
                .add(Shown.plain(input.source().origin().label()) + ", "
                        + (input.file() == null
                                ? Numbers.count(input.rows(), "row")
                                : "a panel file, outcomes kept as " + storage(panel) + "s")
                        + (input.source().where() == null
                                ? ""
                                : " where " + Shown.plain(input.source().where())));
        if (input.source().origin().treatments() != null) {
            lines.add("treatments "
                    + Shown.plain(input.source().origin().treatments().toString()));
        }
        if (input.source().origin().query() != null) {
            lines.add("query " + Shown.plain(input.source().origin().query()));
        }
        lines.add(Numbers.count(panel.units()) + " units ("
                + Shown.plain(input.source().columns().unit()) + ") x "
                + Numbers.count(panel.periods()) + " periods ("
                + Shown.plain(input.source().columns().time()) + ": "
                + input.timeKind() + ", " + Shown.plain(panel.periodNames().get(0)) + " to "
                + Shown.plain(panel.periodNames().get(panel.periods() - 1)) + ")");
        List<String> arms = new ArrayList<>();
        for (int arm = 0; arm < panel.arms(); arm++) {
            arms.add(Numbers.count(panel.cellsInArm(arm)) + " " + armName(panel, arm));
        }
        lines.add(Numbers.count(cells, "cell") + ": " + String.join(", ", arms) + ", "
                + Numbers.count(cells - panel.observedCells()) + " left out");
        LeftOut leftOut = input.leftOut();
        if (leftOut.total() > 0 || leftOut.rows() > 0) {
            lines.part("Left out")
                    .add(reasons(leftOut) + (leftOut.total() > 0 ? "; --left-out FILE lists the cells" : ""));
        }
    }

    /** How many cells were left out for each reason, and how many rows, in words. */
    public static String reasons(LeftOut leftOut) {
        List<String> parts = new ArrayList<>();
        leftOut.reasons().entrySet().stream()
                .filter(reason -> reason.getValue() > 0)
                .forEach(reason -> parts.add(Numbers.count(reason.getValue()) + " " + words(reason)));
        if (leftOut.rows() > 0) {
            parts.add(Numbers.count(leftOut.rows(), "row") + " by --where");
        }
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }

    /** Why cells were left out, in words that follow their number. */
    private static String words(Map.Entry<String, Long> reason) {
        return switch (reason.getKey()) {
            case "no row" -> "without a row";
            case "missing" -> "missing in the panel file, which does not say why";
            default -> "with the " + reason.getKey();
        };
    }

    /** How outcomes are kept, in a word. */
    static String storage(Panel panel) {
        return panel.storage().name().toLowerCase(Locale.ROOT);
    }

    static void addPattern(Lines lines, PanelDiagnostics diagnostics) {
        lines.part("Pattern").add(pattern(diagnostics));
    }

    /** How treatment is spread, in words. */
    public static String pattern(PanelDiagnostics diagnostics) {
        String meaning = switch (diagnostics.pattern()) {
            case SWITCHING -> "units go in and out of treatment";
            case STAGGERED -> "units enter treatment at different times and stay";
            case BLOCK -> "some units enter treatment at one time and stay";
            case COMMON_SHOCK -> "all units are treated alike in each period: nothing is identified";
        };
        return diagnostics.pattern().label() + ": " + meaning;
    }

    /** In one line each, under the pattern. */
    static void addHomogeneity(Lines lines, Panel panel, List<RowHomogeneity> tests) {
        for (RowHomogeneity test : tests) {
            String line = DiagnosisLines.homogeneity(test);
            if (!line.isEmpty()) {
                lines.add((panel.arms() == 2 ? "" : armName(panel, test.arm()) + ": ") + line);
            }
        }
    }

    static void addSpectrum(Lines lines, Panel panel, Spectrum spectrum) {
        double[] values = spectrum.singularValues();
        StringBuilder shown = new StringBuilder();
        Numbers numbers = Numbers.upTo(values.length == 0 ? 0 : values[0], 4);
        int count = Math.min(values.length, Math.max(MOST_VALUES, spectrum.rank() + 1));
        for (int k = 0; k < count; k++) {
            shown.append(k == 0 ? "" : k == spectrum.rank() ? " | " : " ").append(numbers.format(values[k]));
        }
        String threshold = spectrum.threshold().isPresent()
                ? ", threshold " + numbers.format(spectrum.threshold().getAsDouble())
                : "";
        lines.add(armName(panel, spectrum.arm()) + ": rank " + spectrum.rank() + " of "
                + Math.min(panel.units(), panel.periods()) + threshold);
        lines.add("  singular values " + (spectrum.rank() == 0 ? "| " : "") + shown
                + (count < values.length ? " .." : ""));
    }

    static void addGrades(Lines lines, Panel panel, PanelDiagnostics diagnostics, int arm) {
        Map<Grade, Integer> counts = Grades.count(diagnostics, panel, arm);
        lines.part(panel.arms() == 2 ? "Grades" : "");
        if (panel.arms() > 2) {
            lines.add(armName(panel, arm));
        }
        counts.forEach((grade, units) -> {
            if (units > 0) {
                lines.add(String.format("%7s", Numbers.count(units)) + "  " + TextWidth.fit(grade.label(), 13) + "  "
                        + Grades.meaning(grade));
            }
        });
    }

    /** An arm in words: control and treated where there are two, else the level as the file names it. */
    public static String armName(Panel panel, int arm) {
        if (panel.arms() == 2
                && List.of("0", "1", "false", "true").contains(panel.armNames().get(arm))) {
            return arm == 0 ? "control" : "treated";
        }
        return Shown.plain(panel.armNames().get(arm)) + (arm == 0 ? " (control)" : "");
    }
}
