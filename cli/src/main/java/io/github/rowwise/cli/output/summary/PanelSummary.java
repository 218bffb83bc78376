package io.github.rowwise.cli.output.summary;

import io.github.rowwise.cli.input.panel.MissingCells;
import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.GradeCounts;
import io.github.rowwise.cli.output.NumberFormat;
import io.github.rowwise.cli.output.TerminalLayout;
import io.github.rowwise.cli.output.TextWidth;
import io.github.rowwise.diagnostics.RowHomogeneity;
import io.github.rowwise.effects.Spectrum;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.text.ArmText;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.Grade;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelDiagnostics;
import io.github.rowwise.panel.Warning;
import io.github.rowwise.tables.OptionNaming;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Formats a panel for the terminal. */
public final class PanelSummary {

    private static final int MOST_VALUES = 6;

    private PanelSummary() {}

    static void addPanel(TerminalLayout lines, PanelInput input) {
        Panel panel = input.panel();
        long cells = (long) panel.units() * panel.periods();
        lines.part("Panel")
                .add(Quoted.plain(input.source().origin().label()) + ", "
                        + (input.file() == null
                                ? NumberFormat.count(input.rows(), "row")
                                : "a panel file, outcomes kept as " + storage(panel) + "s")
                        + (input.source().where() == null
                                ? ""
                                : " where " + Quoted.plain(input.source().where())));
        if (input.source().origin().treatments() != null) {
            lines.add("treatments "
                    + Quoted.plain(input.source().origin().treatments().toString()));
        }
        if (input.source().origin().query() != null) {
            lines.add("query " + Quoted.plain(input.source().origin().query()));
        }
        lines.add(NumberFormat.count(panel.units()) + " units ("
                + Quoted.plain(input.source().columns().unit()) + ") x "
                + NumberFormat.count(panel.periods()) + " periods ("
                + Quoted.plain(input.source().columns().time()) + ": "
                + input.timeKind() + ", " + Quoted.plain(panel.periodNames().get(0)) + " to "
                + Quoted.plain(panel.periodNames().get(panel.periods() - 1)) + ")");
        List<String> arms = new ArrayList<>();
        for (int arm = 0; arm < panel.arms(); arm++) {
            arms.add(NumberFormat.count(panel.cellsInArm(arm)) + " " + armName(panel, arm));
        }
        lines.add(NumberFormat.count(cells, "cell") + ": " + String.join(", ", arms) + ", "
                + NumberFormat.count(cells - panel.observedCells()) + " missing");
        MissingCells missingCells = input.missingCells();
        if (missingCells.total() > 0 || missingCells.zeroRows() > 0 || missingCells.excludedRows() > 0) {
            lines.part(missingCells.total() > 0 ? "Missing" : "")
                    .add(reasons(missingCells)
                            + (missingCells.total() > 0
                                            && !input.source().origin().isDataFrame()
                                    ? "; --missing-cells FILE lists the cells"
                                    : ""));
        }
    }

    /** Adds the control cells around treatments that the fit leaves out. */
    static void addLeftOut(TerminalLayout lines, UnitEffects effects, PanelInput input) {
        String text = leftOut(effects, input);
        if (!text.isEmpty()) {
            lines.part("Left out").add(text);
        }
    }

    /**
     * Describes the control cells around treatments that the fit leaves out.
     *
     * @param effects the result
     * @param input the panel and how it was read
     * @return empty if there are none
     */
    public static String leftOut(UnitEffects effects, PanelInput input) {
        Map<String, String> options = effects.provenance().options();
        OptionNaming naming = input.source().origin().naming();
        List<String> parts = new ArrayList<>();
        if (options.containsKey("lead")) {
            parts.add("at most " + options.get("lead") + " before treatment starts (" + naming.name("lead") + ")");
        }
        if (options.containsKey("washout")) {
            parts.add("at most " + options.get("washout") + " after it ends (" + naming.name("washout") + ")");
        }
        return parts.isEmpty()
                ? ""
                : NumberFormat.count(
                                input.panel().cellsInArm(0) - effects.panel().cellsInArm(0), "control cell")
                        + ", in periods " + String.join(" or ", parts);
    }

