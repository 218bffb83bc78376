package io.github.rowwise.cli.input.panel;

import io.github.rowwise.panel.Panel;

/**
 * Goes through a panel and hands over each cell without an outcome. Those with a reason of their own are told in the order
 * of units and periods; what lies between them has the other reason.
 */
final class MissingCellsWalk {

    private final Panel panel;
    private final String otherwise;
    private final MissingCellSink sink;
    private final long most;
    private long cell;
    private long found;

    /**
     * Starts at the first cell.
     *
     * @param panel the panel
     * @param otherwise the reason where none is told
     * @param sink takes the cells
     * @param most how many it takes
     */
    MissingCellsWalk(Panel panel, String otherwise, MissingCellSink sink, long most) {
        this.panel = panel;
        this.otherwise = otherwise;
        this.sink = sink;
        this.most = Math.min(most, (long) panel.units() * panel.periods() - panel.observedCells());
    }

    /** Goes on to a cell that has a reason. */
    void to(long next, String reason) {
        while (cell < next && found < most) {
            take(otherwise);
        }
        if (found < most) {
            take(reason);
        }
    }

    /** Goes on to the last cell. */
    void toTheEnd() {
        while (found < most) {
            take(otherwise);
        }
    }

    private void take(String reason) {
        int unit = (int) (cell / panel.periods());
        int period = (int) (cell % panel.periods());
        if (!panel.isObserved(unit, period)) {
            sink.add(panel.unitNames().get(unit), panel.periodNames().get(period), reason);
            found++;
        }
        cell++;
    }
}
