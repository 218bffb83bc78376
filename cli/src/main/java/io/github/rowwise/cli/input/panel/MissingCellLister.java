package io.github.rowwise.cli.input.panel;

import io.github.rowwise.panel.Panel;

/**
 * Passes the cells without an outcome to a sink, ordered by unit and period. The caller reports the cells that have a reason
 * of their own, in this order; all missing cells before, between and after them get the default reason.
 */
final class MissingCellLister {

    private final Panel panel;
    private final String defaultReason;
    private final MissingCellSink sink;
    private final long limit;
    private long cell;
    private long listed;

    /**
     * Starts at the first cell.
     *
     * @param panel the panel
     * @param defaultReason the reason of all cells that are not reported
     * @param sink receives the cells
     * @param limit the maximum number of cells to list
     */
    MissingCellLister(Panel panel, String defaultReason, MissingCellSink sink, long limit) {
        this.panel = panel;
        this.defaultReason = defaultReason;
        this.sink = sink;
        this.limit = Math.min(limit, (long) panel.units() * panel.periods() - panel.observedCells());
    }

    /** Lists the cells up to and including one that has a reason of its own. */
    void report(long next, String reason) {
        while (cell < next && listed < limit) {
            list(defaultReason);
        }
        if (listed < limit) {
            list(reason);
        }
    }

    /** Lists the remaining cells. */
    void finish() {
        while (listed < limit) {
            list(defaultReason);
        }
    }

    private void list(String reason) {
        int unit = (int) (cell / panel.periods());
        int period = (int) (cell % panel.periods());
        if (!panel.isObserved(unit, period)) {
            sink.add(panel.unitNames().get(unit), panel.periodNames().get(period), reason);
            listed++;
        }
        cell++;
    }
}
