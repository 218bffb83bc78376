package io.github.rowwise.internal.average;

import org.jspecify.annotations.Nullable;

/**
 * Cells over which effects are averaged, with the units in groups that have no unit in common.
 *
 * @param groups number of groups
 * @param groupOf group of each unit; -1 for a unit that is in none
 * @param weights weight of each unit, above zero
 * @param test which cells of these units count; {@code null} for all
 */
public record SelectedCells(
        int groups,
        int[] groupOf,
        double[] weights,
        @Nullable CellTest test) {

    /** Selects cells. Called by several threads. */
    @FunctionalInterface
    public interface CellTest {
        /** Returns whether the cell counts; periods are those of the panel. */
        boolean includes(int unit, int period);
    }

    /** Returns whether a cell of a unit that is in a group counts. */
    public boolean includes(int unit, int period) {
        return test == null || test.includes(unit, period);
    }
}
