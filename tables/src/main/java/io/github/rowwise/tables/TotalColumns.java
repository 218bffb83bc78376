package io.github.rowwise.tables;

import io.github.rowwise.effects.Interval;
import io.github.rowwise.totals.Amount;
import io.github.rowwise.totals.TotalEffects;
import io.github.rowwise.totals.UnitTotals;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of percentages, totals and worth. They have intervals and no standard errors. */
final class TotalColumns {

    private TotalColumns() {}

    static void add(List<EffectColumn> columns, TotalEffects totals) {
        if (totals.scale().isPresent()) {
            addAmount(columns, "ate_percent", UnitTotals::atePercent);
            addAmount(columns, "att_percent", UnitTotals::attPercent);
        }
        addAmount(columns, "total_effect", of -> Optional.of(of.total()));
        if (totals.hasWorth()) {
            addAmount(columns, "worth", UnitTotals::worth);
        }
        if (totals.hasCost()) {
            columns.add(number("cost", of -> of.cost().orElse(null)));
            addAmount(columns, "net_return", UnitTotals::netReturn);
            addAmount(columns, "return_on_cost", UnitTotals::returnOnCost);
        }
    }

    private static void addAmount(
            List<EffectColumn> columns, String name, Function<UnitTotals, Optional<Amount>> amount) {
        columns.add(number(
                name,
                of -> amount.apply(of)
                        .filter(Amount::isAvailable)
                        .map(Amount::value)
                        .orElse(null)));
        columns.add(number(name + "_ci_lo", of -> interval(amount.apply(of), Interval::lower)));
        columns.add(number(name + "_ci_hi", of -> interval(amount.apply(of), Interval::upper)));
    }

    private static @Nullable Double interval(Optional<Amount> amount, Function<Interval, Double> end) {
        return amount.flatMap(Amount::interval).map(end).orElse(null);
    }

    private static EffectColumn number(String name, Function<UnitTotals, @Nullable Double> value) {
        return new EffectColumn(name, EffectColumn.Kind.NUMBER, row -> {
            UnitTotals totals = row.totals();
            return totals == null ? null : value.apply(totals);
        });
    }
}
