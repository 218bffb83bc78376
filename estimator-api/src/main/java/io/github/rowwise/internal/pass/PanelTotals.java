package io.github.rowwise.internal.pass;

import java.io.Serializable;

/**
 * Totals over all units of a panel.
 *
 * @param units number of units
 * @param cellsPerArm number of observed cells per arm
 * @param largestOutcome largest absolute outcome
 */
public record PanelTotals(int units, long[] cellsPerArm, double largestOutcome) implements Serializable {

    /** Returns the totals of two disjoint sets of units. */
    public PanelTotals plus(PanelTotals more) {
        long[] cells = cellsPerArm.clone();
        for (int arm = 0; arm < cells.length; arm++) {
            cells[arm] += more.cellsPerArm[arm];
        }
        return new PanelTotals(Math.addExact(units, more.units), cells, Math.max(largestOutcome, more.largestOutcome));
    }
}
