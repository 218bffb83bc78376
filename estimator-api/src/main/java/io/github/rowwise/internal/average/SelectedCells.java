package io.github.rowwise.internal.average;

import org.jspecify.annotations.Nullable;

/**
 * Cells over which effects are averaged, with the units in groups that have no unit in common.
 *
 * @param groups number of groups
 * @param groupOf group of each unit; -1 for a unit that is in none
 * @param weights weight of each unit, above zero
 * @param test which cells of these units count; {@code null} for all
 * @param isByEstimate whether the units were grouped by their estimates. Their posterior means are then right as they are, because
 *     a posterior does not change by what is done with it, and averages are not corrected for shrinkage. Units that lack the arm
 *     count with their predictions
 */
public record SelectedCells(
        int groups,
        int[] groupOf,
        double[] weights,
        @Nullable CellTest test,
        boolean isByEstimate) {

    /** Selects cells of units that were not grouped by their estimates. */
    public SelectedCells(int groups, int[] groupOf, double[] weights, @Nullable CellTest test) {
        this(groups, groupOf, weights, test, false);
    }

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
