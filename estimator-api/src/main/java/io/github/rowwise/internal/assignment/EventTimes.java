package io.github.rowwise.internal.assignment;

import io.github.rowwise.internal.pass.RowBlock;
import java.util.Arrays;

/**
 * Event times: the number of periods from the start of a spell in an arm to each cell of the unit.
 *
 * <p>A spell is a sequence of observed cells in the arm. A cell in another arm ends it; missing cells do not. Example
 * for arm 1, with missing cells as dots:
 *
 * <pre>
 * arm         0   0   .   0   1   .   1   2   0
 * event time -4  -3       -1   0       2
 * </pre>
 *
 * <p>Absent periods count: event times are differences of positions in time. The first cell of the spell has event time 0. The control cells directly before the spell have negative event
 * times, with -1 for the period before the start. A spell that starts at the unit's first observed cell has no event
 * times, because its start is unknown.
 */
public final class EventTimes {

    /** Largest absolute event time that is reported. */
    public static final int FURTHEST = 50;

    /** Marks a cell without an event time. */
    public static final int NONE = Integer.MIN_VALUE;

    private EventTimes() {}

    /**
     * Computes the event times of a unit.
     *
     * @param arms arms of cells; those of the unit begin at {@code start}
     * @param positions position of each period in time
     * @param times receives one event time per period
     */
    public static void label(byte[] arms, int start, int arm, int[] positions, int[] times) {
        Arrays.fill(times, NONE);
        int before = RowBlock.MISSING;
        int first = -1;
        int firstControl = 0;
        for (int j = 0; j < times.length; j++) {
            int now = arms[start + j];
            if (now == RowBlock.MISSING) {
                continue;
            }
            if (now == arm && before != arm) {
                first = before == RowBlock.MISSING ? -1 : j;
                for (int k = firstControl; before == 0 && k < j; k++) {
                    times[k] = arms[start + k] == 0 ? positions[k] - positions[j] : NONE;
                }
            }
            if (now == arm && first >= 0) {
                times[j] = positions[j] - positions[first];
            }
            if (now == 0 && before != 0) {
                firstControl = j;
            }
            before = now;
        }
    }
}
