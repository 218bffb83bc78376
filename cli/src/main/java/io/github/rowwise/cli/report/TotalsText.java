package io.github.rowwise.cli.report;

import io.github.rowwise.cli.output.NumberFormat;
import io.github.rowwise.cli.output.ShownTotals;
import io.github.rowwise.totals.Amount;
import io.github.rowwise.totals.ArmTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Effects in percent, totals and worth over all units in sentences. */
final class TotalsText {

    private final ShownTotals shown;
    private final String outcome;
    private final String level;
    private final ArmTotals inAll;

    private TotalsText(ShownTotals shown, String outcome, double level, int arm) {
        this.shown = shown;
        this.outcome = outcome;
        this.level = HeadlineText.percent(level);
        this.inAll = shown.totals().arm(arm);
    }

    static List<String> of(ShownTotals shown, String outcome, double level, int arm) {
        TotalsText text = new TotalsText(shown, outcome, level, arm);
        List<String> sentences = new ArrayList<>();
        text.addPercent(sentences);
        text.addTotal(sentences);
        text.addReturn(sentences);
        return List.copyOf(sentences);
    }

    private void addPercent(List<String> sentences) {
        Optional<Amount> treated = inAll.percentOverTreatedCells();
        Optional<Amount> all = inAll.percentOverAllCells();
        if (treated.isPresent() && all.isPresent()) {
            sentences.add("In percent of " + shown.unitOfTotals(outcome) + " under control: "
                    + amount(treated.get(), "\u00a0%") + " over the treated cells, and " + amount(all.get(), "\u00a0%")
                    + " over all cells, treated or not.");
        }
    }

    private void addTotal(List<String> sentences) {
        sentences.add("In all: " + amount(inAll.total(), "") + " of " + shown.unitOfTotals(outcome) + " over "
                + NumberFormat.count(inAll.cells(), "treated cell") + " of "
                + NumberFormat.count(inAll.units(), "unit")
                + (inAll.cellsWithoutEstimate() == 0
                        ? "."
                        : "; " + NumberFormat.count(inAll.cellsWithoutEstimate(), "more treated cell")
                                + " of units without an estimate, and their costs, are left out."));
    }

    private void addReturn(List<String> sentences) {
        inAll.worth().ifPresent(worth -> {
            StringBuilder text = new StringBuilder("This is worth " + amount(worth, ""));
            if (inAll.cost().isPresent()) {
                double cost = inAll.cost().get();
                text.append(" and cost ")
                        .append(NumberFormat.of(cost))
                        .append(": a net return of ")
                        .append(amount(inAll.netReturn().orElseThrow(), ""));
                inAll.returnOnCost()
                        .filter(Amount::isAvailable)
                        .ifPresent(of ->
                                text.append(", or ").append(amount(of, "")).append(" per unit of cost"));
            }
            sentences.add(text.append('.').toString());
        });
    }

    private String amount(Amount amount, String unit) {
        if (!amount.isAvailable()) {
            return "none (" + amount.reason() + ")";
        }
        NumberFormat numbers = NumberFormat.upTo(amount.value());
        return minus(numbers.format(amount.value()))
                + unit
                + amount.interval()
                        .map(of -> " (" + level + " interval " + minus(numbers.format(of.lower())) + " to "
                                + minus(numbers.format(of.upper())) + unit + ")")
                        .orElse("");
    }

    private static String minus(String number) {
        return number.replace('-', '\u2212');
    }
}
