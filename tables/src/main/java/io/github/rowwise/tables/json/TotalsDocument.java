package io.github.rowwise.tables.json;

import io.github.rowwise.effects.Interval;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.totals.Amount;
import io.github.rowwise.totals.ArmTotals;
import io.github.rowwise.totals.OutcomeScale;
import io.github.rowwise.totals.TotalEffects;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The member of a document that has percentages, totals and worth over all units. */
public final class TotalsDocument {

    private TotalsDocument() {}

    /**
     * Returns the totals in all. Those of the units are among their columns.
     *
     * @param effects the result
     * @param totals its totals
     * @param value the value of one unit of outcome as it was given: a number or the name of a column; {@code null} for none
     * @param cost the cost of a treated cell as it was given; {@code null} for none
     * @return members {@code scale}, {@code value}, {@code cost} and {@code arms}; each arm has {@code arm}, {@code units}, {@code
     *     treated_cells}, {@code treated_cells_without_estimate} and the amounts, each of {@code value}, {@code ci_lo}, {@code ci_hi}
     *     and the {@code reason} why there is none
     */
    public static Map<String, @Nullable Object> of(
            UnitEffects effects, TotalEffects totals, @Nullable Object value, @Nullable Object cost) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("scale", totals.scale().map(OutcomeScale::label).orElse(null));
        members.put("value", value);
        members.put("cost", cost);
        List<Object> arms = new ArrayList<>();
        for (ArmTotals of : totals.arms()) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("arm", effects.panel().armNames().get(of.arm()));
            one.put("units", of.units());
            one.put("treated_cells", of.cells());
            one.put("treated_cells_without_estimate", of.cellsWithoutEstimate());
            put(one, "percent_over_treated_cells", of.percentOverTreatedCells());
            put(one, "percent_over_all_cells", of.percentOverAllCells());
            put(one, "total_effect", Optional.of(of.total()));
            put(one, "worth", of.worth());
            of.cost().ifPresent(paid -> one.put("cost", paid));
            put(one, "net_return", of.netReturn());
            put(one, "return_on_cost", of.returnOnCost());
            arms.add(one);
        }
        members.put("arms", arms);
        return members;
    }

    private static void put(Map<String, @Nullable Object> target, String name, Optional<Amount> amount) {
        amount.ifPresent(of -> {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            members.put("value", of.isAvailable() ? (Double) of.value() : null);
            members.put("ci_lo", of.interval().map(Interval::lower).orElse(null));
            members.put("ci_hi", of.interval().map(Interval::upper).orElse(null));
            members.put("reason", of.isAvailable() ? null : of.reason());
            target.put(name, members);
        });
    }
}