    /** Describes the number of missing cells by reason and of excluded rows. */
    public static String reasons(MissingCells missingCells) {
        List<String> parts = new ArrayList<>();
        missingCells.reasons().entrySet().stream()
                .filter(reason -> reason.getValue() > 0)
                .forEach(reason -> parts.add(NumberFormat.count(reason.getValue()) + " " + words(reason)));
        if (missingCells.zeroRows() > 0) {
            parts.add(NumberFormat.count(missingCells.zeroRows()) + " without a row counted as 0");
        }
        if (missingCells.excludedRows() > 0) {
            parts.add(NumberFormat.count(missingCells.excludedRows(), "row") + " excluded by --where");
        }
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }

    /** Returns the reason of missing cells, in words that follow their number. */
    private static String words(Map.Entry<String, Long> reason) {
        return switch (reason.getKey()) {
            case "no row" -> "without a row";
            case "outcome code for missing" -> "with a code for missing as the outcome";
            case "missing" -> "missing in the panel file, which does not say why";
            default -> "with the " + reason.getKey();
        };
    }

    /** Returns how outcomes are kept. */
    public static String storage(Panel panel) {
        return panel.storage().name().toLowerCase(Locale.ROOT);
    }

    static void addPattern(TerminalLayout lines, PanelDiagnostics diagnostics) {
        lines.part("Pattern").add(pattern(diagnostics));
    }

    /** Describes the assignment pattern. */
    public static String pattern(PanelDiagnostics diagnostics) {
        String meaning = switch (diagnostics.pattern()) {
            case SWITCHING -> "units enter and leave treatment";
            case STAGGERED -> "units enter treatment at different times and stay";
            case BLOCK -> "some units enter treatment at one time and stay";
            case COMMON_SHOCK -> "all units are treated alike in each period: nothing is identified";
        };
        return diagnostics.pattern().label() + ": " + meaning;
    }

    /** Adds one line per test. */
    static void addHomogeneity(TerminalLayout lines, Panel panel, List<RowHomogeneity> tests) {
        for (RowHomogeneity test : tests) {
            String line = test.conclusion();
            if (!line.isEmpty()) {
                lines.add((panel.arms() == 2 ? "" : armName(panel, test.arm()) + ": ") + line);
            }
        }
    }

    static void addSpectrum(TerminalLayout lines, Panel panel, Spectrum spectrum) {
        double[] values = spectrum.singularValues();
        StringBuilder shown = new StringBuilder();
        NumberFormat numbers = NumberFormat.upTo(values.length == 0 ? 0 : values[0], 4);
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

    static void addGrades(TerminalLayout lines, Panel panel, PanelDiagnostics diagnostics, int arm) {
        Map<Grade, Integer> counts = GradeCounts.count(diagnostics, panel, arm);
        lines.part(panel.arms() == 2 ? "Grades" : "");
        if (panel.arms() > 2) {
            lines.add(armName(panel, arm));
        }
        counts.forEach((grade, units) -> {
            if (units > 0) {
                lines.add(String.format("%7s", NumberFormat.count(units)) + "  " + TextWidth.fit(grade.label(), 13)
                        + "  " + GradeCounts.meaning(grade));
            }
        });
    }

    /** Returns an arm's name: control and treated if there are two arms, otherwise the level of the treatment column. */
    public static String armName(Panel panel, int arm) {
        return ArmText.of(panel.armNames(), arm);
    }

    /** Adds warnings, each as a paragraph of its own; nothing if there are none. */
    static void addWarnings(TerminalLayout lines, List<Warning> warnings) {
        if (!warnings.isEmpty()) {
            lines.gap().part("Warnings");
            warnings.forEach(warning -> lines.add("- " + Quoted.line(warning.message()), 2));
        }
    }
}
