package io.github.rowwise.internal.assignment;

import io.github.rowwise.internal.pass.RowBlock;

/**
 * The control cells of a unit by the time until its treatment starts and the time since it ended. Example, with missing cells as
 * dots:
 *
 * <pre>
 * arm     0  0  .  0  1  .  1  0  0  2  0
 * before  4  3     1           2  1
 * after                        1  2     1
 * </pre>
 *
 * <p>Absent periods count. Missing cells neither start nor end a treatment. A treatment in another arm than the one before it has
 * no control cells before it.
 */
public final class Transitions {

    private Transitions() {}

    /**
     * Computes the times of a unit.
     *
     * @param arms one arm per period
     * @param positions position of each period in time
     * @param before receives the time until the next start of treatment, 0 for cells that are not control cells before one
     * @param after receives the time since the last end of treatment, 0 for cells that are not control cells after one
     */
    public static void label(byte[] arms, int[] positions, int[] before, int[] after) {
        int last = -1;
        for (int j = 0; j < arms.length; j++) {
            last = arms[j] > 0 ? j : last;
            after[j] = arms[j] == 0 && last >= 0 ? positions[j] - positions[last] : 0;
        }
        int next = -1;
        for (int j = arms.length - 1; j >= 0; j--) {
            next = arms[j] > 0 ? j : next;
            before[j] = arms[j] == 0 && next >= 0 ? positions[next] - positions[j] : 0;
        }
    }

    /** Hides the control cells at most {@code lead} before a start of treatment or {@code washout} after its end. */
    public static void hide(byte[] arms, int[] positions, int lead, int washout) {
        int[] before = new int[arms.length];
        int[] after = new int[arms.length];
        label(arms, positions, before, after);
        for (int j = 0; j < arms.length; j++) {
            if (isWithin(before[j], lead) || isWithin(after[j], washout)) {
                arms[j] = RowBlock.MISSING;
            }
        }
    }

    /** Whether a time of {@link #label} is one of the first. */
    public static boolean isWithin(int time, int most) {
        return time > 0 && time <= most;
    }
}
