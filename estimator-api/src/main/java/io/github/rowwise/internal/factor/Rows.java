package io.github.rowwise.internal.factor;

/**
 * Sums of rows of flat arrays, in the order given: what a pass over the panel consists of. Eight rows at a time, so that the
 * sum is loaded and stored once for eight; plain counted loops, which become vector instructions.
 */
final class Rows {

    private Rows() {}

    /**
     * Adds rows {@code rows[from], ..., rows[to - 1]} of a table to one row of a target.
     *
     * @param target added to from {@code at}
     * @param table its rows begin at {@code base}, {@code stride} apart; of each {@code width} entries are added
     */
    static void add(
            double[] target, int at, double[] table, int base, int stride, int[] rows, int from, int to, int width) {
        int k = from;
        for (; k + 8 <= to; k += 8) {
            int a = base + rows[k] * stride;
            int b = base + rows[k + 1] * stride;
            int c = base + rows[k + 2] * stride;
            int d = base + rows[k + 3] * stride;
            int e = base + rows[k + 4] * stride;
            int f = base + rows[k + 5] * stride;
            int g = base + rows[k + 6] * stride;
            int h = base + rows[k + 7] * stride;
            for (int i = 0; i < width; i++) {
                target[at + i] += ((table[a + i] + table[b + i]) + (table[c + i] + table[d + i]))
                        + ((table[e + i] + table[f + i]) + (table[g + i] + table[h + i]));
            }
        }
        for (; k + 2 <= to; k += 2) {
            int a = base + rows[k] * stride;
            int b = base + rows[k + 1] * stride;
            for (int i = 0; i < width; i++) {
                target[at + i] += table[a + i] + table[b + i];
            }
        }
        if (k < to) {
            addScaled(target, at, table, base + rows[k] * stride, 1, width);
        }
    }

    /** The same of rows times factors, of which each row in the order given has one. */
    static void addScaled(
            double[] target,
            int at,
            double[] table,
            int base,
            int[] rows,
            double[] factors,
            int from,
            int to,
            int width) {
        int k = from;
        for (; k + 4 <= to; k += 4) {
            int a = base + rows[k] * width;
            int b = base + rows[k + 1] * width;
            int c = base + rows[k + 2] * width;
            int d = base + rows[k + 3] * width;
            double first = factors[k];
            double second = factors[k + 1];
            double third = factors[k + 2];
            double fourth = factors[k + 3];
            for (int i = 0; i < width; i++) {
                target[at + i] +=
                        (first * table[a + i] + second * table[b + i]) + (third * table[c + i] + fourth * table[d + i]);
            }
        }
        for (; k < to; k++) {
            addScaled(target, at, table, base + rows[k] * width, factors[k], width);
        }
    }

    /** Adds one row times a factor. */
    static void addScaled(double[] target, int at, double[] table, int start, double factor, int width) {
        for (int i = 0; i < width; i++) {
            target[at + i] += factor * table[start + i];
        }
    }

    static void add(double[] target, double[] more) {
        for (int k = 0; k < target.length; k++) {
            target[k] += more[k];
        }
    }
}
