package io.github.rowwise.internal.factor.kernel;

/**
 * Sums of numbers over a unit's periods in an arm, four periods at a time, from a table of the sums over all 16 subsets of
 * each four; and the other way, numbers that are added to such periods, counted at the subsets and taken apart once.
 *
 * <p>Source: Arlazarov, Dinic, Kronrod and Faradzev (1970), the method of four Russians.
 */
public final class SubsetTable {

    private static final int GROUP = 4;
    private static final int SUBSETS = 1 << GROUP;
    private static final int LAST = SUBSETS - 1;
    private static final int A_WORD = CellBits.WORD / GROUP * SUBSETS;

    private SubsetTable() {}

    public static double[] empty(int periods) {
        return new double[CellBits.words(periods) * A_WORD];
    }

    public static double[] of(double[] numbers) {
        double[] table = empty(numbers.length);
        for (int at = 0; at < table.length; at++) {
            int subset = at % SUBSETS;
            int last = at / SUBSETS * GROUP + Integer.numberOfTrailingZeros(subset);
            if (subset > 0) {
                table[at] = table[at - Integer.lowestOneBit(subset)] + (last < numbers.length ? numbers[last] : 0);
            }
        }
        return table;
    }

    public static double sum(double[] table, CellBits bits, int arm) {
        double even = 0;
        double odd = 0;
        for (int at = 0; at < table.length; at += A_WORD) {
            int word = bits.of(arm, at / A_WORD);
            for (int group = at; word != 0 && group < at + A_WORD; group += 2 * SUBSETS) {
                even += table[group + (word & LAST)];
                odd += table[group + SUBSETS + ((word >>> GROUP) & LAST)];
                word >>>= 2 * GROUP;
            }
        }
        return even + odd;
    }

    public static void add(double[] counted, CellBits bits, int arm, double number) {
        for (int at = 0; at < counted.length; at += A_WORD) {
            int word = bits.of(arm, at / A_WORD);
            // What is counted at the empty subset is not used.
            for (int group = at; word != 0; group += SUBSETS) {
                counted[group + (word & LAST)] += number;
                word >>>= GROUP;
            }
        }
    }

    public static double[] takeApart(double[] counted, int periods) {
        double[] sums = new double[periods];
        for (int j = 0; j < periods; j++) {
            for (int subset = 0; subset < SUBSETS; subset++) {
                sums[j] += (subset & (1 << (j % GROUP))) == 0 ? 0 : counted[j / GROUP * SUBSETS + subset];
            }
        }
        return sums;
    }
}
