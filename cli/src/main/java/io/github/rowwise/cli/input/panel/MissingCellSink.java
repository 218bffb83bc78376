package io.github.rowwise.cli.input.panel;

/** Receives the cells without an outcome, ordered by unit and period. */
@FunctionalInterface
public interface MissingCellSink {

    /**
     * Receives a cell.
     *
     * @param unit name of the unit
     * @param time name of the period
     * @param reason one of the keys of {@code MissingCells.reasons()}
     */
    void add(String unit, String time, String reason);
}
