package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.RowBlock;
import java.util.Arrays;

/**
 * Cells sorted by arm, and within an arm by the arm of the cell before: the groups whose rows are added up together. The
 * cells of a unit over the periods, or those of a period over a few units. One thread's.
 */
final class CellGroups {

    private final int arms;
    private final int[] keys;
    private final int[] bounds;
    private final int[] next;

    /** The periods or units of the cells, group after group, each group in the order they were put. */
    final int[] members;

    private int count;

    CellGroups(int arms, int most) {
        this.arms = arms;
        this.keys = new int[most];
        this.members = new int[most];
        this.bounds = new int[arms * (arms + 1) + 1];
        this.next = new int[bounds.length];
    }

    void clear() {
        count = 0;
        Arrays.fill(bounds, 0);
    }

    /** Puts the next cell. */
    void put(byte arm, byte armBefore) {
        int key = arm == RowBlock.MISSING ? -1 : arm * (arms + 1) + armBefore + 1;
        keys[count++] = key;
        if (key >= 0) {
            bounds[key + 1]++;
        }
    }

    void sort() {
        for (int key = 1; key < bounds.length; key++) {
            bounds[key] += bounds[key - 1];
        }
        System.arraycopy(bounds, 0, next, 0, bounds.length);
        for (int member = 0; member < count; member++) {
            if (keys[member] >= 0) {
                members[next[keys[member]]++] = member;
            }
        }
    }

    /** Where the cells of an arm begin; they end where those of the next arm begin. */
    int from(int arm) {
        return bounds[arm * (arms + 1)];
    }

    /** Where the cells of an arm that follow one of another arm begin. */
    int from(int arm, int before) {
        return bounds[arm * (arms + 1) + before + 1];
    }

    int to(int arm, int before) {
        return bounds[arm * (arms + 1) + before + 2];
    }

    /** Where in a row what such cells add begins. */
    static int start(Dimensions size, boolean correlated, int arm, int before) {
        return correlated && arm == before ? 0 : size.cellStart(correlated);
    }

    /** How long it is. */
    static int width(Dimensions size, boolean correlated, int arm, int before) {
        if (!correlated || before < 0) {
            return size.pairs();
        }
        return 2 * size.pairs() + (arm == before ? size.pairs() : size.orderedPairs());
    }
}
