package io.github.rowwise.internal.pass;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The periods in which one unit is in an arm, and fast sums over these periods.
 *
 * <p>Periods are processed in groups of four. Two operations use tables with one entry per subset of each group:
 *
 * <table>
 *   <caption>Sums by subset</caption>
 *   <tr><th>operation</th><th>table</th><th>cost per unit</th></tr>
 *   <tr><td>{@link #sum}: sum of x over the unit's periods</td><td>{@link #table}: sum of x over each of the 16
 *       subsets</td> <td>one addition per group</td></tr>
 *   <tr><td>{@link #add}: add a value to each of the unit's periods</td><td>total value added to each subset;
 *       {@link #periodSums} converts it after the last unit</td><td>one addition per group</td></tr>
 * </table>
 *
 * <p>Source: Arlazarov, Dinic, Kronrod and Faradzev (1970), the method of four Russians.
 */
public final class PeriodMasks {

    private static final int GROUP = 4;
    private static final int SUBSETS = 1 << GROUP;
    private static final VarHandle EIGHT_ARMS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EVERY_BYTE = 0x0101010101010101L;
    private static final long LOW_BITS = 0x7F * EVERY_BYTE;

    /** Multiplier that moves the lowest bit of byte i to bit 56 + i. */
    private static final long GATHER = 0x0102040810204080L;

    private final int[] subsets;

    public PeriodMasks(int periods) {
        this.subsets = new int[paddedLength(periods) / GROUP];
    }

    /**
     * Length of a padded row of arms. Eight arms are read at a time, and {@link RowBlock#MISSING} fills the end of the
     * row.
     */
    static int paddedLength(int periods) {
        return (periods + 7) / 8 * 8;
    }

    /** Sets the periods to those of an arm in a padded row of arms. */
    public void read(byte[] arms, int arm) {
        for (int g = 0; g < subsets.length; g += 2) {
            int mask = (int) matchEight(arms, g * GROUP, arm);
            subsets[g] = g * SUBSETS + (mask & (SUBSETS - 1));
            subsets[g + 1] = (g + 1) * SUBSETS + (mask >>> GROUP);
        }
    }

    /** Sets {@code target} to the periods of an arm in a padded row of arms, as a bit set of 64 periods per word. */
    public static void bits(byte[] arms, int arm, long[] target) {
        Arrays.fill(target, 0);
        for (int at = 0; at < arms.length; at += 8) {
            target[at / Long.SIZE] |= matchEight(arms, at, arm) << at;
        }
    }

    /** Compares eight arms: bit i is set if the arm at {@code at + i} equals {@code arm}. */
    private static long matchEight(byte[] arms, int at, int arm) {
        long different = (long) EIGHT_ARMS.get(arms, at) ^ arm * EVERY_BYTE;
        long equal = ~(((different & LOW_BITS) + LOW_BITS) | different | LOW_BITS) >>> 7;
        return (equal * GATHER) >>> 56;
    }

    /**
     * Returns the sums of x over all subsets of each group: entry {@code 16 g + s} is for subset s of group g, whose
     * bit k is period {@code 4 g + k}.
     */
    public static double[] table(double[] x) {
        double[] table = new double[paddedLength(x.length) / GROUP * SUBSETS];
        for (int at = 0; at < table.length; at++) {
            int subset = at % SUBSETS;
            int first = at / SUBSETS * GROUP + Integer.numberOfTrailingZeros(subset);
            if (subset > 0 && first < x.length) {
                table[at] = table[at - Integer.lowestOneBit(subset)] + x[first];
            } else if (subset > 0) {
                table[at] = table[at - Integer.lowestOneBit(subset)];
            }
        }
        return table;
    }

    /** Returns the sum of x over the periods, from the {@link #table} of x. */
    public double sum(double[] table) {
        double even = 0;
        double odd = 0;
        for (int g = 0; g < subsets.length; g += 2) {
            even += table[subsets[g]];
            odd += table[subsets[g + 1]];
        }
        return even + odd;
    }

    /** Adds a value to each of the periods, in an array by subset of the length of a {@link #table}. */
    public void add(double value, double[] sumsBySubset) {
        for (int subset : subsets) {
            sumsBySubset[subset] += value;
        }
    }

    /** Converts sums by subset to sums by period. */
    public static double[] periodSums(double[] sumsBySubset, int periods) {
        double[] sums = new double[periods];
        for (int j = 0; j < periods; j++) {
            int start = j / GROUP * SUBSETS;
            int bit = 1 << (j % GROUP);
            for (int subset = 0; subset < SUBSETS; subset++) {
                sums[j] += (subset & bit) == 0 ? 0 : sumsBySubset[start + subset];
            }
        }
        return sums;
    }

    /** Returns a padded row of missing cells, to be filled for {@link #read}. */
    public static byte[] emptyRow(int periods) {
        byte[] arms = new byte[paddedLength(periods)];
        Arrays.fill(arms, RowBlock.MISSING);
        return arms;
    }
}
