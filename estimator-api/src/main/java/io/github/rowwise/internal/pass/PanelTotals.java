package io.github.rowwise.internal.pass;

import java.io.Serializable;

/**
 * What all units together have.
 *
 * @param units n
 * @param cellsPerArm observed cells by arm
 * @param largestOutcome the largest absolute outcome
 */
public record PanelTotals(int units, long[] cellsPerArm, double largestOutcome) implements Serializable {

    /** Of two parts together. */
    public PanelTotals plus(PanelTotals more) {
        long[] cells = cellsPerArm.clone();
        for (int arm = 0; arm < cells.length; arm++) {
            cells[arm] += more.cellsPerArm[arm];
        }
        return new PanelTotals(Math.addExact(units, more.units), cells, Math.max(largestOutcome, more.largestOutcome));
    }
}
