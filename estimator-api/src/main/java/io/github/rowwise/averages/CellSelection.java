package io.github.rowwise.averages;

import io.github.rowwise.internal.average.SelectedCells.CellTest;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.Panel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cells over which effects are averaged: chosen units, a stretch of periods, and a condition on single cells. Names are looked up
 * when the selection is used with a panel. Immutable, and safe for use by several threads if its condition is.
 *
 * <pre class="example">{@code
 * CellSelection selection = CellSelection.all().withUnits(List.of("store 7", "store 8")).withPeriods("2024-01", "2024-06");
 * AverageEffects averages = EffectAverages.of(effects).over(selection);
 * }</pre>
 */
public final class CellSelection {

    private static final CellSelection ALL = new CellSelection(null, null, null, null);

    private final @Nullable Set<String> units;
    private final @Nullable String firstPeriod;
    private final @Nullable String lastPeriod;
    private final @Nullable CellCondition condition;

    /** A condition on a cell. It is asked by several threads, and gives the same answer each time. */
    @FunctionalInterface
    public interface CellCondition {

        /**
         * Returns whether a cell is selected.
         *
         * @param unit index of the unit
         * @param period index of the period
         * @return true for a cell that is averaged over
         */
        boolean includes(int unit, int period);
    }

    private CellSelection(
            @Nullable Set<String> units,
            @Nullable String firstPeriod,
            @Nullable String lastPeriod,
            @Nullable CellCondition condition) {
        this.units = units;
        this.firstPeriod = firstPeriod;
        this.lastPeriod = lastPeriod;
        this.condition = condition;
    }

    /**
     * Returns the selection of all cells.
     *
     * @return all units and periods
     */
    public static CellSelection all() {
        return ALL;
    }

    /**
     * Selects units.
     *
     * @param names names of units, at least one; a name that occurs twice counts once
     * @return a changed copy
     * @throws IllegalArgumentException if there are no names
     */
    public CellSelection withUnits(Collection<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a selection of no units: name one or more");
        }
        return new CellSelection(Set.copyOf(new LinkedHashSet<>(names)), firstPeriod, lastPeriod, condition);
    }

    /**
     * Selects a stretch of periods.
     *
     * @param first name of the first period
     * @param last name of the last period, which is included
     * @return a changed copy
     */
    public CellSelection withPeriods(String first, String last) {
        return new CellSelection(
                units, Objects.requireNonNull(first, "first"), Objects.requireNonNull(last, "last"), condition);
    }

    /**
     * Selects the cells that meet a condition, among those of the chosen units and periods.
     *
     * @param test the condition, which replaces the one before
     * @return a changed copy
     */
    public CellSelection withCells(CellCondition test) {
        return new CellSelection(units, firstPeriod, lastPeriod, Objects.requireNonNull(test, "test"));
    }

    /** Returns whether all cells of the panel are selected. */
    boolean isAll() {
        return units == null && hasAllCells();
    }

    /** Returns whether all cells of the chosen units are selected. */
    boolean hasAllCells() {
        return firstPeriod == null && condition == null;
    }

    /**
     * Finds the units.
     *
     * @throws IllegalArgumentException if the panel lacks one; the message suggests the closest name
     */
    BitSet units(Panel panel) {
        BitSet found = new BitSet(panel.units());
        Set<String> names = units;
        if (names == null) {
            found.set(0, panel.units());
        } else {
            names.stream().sorted().forEach(name -> found.set(panel.unitIndex(name)));
        }
        return found;
    }

    /**
     * Returns the test of a cell of these units; {@code null} if all are selected.
     *
     * @throws IllegalArgumentException if the panel lacks a period, or the last comes before the first
     */
    @Nullable
    CellTest test(Panel panel) {
        CellCondition cell = condition;
        String firstName = firstPeriod;
        String lastName = lastPeriod;
        if (firstName == null || lastName == null) {
            return cell == null ? null : cell::includes;
        }
        int first = panel.periodIndex(firstName);
        int last = panel.periodIndex(lastName);
        if (last < first) {
            throw new IllegalArgumentException("the last period " + Quoted.value(lastName) + " comes before the first "
                    + Quoted.value(firstName) + ": exchange them");
        }
        return (unit, period) -> period >= first && period <= last && (cell == null || cell.includes(unit, period));
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        parts.add(units == null ? "all units" : units.size() + (units.size() == 1 ? " unit" : " units"));
        parts.add(
                firstPeriod == null
                        ? "all periods"
                        : "periods " + Quoted.value(firstPeriod) + " to " + Quoted.value(String.valueOf(lastPeriod)));
        if (condition != null) {
            parts.add("a condition on cells");
        }
        return String.join(", ", parts);
    }
}
