package io.github.rowwise.cli.input;

/** Takes the cells without an outcome, unit by unit and in each by period. */
@FunctionalInterface
public interface LeftOutSink {

    /**
     * Takes a cell.
     *
     * @param unit the unit's name
     * @param time the period's name
     * @param reason one of those of {@link LeftOut#reasons}
     */
    void add(String unit, String time, String reason);
}
