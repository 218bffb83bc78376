package io.github.rowwise.totals;

import io.github.rowwise.averages.CellSelection;
import io.github.rowwise.averages.EffectAverages;
import io.github.rowwise.averages.GroupAverages;
import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.UnitColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Averages over the units that have an estimate, with weights that may be 0, by groups where they decide treatment. */
final class WeightedUnits {

    /** A weight that is smaller than this share of the largest adds nothing to a sum of doubles. */
    private static final double LEAST_SHARE = 1e-200;

    private final UnitEffects effects;
    private final @Nullable UnitColumn groups;
    private final int threads;

    WeightedUnits(UnitEffects effects, @Nullable UnitColumn groups, int threads) {
        this.effects = effects;
        this.groups = groups;
        this.threads = threads;
    }

    /**
     * Averages effects of an arm.
     *
     * @param arm the arm, 1 or more
     * @param weights 0 or more, one per unit; what they are for units without an estimate makes no difference
     * @param which of the averages
     */
    Estimate average(int arm, double[] weights, Function<AverageEffects, Estimate> which) {
        double largest = 0;
        for (int unit = 0; unit < weights.length; unit++) {
            largest = isCounted(unit, arm) ? Math.max(largest, weights[unit]) : largest;
        }
        if (largest == 0) {
            return Estimate.unavailable("no unit with an estimate and a weight above 0");
        }
        double[] positive = new double[weights.length];
        List<String> selected = new ArrayList<>();
        for (int unit = 0; unit < weights.length; unit++) {
            boolean isExcluded = isCounted(unit, arm) && weights[unit] <= LEAST_SHARE * largest;
            positive[unit] = isExcluded || !isCounted(unit, arm) ? 1 : weights[unit] / largest;
            if (!isExcluded) {
                selected.add(effects.panel().unitNames().get(unit));
            }
        }
        CellSelection selection = selected.size() == weights.length
                ? CellSelection.all()
                : CellSelection.all().withUnits(selected);
        EffectAverages averages =
                EffectAverages.of(effects).withThreads(threads).withWeights(positive);
        UnitColumn column = groups;
        if (column == null) {
            return which.apply(averages.byArm(selection).get(arm - 1));
        }
        if (isOfOneGroup(column, selected)) {
            Estimate byUnit = which.apply(averages.byArm(selection).get(arm - 1));
            return byUnit.isAvailable() ? Estimate.withoutStandardError(byUnit.value()) : byUnit;
        }
        GroupAverages byGroup = averages.byGroup(column, selection);
        return which.apply(byGroup.overallByGroup(arm));
    }

    private boolean isCounted(int unit, int arm) {
        return effects.effect(unit, arm).att().isAvailable();
    }

    /** Groups that differ in nothing give no standard error. */
    private boolean isOfOneGroup(UnitColumn column, List<String> selected) {
        int[] levels = column.levelIndexes();
        int[] found = selected.stream()
                .mapToInt(name -> levels[effects.panel().unitIndex(name)])
                .toArray();
        return Arrays.stream(found).distinct().count() < 2;
    }
}
