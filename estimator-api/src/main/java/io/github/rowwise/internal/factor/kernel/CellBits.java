package io.github.rowwise.internal.factor.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The periods in which one unit is in each arm, as bits, 32 periods a word. One thread's. */
public final class CellBits {

    public static final int WORD = Integer.SIZE;

    private static final VarHandle EIGHT_ARMS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EVERY_BYTE = 0x0101010101010101L;
    private static final long LOW_BITS = 0x7F * EVERY_BYTE;

    /** Brings the lowest bit of byte i to bit 56 + i. */
    private static final long GATHER = 0x0102040810204080L;

    private final int periods;

    /** By arm. */
    private final int[][] members;

    /** Periods whose cell is there. */
    public final int[] seen;

    /** Periods whose cell is there and that before is not. */
    public final int[] starts;

    /** Periods whose cell is there and the next is not, the last period left out. */
    public final int[] ends;

    private int cells;

    public CellBits(int arms, int periods) {
        int words = words(periods);
        this.periods = periods;
        this.members = new int[arms][words];
        this.seen = new int[words];
        this.starts = new int[words];
        this.ends = new int[words];
    }

    public static int words(int periods) {
        return (periods + WORD - 1) / WORD;
    }

    /** Takes a unit's arms, which begin at an index. */
    public void read(byte[] arms, int start) {
        cells = 0;
        Arrays.fill(seen, 0);
        for (int arm = 0; arm < members.length; arm++) {
            int[] member = members[arm];
            for (int word = 0; word < member.length; word++) {
                member[word] = bits(arms, start + word * WORD, start + periods, arm);
                seen[word] |= member[word];
            }
        }
        for (int word : seen) {
            cells += Integer.bitCount(word);
        }
        for (int word = 0; word < seen.length; word++) {
            starts[word] = seen[word] & ~before(seen, word);
            ends[word] = seen[word] & ~after(seen, word);
        }
        ends[(periods - 1) / WORD] &= ~(1 << (periods - 1));
    }

    /** A bit for each of the next periods whose arm is the given one. */
    private static int bits(byte[] arms, int first, int end, int arm) {
        int last = Math.min(end, first + WORD);
        int bits = 0;
        int j = first;
        for (; j + Long.BYTES <= last; j += Long.BYTES) {
            long different = (long) EIGHT_ARMS.get(arms, j) ^ (arm * EVERY_BYTE);
            long equal = ~(((different & LOW_BITS) + LOW_BITS) | different | LOW_BITS) >>> 7;
            bits |= (int) ((equal * GATHER) >>> 56) << (j - first);
        }
        for (; j < last; j++) {
            bits |= arms[j] == arm ? 1 << (j - first) : 0;
        }
        return bits;
    }

    public boolean isSeen(int period) {
        return ((seen[period / WORD] >>> period) & 1) != 0;
    }

    /** Whether more cells are there than missing. */
    public boolean isMostlySeen() {
        return 2 * cells >= periods;
    }

    /** The cells that are missing. */
    public int missing(int word) {
        int last = periods - word * WORD;
        return ~seen[word] & (last >= WORD ? -1 : (1 << last) - 1);
    }

    /** The cells that are missing where that before is there. */
    public int gaps(int word) {
        return missing(word) & before(seen, word);
    }

    /** A bit for each period, by arm. */
    int[][] byArm() {
        return members;
    }

    public int[] of(int arm) {
        return members[arm];
    }

    public int of(int arm, int word) {
        return members[arm][word];
    }

    /** The cells in an arm that follow a cell in another. */
    public int of(int arm, int before, int word) {
        return members[arm][word] & before(members[before], word);
    }

    private static int before(int[] bits, int word) {
        return (bits[word] << 1) | (word > 0 ? bits[word - 1] >>> (WORD - 1) : 0);
    }

    private static int after(int[] bits, int word) {
        return (bits[word] >>> 1) | (word + 1 < bits.length ? bits[word + 1] << (WORD - 1) : 0);
    }

    /**
     * Each value less a share of the one before it, 0 where missing.
     *
     * @param values 0 where missing
     * @param first factor of the first of a stretch without gaps
     */
    public void subtractBefore(double[] values, double share, double first, double[] target) {
        target[0] = values[0];
        Vectors.subtractBefore(values, share, target);
        for (int word = 0; word < starts.length; word++) {
            for (int left = starts[word]; left != 0; left &= left - 1) {
                int j = word * WORD + Integer.numberOfTrailingZeros(left);
                target[j] = first * values[j];
            }
            for (int left = ends[word]; left != 0; left &= left - 1) {
                target[word * WORD + Integer.numberOfTrailingZeros(left) + 1] = 0;
            }
        }
    }

    /** Sets the entries of missing cells to 0. */
    public void clearMissing(double[] values) {
        for (int word = 0; word < seen.length; word++) {
            for (int left = missing(word); left != 0; left &= left - 1) {
                values[word * WORD + Integer.numberOfTrailingZeros(left)] = 0;
            }
        }
    }

    /** Swaps rows and columns of 32 words. Source: Warren, Hacker's Delight, section 7-3. */
    public static void transpose(int[] words) {
        int mask = 0x0000FFFF;
        for (int half = WORD / 2; half > 0; half /= 2, mask ^= mask << half) {
            for (int k = 0; k < WORD; k = (k + half + 1) & ~half) {
                int swapped = ((words[k] >>> half) ^ words[k + half]) & mask;
                words[k + half] ^= swapped;
                words[k] ^= swapped << half;
            }
        }
    }
}
