package io.github.rowwise.cli.output.summary;

import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.NumberFormat;
import io.github.rowwise.cli.output.TerminalLayout;
import io.github.rowwise.cli.output.TextTable;
import io.github.rowwise.cli.output.TextWidth;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.Interval;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.Warning;
import io.github.rowwise.targeting.Candidates;
import io.github.rowwise.targeting.RankingArea;
import io.github.rowwise.targeting.TargetPlan;
import io.github.rowwise.targeting.TargetUnit;
import java.util.List;
import java.util.Locale;

/** Formats a choice of units for the terminal: the total in words, the first units as a table, and the test of the order. */
public final class TargetSummary {

    private static final int MOST_UNITS = 10;
    private static final int NAME_WIDTH = 24;
    private static final double SIGNIFICANT = 0.05;

    private final TargetPlan plan;
    private final double level;

    private TargetSummary(TargetPlan plan) {
        this.plan = plan;
        this.level = plan.effects().confidenceLevel();
    }

    /**
     * Returns the summary.
     *
     * @param plan the choice
     * @param area the test of the order
     * @param warnings what the reading and the fit warn of
     * @param input the panel and how it was read
     * @param seconds duration of the fits
     * @param columns maximum width of lines
     * @return lines of at most that many columns
     */
    public static String of(
            TargetPlan plan, RankingArea area, List<Warning> warnings, PanelInput input, double seconds, int columns) {
        TargetSummary summary = new TargetSummary(plan);
        TerminalLayout lines = new TerminalLayout(columns);
        PanelSummary.addPanel(lines, input);
        PanelSummary.addPattern(lines, plan.effects().diagnostics());
        summary.addCandidates(lines);
        summary.addChoice(lines);
        TerminalLayout end = new TerminalLayout(columns);
        addOrder(end, area);
        end.part("Note")
                .add(
                        "Gains are effects per period of treatment, and are assumed to stay as they were in these periods.");
        PanelSummary.addWarnings(end, warnings);
        end.gap()
                .part("Time")
                .add(String.format(Locale.ROOT, "reading %.1f s, fitting %.1f s", input.seconds(), seconds));
        return lines + "\n" + summary.table() + "\n" + end;
    }

    private void addCandidates(TerminalLayout lines) {
        boolean isAll = plan.candidates() == Candidates.ALL;
        int count = plan.units().size();
        lines.gap()
                .part("Candidates")
                .add(NumberFormat.count(count + (long) plan.unknown(), "unit")
                        + (isAll ? "" : " not treated when last observed"));
        long predicted = plan.units().stream().filter(TargetUnit::isPredicted).count();
        if (predicted > 0) {
            lines.add((predicted == count ? "All of them" : NumberFormat.count(predicted) + " of them")
                    + (predicted == 1 ? " lacks" : " lack")
                    + " treated or control periods; the gain is predicted from other units (predicted)");
        }
        if (plan.unknown() > 0) {
            lines.add("Of " + NumberFormat.count(plan.unknown()) + " nothing is known, and they are left out");
        }
    }

    private void addChoice(TerminalLayout lines) {
        lines.part("Choice");
        List<TargetUnit> chosen = plan.chosen();
        Estimate total = plan.totalGain();
        if (!total.isAvailable()) {
            lines.add("no unit: none is expected to be worth its cost");
            return;
        }
        lines.add(NumberFormat.count(chosen.size(), "unit")
                + (plan.hasCosts() ? ", cost " + NumberFormat.of(plan.totalCost()) + " per period" : ""));
        lines.part("Total gain").add(estimate(total) + " per period");
        if (plan.hasCosts() || plan.worth() != 1) {
            lines.add("worth " + estimate(plan.totalValue()) + (plan.hasCosts() ? ", net of the cost" : ""));
        }
        if (chosen.size() < plan.units().size()) {
            lines.add("As many units at random would gain "
                    + NumberFormat.of(plan.randomGain().value()));
        }
    }

    private String estimate(Estimate estimate) {
        NumberFormat numbers = NumberFormat.upTo(Math.abs(estimate.value()), 3);
        if (!estimate.hasStandardError()) {
            return numbers.format(estimate.value());
        }
        Interval interval = estimate.interval(level);
        return numbers.format(estimate.value()) + " [" + numbers.format(interval.lower()) + ", "
                + numbers.format(interval.upper()) + "]";
    }

    private String table() {
        boolean hasValue = plan.hasCosts() || plan.worth() != 1;
        String best = "best " + plan.best();
        TextTable table = hasValue
                ? new TextTable("", "unit", "gain", "interval", best, "net return", "")
                : new TextTable("", "unit", "gain", "interval", best, "");
        NumberFormat numbers = NumberFormat.upTo(plan.units().stream()
                .mapToDouble(unit -> Math.abs(unit.gain().value()))
                .max()
                .orElse(1));
        List<TargetUnit> shown =
                plan.units().subList(0, Math.min(MOST_UNITS, plan.units().size()));
        for (TargetUnit unit : shown) {
            Estimate gain = unit.gain();
            Interval interval = gain.hasStandardError() ? gain.interval(level) : null;
            String rank = Integer.toString(unit.rank());
            String name = TextWidth.shorten(Quoted.plain(unit.unit()), NAME_WIDTH);
            String value = numbers.format(gain.value());
            String range = interval == null
                    ? ""
                    : "[" + numbers.format(interval.lower()) + ", " + numbers.format(interval.upper()) + "]";
            String probability = Double.isNaN(unit.probabilityBest())
                    ? ""
                    : String.format(Locale.ROOT, "%.2f", unit.probabilityBest());
            String remark = (unit.isChosen() ? "chosen" : "")
                    + (unit.isPredicted() ? (unit.isChosen() ? ", " : "") + "predicted" : "");
            if (hasValue) {
                table.add(rank, name, value, range, probability, NumberFormat.of(unit.value()), remark);
            } else {
                table.add(rank, name, value, range, probability, remark);
            }
        }
        int rest = plan.units().size() - shown.size();
        return table + (rest == 0 ? "" : "... and " + NumberFormat.count(rest) + " more\n");
    }

    private static void addOrder(TerminalLayout lines, RankingArea area) {
        lines.part("Order");
        if (!area.isTested()) {
            lines.add("not tested: " + area.area().toString().replaceFirst("^no estimate: ", ""));
            return;
        }
        boolean isClear = area.pValue() < SIGNIFICANT;
        lines.add((isClear ? "worth something" : "not shown to be worth anything")
                + ": ranked on one half of the periods, the top units gain "
                + NumberFormat.of(area.area().value())
                + " more than all in the other half, on average over the shares treated (AUTOC, "
                + NumberFormat.count(area.units(), "unit") + ", p " + String.format(Locale.ROOT, "%.2g", area.pValue())
                + ")");
    }
}
