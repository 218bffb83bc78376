package io.github.rowwise.tables;

import io.github.rowwise.effects.Interval;
import io.github.rowwise.totals.Amount;
import io.github.rowwise.totals.TotalEffects;
import io.github.rowwise.totals.UnitTotals;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of percentages, totals and worth. They have intervals and no standard errors. */
final class TotalColumns {

    private final Map<String, Function<UnitTotals, @Nullable Double>> columns = new LinkedHashMap<>();

    private TotalColumns() {}

    /** Returns the values by name of the column, in the order of the columns. */
    static Map<String, Function<UnitTotals, @Nullable Double>> of(TotalEffects totals) {
        TotalColumns of = new TotalColumns();
        if (totals.scale().isPresent()) {
            of.addAmount("ate_percent", UnitTotals::atePercent);
            of.addAmount("att_percent", UnitTotals::attPercent);
        }
        of.addAmount("total_effect", unit -> Optional.of(unit.total()));
        if (totals.hasWorth()) {
            of.addAmount("worth", UnitTotals::worth);
        }
        if (totals.hasCost()) {
            of.columns.put("cost", unit -> unit.cost().orElse(null));
            of.addAmount("net_return", UnitTotals::netReturn);
            of.addAmount("return_on_cost", UnitTotals::returnOnCost);
        }
        return of.columns;
    }

    private void addAmount(String name, Function<UnitTotals, Optional<Amount>> amount) {
        columns.put(name, unit -> {
            Amount of = amount.apply(unit).orElse(null);
            return of == null || !of.isAvailable() ? null : (Double) of.value();
        });
        columns.put(name + "_ci_lo", unit -> end(amount.apply(unit), Interval::lower));
        columns.put(name + "_ci_hi", unit -> end(amount.apply(unit), Interval::upper));
    }

    private static @Nullable Double end(Optional<Amount> amount, Function<Interval, Double> end) {
        return amount.flatMap(Amount::interval).map(end).orElse(null);
    }
}
