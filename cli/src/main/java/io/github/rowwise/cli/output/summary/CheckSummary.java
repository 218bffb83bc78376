package io.github.rowwise.cli.output.summary;

import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.NumberFormat;
import io.github.rowwise.cli.output.TerminalLayout;
import io.github.rowwise.evaluation.Disagreement;
import io.github.rowwise.evaluation.MethodAgreement;
import io.github.rowwise.evaluation.PanelChecks;
import io.github.rowwise.evaluation.Verdict;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.tables.OptionNaming;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Formats the checks of a panel for the terminal. */
public final class CheckSummary {

    private static final int MOST_UNITS = 5;

    private CheckSummary() {}

    /**
     * Returns the summary.
     *
     * @param checks the checks
     * @param input the panel and how it was read
     * @param seconds duration of the fits
     * @param columns maximum width of lines
     * @return lines of at most that many columns
     */
    public static String of(PanelChecks checks, PanelInput input, double seconds, int columns) {
        TerminalLayout lines = new TerminalLayout(columns);
        PanelSummary.addPanel(lines, input);
        PanelSummary.addLeftOut(lines, checks.effects(), input);
        PanelSummary.addPattern(lines, checks.effects().diagnostics());
        lines.gap();
        add(lines, checks, input);
        lines.gap()
                .part("Note")
                .add(
                        "Passing does not prove the assumptions: a change at the same time as treatment that treatment did not"
                                + " cause cannot be seen.");
        lines.part("Time").add(String.format(Locale.ROOT, "reading %.1f s, fitting %.1f s", input.seconds(), seconds));
        return lines.toString();
    }

    /** Adds the verdict and the checks. */
    static void add(TerminalLayout lines, PanelChecks checks, PanelInput input) {
        lines.part("Verdict").add(verdict(checks.verdict(), checks.conclusion()) + options(checks, input));
        lines.gap()
                .part("Placebo")
                .add(verdict(checks.placebo().verdict(), checks.placebo().conclusion()));
        lines.part("Lead")
                .add(verdict(
                        checks.anticipation().verdict(), checks.anticipation().conclusion()));
        lines.part("Carry-over")
                .add(verdict(checks.carryOver().verdict(), checks.carryOver().conclusion()));
        lines.part("Intervals")
                .add(verdict(
                        checks.pretendedAdoption().verdict(),
                        checks.pretendedAdoption().conclusion()));
        lines.part("Methods")
                .add(verdict(checks.agreement().verdict(), checks.agreement().conclusion()));
        for (MethodAgreement method : checks.agreement().methods()) {
            if (!method.disagreements().isEmpty()) {
                lines.add(units(method), 2);
            }
        }
        if (checks.horizons() < checks.horizonsAsked()) {
            lines.part("")
                    .add("only " + NumberFormat.count(checks.horizons(), "period")
                            + " around each treatment could be hidden, because treatments follow each other closely");
        }
    }

    private static String verdict(Verdict verdict, String conclusion) {
        return verdict.label() + ": " + conclusion;
    }

    private static String units(MethodAgreement method) {
        List<Disagreement> all = method.disagreements();
        NumberFormat numbers = NumberFormat.upTo(all.stream()
                .mapToDouble(unit -> Math.max(
                        Math.abs(unit.own().value()), Math.abs(unit.other().value())))
                .max()
                .orElse(1));
        return method.method() + ": "
                + all.stream()
                        .limit(MOST_UNITS)
                        .map(unit -> Quoted.plain(unit.unit()) + " "
                                + numbers.format(unit.own().value()) + " and "
                                + numbers.format(unit.other().value()))
                        .collect(Collectors.joining(", "))
                + (all.size() > MOST_UNITS ? ", ..." : "");
    }

    /**
     * Returns the options that do what the checks advise.
     *
     * @param checks the checks
     * @param input how the panel was read
     * @return in parentheses after a space; empty if there is nothing to do
     */
    public static String options(PanelChecks checks, PanelInput input) {
        OptionNaming naming = input.source().origin().naming();
        List<String> options = new ArrayList<>();
        if (checks.anticipation().periods() > 0) {
            options.add(naming.assignment("lead") + checks.anticipation().periods());
        }
        if (checks.carryOver().periods() > 0) {
            options.add(naming.assignment("washout") + checks.carryOver().periods());
        }
        if (options.isEmpty() && checks.pretendedAdoption().verdict() == Verdict.FAILED) {
            options.add(
                    input.source().origin().isDataFrame() ? naming.assignment("calibrate") + "True" : "--calibrate");
        }
        String between = input.source().origin().isDataFrame() ? ", " : " ";
        return options.isEmpty() ? "" : " (" + String.join(between, options) + ")";
    }
}
