package io.github.rowwise.cli.input.panel;

import java.util.BitSet;
import java.util.List;

/**
 * The cells whose rows meet a condition.
 *
 * @param condition the condition
 * @param cells number of these cells, observed or not
 * @param units number of units with such a cell
 * @param periods by unit: the periods of its cells
 */
public record ConditionCells(String condition, long cells, int units, List<BitSet> periods) {

    /** The option that has conditions, for messages. */
    public static final String OPTION = "--average-over";

    /**
     * Returns whether a cell meets the condition.
     *
     * @param unit index of the unit
     * @param period index of the period
     * @return true if it has a row that does
     */
    public boolean includes(int unit, int period) {
        return periods.get(unit).get(period);
    }
}
