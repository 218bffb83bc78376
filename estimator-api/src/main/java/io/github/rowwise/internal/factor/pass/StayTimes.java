package io.github.rowwise.internal.factor.pass;

import io.github.rowwise.internal.pass.RowBlock;

/**
 * The number of periods since a unit entered the arm of each cell. A stay in an arm starts with its first observed cell. Missing
 * cells are counted and do not end it; a cell in another arm does.
 */
public final class StayTimes {

    private StayTimes() {}

    /**
     * Sets the times of a unit.
     *
     * @param arms arms of cells; those of the unit begin at {@code start}
     * @param times receives one number per period, that of the current stay for missing cells
     */
    public static void set(byte[] arms, int start, int[] times) {
        int current = RowBlock.MISSING;
        int begin = 0;
        for (int j = 0; j < times.length; j++) {
            byte arm = arms[start + j];
            if (arm != RowBlock.MISSING && arm != current) {
                current = arm;
                begin = j;
            }
            times[j] = j - begin;
        }
    }

    /**
     * Sets the times of a unit whose cells are in slots.
     *
     * @param arms arm of each slot
     * @param periods period of each slot
     * @param times receives one number per slot, 0 for empty ones
     */
    static void set(byte[] arms, int[] periods, int[] times) {
        int current = RowBlock.MISSING;
        int begin = 0;
        for (int slot = 0; slot < times.length; slot++) {
            boolean seen = arms[slot] != RowBlock.MISSING;
            if (seen && arms[slot] != current) {
                current = arms[slot];
                begin = periods[slot];
            }
            times[slot] = seen ? periods[slot] - begin : 0;
        }
    }
}
