package io.github.rowwise.cli.output.summary;

import io.github.rowwise.cli.output.NumberFormat;
import io.github.rowwise.cli.output.ShownTotals;
import io.github.rowwise.cli.output.TerminalLayout;
import io.github.rowwise.effects.Interval;
import io.github.rowwise.totals.Amount;
import io.github.rowwise.totals.ArmTotals;
import io.github.rowwise.totals.UnitTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Formats effects in percent, totals and worth for the terminal. */
final class TotalLines {

    private final TerminalLayout lines;
    private final ShownTotals shown;
    private final ArmTotals inAll;
    private final String outcome;

    TotalLines(TerminalLayout lines, ShownTotals shown, int arm, String outcome) {
        this.lines = lines;
        this.shown = shown;
        this.inAll = shown.totals().arm(arm);
        this.outcome = outcome;
    }

    void add() {
        addPercentages();
        addTotals();
    }

    private void addPercentages() {
        inAll.percentOverTreatedCells().ifPresent(overTreated -> {
            Amount overAll = inAll.percentOverAllCells().orElse(overTreated);
            NumberFormat numbers = format(Stream.of(overTreated, overAll), 3);
            lines.gap().part("Percent").add("of the sum of " + shown.unitOfTotals(outcome) + " under control");
            lines.add(percent(overTreated, numbers) + "  over treated cells");
            lines.add(percent(overAll, numbers) + "  over all cells, treated or not");
            List<Amount> units = units(UnitTotals::atePercent);
            double[] values = units.stream().mapToDouble(Amount::value).sorted().toArray();
            if (values.length >= 4) {
                lines.add("by unit (ATE): half of " + NumberFormat.count(values.length, "unit") + " between "
                        + numbers.format(quantile(values, 0.25)) + " % and " + numbers.format(quantile(values, 0.75))
                        + " %");
            }
        });
    }

    /** Interpolates between the two values around the quantile. */
    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        return sorted[below] + (at - below) * (sorted[Math.min(sorted.length - 1, below + 1)] - sorted[below]);
    }

    private List<Amount> units(Function<UnitTotals, Optional<Amount>> amount) {
        return shown.totals().units().stream()
                .filter(unit -> unit.arm() == inAll.arm())
                .flatMap(unit -> amount.apply(unit).stream())
                .filter(Amount::isAvailable)
                .toList();
    }

    private void addTotals() {
        lines.gap()
                .part("In all")
                .add("over " + NumberFormat.count(inAll.cells(), "treated cell") + " of "
                        + NumberFormat.count(inAll.units(), "unit"));
        if (inAll.cellsWithoutEstimate() > 0) {
            lines.add(NumberFormat.count(inAll.cellsWithoutEstimate(), "more treated cell")
                    + " of units without an estimate, and their costs, are left out");
        }
        List<String> names = new ArrayList<>(List.of("effect"));
        List<Amount> amounts = new ArrayList<>(List.of(inAll.total()));
        inAll.worth().ifPresent(worth -> {
            names.add("worth");
            amounts.add(worth);
        });
        inAll.netReturn().ifPresent(net -> {
            names.add("net return");
            amounts.add(net);
        });
        inAll.returnOnCost().ifPresent(net -> {
            names.add("return on cost");
            amounts.add(net);
        });
        int width = names.stream().mapToInt(String::length).max().orElse(0);
        for (int k = 0; k < names.size(); k++) {
            if (names.get(k).equals("net return")) {
                double cost = inAll.cost().orElseThrow();
                lines.add(pad("cost", width) + "  " + NumberFormat.upTo(cost, 3).format(cost));
            }
            NumberFormat numbers = format(Stream.of(amounts.get(k)), 3);
            lines.add(pad(names.get(k), width) + "  " + amount(amounts.get(k), numbers)
                    + (k == 0 ? "  in " + shown.unitOfTotals(outcome) : ""));
        }
        addClear();
    }

    private void addClear() {
        List<Interval> known = units(UnitTotals::netReturn).stream()
                .flatMap(of -> of.interval().stream())
                .toList();
        if (!known.isEmpty()) {
            long gain = known.stream().filter(of -> of.lower() > 0).count();
            long loss = known.stream().filter(of -> of.upper() < 0).count();
            lines.add("net return clearly above 0 in " + NumberFormat.count(gain) + " of "
                    + NumberFormat.count(known.size(), "unit") + ", below 0 in " + NumberFormat.count(loss));
        }
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static NumberFormat format(Stream<Amount> amounts, int digits) {
        return NumberFormat.upTo(
                amounts.filter(Amount::isAvailable)
                        .mapToDouble(of -> Math.abs(of.value()))
                        .max()
                        .orElse(0),
                digits);
    }

    private static String amount(Amount amount, NumberFormat numbers) {
        if (!amount.isAvailable()) {
            return "none: " + amount.reason();
        }
        return numbers.format(amount.value())
                + amount.interval()
                        .map(of -> " [" + numbers.format(of.lower()) + ", " + numbers.format(of.upper()) + "]")
                        .orElse("");
    }

    private static String percent(Amount amount, NumberFormat numbers) {
        if (!amount.isAvailable()) {
            return amount(amount, numbers);
        }
        return numbers.format(amount.value()) + " %"
                + amount.interval()
                        .map(of -> " [" + numbers.format(of.lower()) + " %, " + numbers.format(of.upper()) + " %]")
                        .orElse("");
    }
}
