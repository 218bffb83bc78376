package io.github.rowwise.internal.factor.kernel;

import io.github.rowwise.internal.factor.model.PanelCounts;

/**
 * The sums over all subsets of each four of at most 32 rows, so that the sum over any of the rows takes one addition for
 * four of them. One thread's.
 *
 * <p>Source: Arlazarov, Dinic, Kronrod and Faradzev (1970), the method of four Russians.
 */
public final class SubsetSums {

    public static final int ROWS = CellBits.WORD;

    private static final int GROUP = 4;
    private static final int SUBSETS = 1 << GROUP;
    private static final int LAST = SUBSETS - 1;
    private static final int GROUPS = ROWS / GROUP;

    /** From so many rows on, the empty subsets among the groups are added too, and not looked for. */
    private static final int DENSE = 8;

    private final int width;

    /** By group and then by subset, whose lowest bit is the first row; the row of the empty subset stays zero. */
    private final double[] sums;

    private final int[] four = new int[GROUP];
    private final int[] chosen = new int[GROUPS];

    /**
     * Makes room.
     *
     * @param isLarge whether the panel is, see {@link PanelCounts#isLarge}
     */
    public SubsetSums(int width, boolean isLarge) {
        this.width = width;
        this.sums = CacheLines.doubles(GROUPS * SUBSETS * width, isLarge);
    }

    /** Takes rows of a table that begin at {@code first} and are {@code stride} apart. */
    public void set(double[] table, int first, int stride, int rows) {
        for (int row = 0; row < rows; row += GROUP) {
            for (int k = 0; k < GROUP; k++) {
                // Rows beyond the last are in no subset that is asked for.
                four[k] = first + Math.min(row + k, rows - 1) * stride;
            }
            Vectors.subsets(table, four, sums, start(0, row / GROUP), width);
        }
    }

    /**
     * Adds the sum over some rows.
     *
     * @param rows a bit for each
     * @param offset where in the rows what is added begins
     */
    public void add(int rows, int offset, double[] target, int at, int length) {
        if (Integer.bitCount(rows) >= DENSE) {
            for (int group = 0; group < GROUPS; group++) {
                chosen[group] = start(rows, group) + offset;
            }
            Vectors.addEight(target, at, sums, chosen, length);
            return;
        }
        int count = 0;
        for (int left = rows; left != 0; ) {
            int group = Integer.numberOfTrailingZeros(left) / GROUP;
            chosen[count++] = start(rows, group) + offset;
            left &= ~(LAST << (group * GROUP));
        }
        if (count == 0) {
            return;
        }
        while (count % GROUPS != 0 && count != GROUPS / 2) {
            chosen[count++] = start(0, 0) + offset; // of the empty subset
        }
        if (count == GROUPS) {
            Vectors.addEight(target, at, sums, chosen, length);
        } else {
            Vectors.addFour(target, at, sums, chosen, length);
        }
    }

    private int start(int rows, int group) {
        return CacheLines.FIRST + (group * SUBSETS + ((rows >>> (group * GROUP)) & LAST)) * width;
    }
}
