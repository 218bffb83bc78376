package io.github.rowwise.internal.factor.pass;

import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.pass.RowBlock;

/**
 * Divides the rows of a block by the layout in which their units are stored, see {@link UnitCells}: the sparse ones with
 * increasing numbers of slots, then the full one. Scratch memory of one thread.
 */
public final class UnitLayouts {

    private final PanelCounts panel;
    private final int[] sparseSlots;
    private int[] rows = {};

    UnitLayouts(PanelCounts panel, int[] sparseSlots) {
        this.panel = panel;
        this.sparseSlots = sparseSlots;
    }

    /** Returns the layouts of units with few cells only; all other units have the full layout. */
    public static UnitLayouts ofFewCells(PanelCounts panel) {
        return new UnitLayouts(panel, UnitCells.fewSlots(panel));
    }

    /** Returns whether a unit has the layout of units with few cells. */
    public static boolean hasFewCells(PanelCounts panel, int unit) {
        int slots = UnitCells.slotsOfFewCells(panel);
        return slots > 0 && panel.cells()[unit] + panel.runs()[unit] <= slots;
    }

    /** Returns a single layout, the full one. */
    public static UnitLayouts full(PanelCounts panel) {
        return new UnitLayouts(panel, new int[0]);
    }

    public int count() {
        return sparseSlots.length + 1;
    }

    /** Returns the number of slots per unit of a layout. */
    public int slots(int layout) {
        return layout < sparseSlots.length ? sparseSlots[layout] : panel.periods();
    }

    /** Lists the rows of the units that have a layout. Returns their number. */
    public int list(RowBlock block, int layout) {
        if (rows.length < block.rows()) {
            rows = new int[block.rows()];
        }
        int count = 0;
        for (int row = 0; row < block.rows(); row++) {
            if (layoutOf(block.firstRow() + row) == layout) {
                rows[count++] = row;
            }
        }
        return count;
    }

    /** Returns the rows that were listed last, at the start of an array. */
    public int[] rows() {
        return rows;
    }

    private int layoutOf(int index) {
        int layout = 0;
        while (layout < sparseSlots.length && panel.cells()[index] + panel.runs()[index] > sparseSlots[layout]) {
            layout++;
        }
        return layout;
    }
}
