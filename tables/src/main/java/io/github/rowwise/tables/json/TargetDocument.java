package io.github.rowwise.tables.json;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.targeting.GainPoint;
import io.github.rowwise.targeting.RankingArea;
import io.github.rowwise.targeting.TargetPlan;
import io.github.rowwise.targeting.TargetUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A choice of units to treat next as a document. */
public final class TargetDocument {

    private TargetDocument() {}

    /**
     * Returns the document.
     *
     * @param plan the choice
     * @param area the test of the order
     * @param warnings the warnings, as sentences
     * @return members {@code arm}, {@code budget}, {@code candidates}, {@code total_gain}, {@code units} in their order,
     *     {@code curve}, {@code ranking} and {@code warnings}
     */
    public static Map<String, @Nullable Object> of(TargetPlan plan, RankingArea area, List<String> warnings) {
        double level = plan.effects().confidenceLevel();
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("arm", plan.effects().panel().armNames().get(plan.arm()));
        document.put("budget", plan.budget().toString());
        document.put("candidates", plan.candidates().label());
        document.put("candidates_in_order", plan.units().size());
        document.put("candidates_unknown", plan.unknown());
        document.put("value", plan.worth());
        document.put("confidence_level", level);
        document.put("best", plan.best());
        document.put("chosen", plan.chosen().size());
        document.put("total_gain", JsonValues.estimate(plan.totalGain(), level));
        document.put("total_cost", plan.hasCosts() ? (Double) plan.totalCost() : null);
        document.put("total_value", JsonValues.estimate(plan.totalValue(), level));
        document.put("random_gain", JsonValues.estimate(plan.randomGain(), level));
        document.put("warnings", warnings);
        document.put("ranking", ranking(area, level));
        List<Object> curve = new ArrayList<>();
        for (GainPoint point : plan.curve()) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("share", point.share());
            one.put("units", point.units());
            one.put("total_gain", JsonValues.estimate(point.totalGain(), level));
            one.put("cost", plan.hasCosts() ? (Double) point.cost() : null);
            curve.add(one);
        }
        document.put("curve", curve);
        List<Object> units = new ArrayList<>();
        for (TargetUnit unit : plan.units()) {
            units.add(unit(plan, unit, level));
        }
        document.put("units", units);
        return document;
    }

    private static Map<String, @Nullable Object> ranking(RankingArea area, double level) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        Estimate value = area.area();
        members.put("tested", area.isTested());
        members.put("reason", area.isTested() ? null : value.toString());
        members.put("area", JsonValues.estimate(value, level));
        members.put("p_value", JsonValues.known(area.pValue()));
        members.put("units", area.units());
        members.put("guard_periods", area.guard());
        return members;
    }

    private static Map<String, @Nullable Object> unit(TargetPlan plan, TargetUnit unit, double level) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("rank", unit.rank());
        members.put("unit", unit.unit());
        JsonValues.addColumns(members, "gain", unit.gain(), level);
        members.put("predicted", unit.isPredicted());
        members.put("prob_best", JsonValues.known(unit.probabilityBest()));
        members.put("cost", plan.hasCosts() ? (Double) unit.cost() : null);
        members.put("net_return", unit.value());
        members.put("chosen", unit.isChosen());
        return members;
    }
}
