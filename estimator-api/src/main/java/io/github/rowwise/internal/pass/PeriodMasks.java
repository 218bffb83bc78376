package io.github.rowwise.internal.pass;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The periods in which one row is in an arm, as bits, and sums over them four periods at a time.
 *
 * <p>A row's sum of x over its periods needs one addition for each four periods, from a table of the sums over all 16
 * subsets of the four; adding a number to the row's periods likewise counts it at the subset, and the subsets are taken
 * apart once after many rows. Source: Arlazarov, Dinic, Kronrod and Faradzev (1970), the method of four Russians.
 */
public final class PeriodMasks {

    private static final int GROUP = 4;
    private static final int SUBSETS = 1 << GROUP;
    private static final VarHandle EIGHT_ARMS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EVERY_BYTE = 0x0101010101010101L;
    private static final long LOW_BITS = 0x7F * EVERY_BYTE;

    /** Brings the lowest bit of byte i to bit 56 + i. */
    private static final long GATHER = 0x0102040810204080L;

    private final int[] subsets;

    public PeriodMasks(int periods) {
        this.subsets = new int[paddedLength(periods) / GROUP];
    }

    /** The length that rows of arms need, filled up with {@link RowBlock#MISSING}: eight arms are read at once. */
    static int paddedLength(int periods) {
        return (periods + 7) / 8 * 8;
    }

    /** Takes the periods of an arm from a row of arms of padded length. */
    public void read(byte[] arms, int arm) {
        for (int g = 0; g < subsets.length; g += 2) {
            int mask = (int) eight(arms, g * GROUP, arm);
            subsets[g] = g * SUBSETS + (mask & (SUBSETS - 1));
            subsets[g + 1] = (g + 1) * SUBSETS + (mask >>> GROUP);
        }
    }

    /** The same periods as a set of bits, 64 a word. */
    public static void bits(byte[] arms, int arm, long[] target) {
        Arrays.fill(target, 0);
        for (int at = 0; at < arms.length; at += 8) {
            target[at / Long.SIZE] |= eight(arms, at, arm) << at;
        }
    }

    /** Which of eight arms are the one asked for: bit i for the one at {@code at + i}. */
    private static long eight(byte[] arms, int at, int arm) {
        long different = (long) EIGHT_ARMS.get(arms, at) ^ arm * EVERY_BYTE;
        long equal = ~(((different & LOW_BITS) + LOW_BITS) | different | LOW_BITS) >>> 7;
        return (equal * GATHER) >>> 56;
    }

    /** The sums of x over the subsets of each four periods. */
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

    /** The sum over this row's periods. */
    public double sum(double[] table) {
        double even = 0;
        double odd = 0;
        for (int g = 0; g < subsets.length; g += 2) {
            even += table[subsets[g]];
            odd += table[subsets[g + 1]];
        }
        return even + odd;
    }

    /** Adds a number to each of this row's periods, in an array of the table's length. */
    public void add(double value, double[] counted) {
        for (int subset : subsets) {
            counted[subset] += value;
        }
    }

    /** The sums for each period of what was added. */
    public static double[] takeApart(double[] counted, int periods) {
        double[] sums = new double[periods];
        for (int j = 0; j < periods; j++) {
            int start = j / GROUP * SUBSETS;
            int bit = 1 << (j % GROUP);
            for (int subset = 0; subset < SUBSETS; subset++) {
                sums[j] += (subset & bit) == 0 ? 0 : counted[start + subset];
            }
        }
        return sums;
    }

    /** A row of arms of padded length for {@link #read}. */
    public static byte[] emptyRow(int periods) {
        byte[] arms = new byte[paddedLength(periods)];
        Arrays.fill(arms, RowBlock.MISSING);
        return arms;
    }
}
