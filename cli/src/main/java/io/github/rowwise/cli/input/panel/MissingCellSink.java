package io.github.rowwise.cli.input.panel;

/** Takes the cells without an outcome, unit by unit and in each by period. */
@FunctionalInterface
public interface MissingCellSink {

    /**
     * Takes a cell.
     *
     * @param unit the unit's name
     * @param time the period's name
     * @param reason one of those of {@link MissingCells#reasons}
     */
    void add(String unit, String time, String reason);
}
