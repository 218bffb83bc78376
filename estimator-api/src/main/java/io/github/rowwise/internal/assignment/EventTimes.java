package io.github.rowwise.internal.assignment;

import io.github.rowwise.internal.pass.RowBlock;
import java.util.Arrays;

/**
 * How many periods each cell of a unit is after, or before, the unit went into an arm.
 *
 * <p>A stay in an arm is a run of observed cells in it; missing cells do not end it, another arm does. Its first observed
 * cell has event time 0, the others count periods from there. The run of control cells straight before a stay counts
 * down to -1, the period before. A stay that began before the unit was first seen has no event times.
 */
public final class EventTimes {

    /** Event times further off than this are not reported. */
    public static final int FURTHEST = 50;

    /** In place of an event time. */
    public static final int NONE = Integer.MIN_VALUE;

    private EventTimes() {}

    /**
     * Labels the cells of a unit.
     *
     * @param arms arms of cells, those of the unit from {@code start} on
     * @param times one entry a period, to be written over
     */
    public static void label(byte[] arms, int start, int arm, int[] times) {
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
                    times[k] = arms[start + k] == 0 ? k - j : NONE;
                }
            }
            if (now == arm && first >= 0) {
                times[j] = j - first;
            }
            if (now == 0 && before != 0) {
                firstControl = j;
            }
            before = now;
        }
    }
}
