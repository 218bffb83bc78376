package io.github.rowwise.cli.output;

import io.github.rowwise.averages.CellSelection;
import io.github.rowwise.averages.EffectAverages;
import io.github.rowwise.averages.GroupAverages;
import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.UnitColumn;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The averages that the program shows.
 *
 * @param byUnit by treatment: averages over all units, with intervals by unit
 * @param spectral the same of the spectral method that accompanies the result; empty if there is none
 * @param weights column of the weights, {@code null} for equal weights
 * @param groups averages by group, {@code null} unless asked for
 * @param base the group that others are compared with, {@code null} for all others together
 * @param overCells averages over chosen cells
 */
public record ShownAverages(
        List<AverageEffects> byUnit,
        List<AverageEffects> spectral,
        @Nullable String weights,
        @Nullable GroupAverages groups,
        @Nullable String base,
        List<OverCells> overCells) {

    /**
     * Averages over the cells whose rows meet a condition.
     *
     * @param condition the condition
     * @param cells number of the cells
     * @param byArm the averages, from arm 1 on
     * @param isByGroup whether their intervals take the groups as the units of variation
     */
    public record OverCells(String condition, long cells, List<AverageEffects> byArm, boolean isByGroup) {}

    /** Keeps copies of the lists. */
    public ShownAverages {
        byUnit = List.copyOf(byUnit);
        spectral = List.copyOf(spectral);
        overCells = List.copyOf(overCells);
    }

    /**
     * Returns the averages of a result, without any that were asked for.
     *
     * @param effects the result
     * @param spectral the same panel by the spectral method, or {@code null}
     * @return the averages with equal weights
     */
    public static ShownAverages of(UnitEffects effects, @Nullable UnitEffects spectral) {
        return new ShownAverages(
                byArm(effects), spectral == null ? List.of() : byArm(spectral), null, null, null, List.of());
    }

    private static List<AverageEffects> byArm(UnitEffects effects) {
        return IntStream.range(1, effects.panel().arms())
                .mapToObj(effects::averages)
                .toList();
    }

    /**
     * Computes the averages with weights and by group.
     *
     * @param effects the result
     * @param spectral the same panel by the spectral method, or {@code null}
     * @param weights weights of the units, {@code null} for equal weights
     * @param groups groups of the units, {@code null} for none
     * @param base the group that others are compared with, {@code null} for all others together
     * @param threads number of threads, 0 for one per core
     * @return the averages
     */
    public static ShownAverages of(
            UnitEffects effects,
            @Nullable UnitEffects spectral,
            @Nullable UnitColumn weights,
            @Nullable UnitColumn groups,
            @Nullable String base,
            int threads) {
        EffectAverages averages = averages(effects, weights, threads);
        return new ShownAverages(
                averages.byArm(CellSelection.all()),
                spectral == null
                        ? List.of()
                        : averages(spectral, weights, threads).byArm(CellSelection.all()),
                weights == null ? null : weights.name(),
                groups == null ? null : averages.byGroup(groups),
                base,
                List.of());
    }

    /**
     * Prepares averages of a result.
     *
     * @param effects the result
     * @param weights weights of the units, {@code null} for equal weights
     * @param threads number of threads, 0 for one per core
     * @return the averages
     */
    public static EffectAverages averages(UnitEffects effects, @Nullable UnitColumn weights, int threads) {
        EffectAverages averages = EffectAverages.of(effects);
        if (weights != null) {
            averages = averages.withWeights(weights);
        }
        return threads > 0 ? averages.withThreads(threads) : averages;
    }

    /**
     * Adds averages over chosen cells.
     *
     * @param chosen the averages
     * @return a changed copy
     */
    public ShownAverages withOverCells(List<OverCells> chosen) {
        return new ShownAverages(byUnit, spectral, weights, groups, base, chosen);
    }

    /** With fewer groups that do not decide treatment, an interval with them as the units of variation says nothing. */
    private static final int FEW_GROUPS = 5;

    /**
     * Returns whether averages with the groups as the units of variation are shown next to those by unit.
     *
     * @return false without groups, if they come first, or if there are few
     */
    public boolean isByGroupToo() {
        return groups != null && !isByGroup() && groups.groups().size() >= FEW_GROUPS;
    }

    /**
     * Returns whether treatment is decided by the groups that were asked for, so that they are the units of variation.
     *
     * @return false without groups
     */
    public boolean isByGroup() {
        return groups != null && groups.isTreatmentByGroup();
    }

    /**
     * Returns the averages that come first: with the groups as the units of variation if treatment is decided by them.
     *
     * @param arm the arm, 1 or more
     * @return the averages over all units
     */
    public AverageEffects lead(int arm) {
        GroupAverages of = groups;
        return of != null && isByGroup() ? of.overallByGroup(arm) : byUnit.get(arm - 1);
    }

    /**
     * Describes the weights.
     *
     * @return such as {@code with equal weight}
     */
    public String weighting() {
        return weights == null ? "with equal weight" : "weighted by " + Quoted.plain(weights);
    }
}
