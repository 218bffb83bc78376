package io.github.rowwise.internal.factor.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The periods in which one unit is in each arm, as {@link BitMasks}. Not thread-safe. */
public final class CellBits {

    public static final int WORD = Integer.SIZE;

    /** The arm of a missing cell. */
    private static final byte MISSING = -1;

    private static final VarHandle EIGHT_ARMS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EVERY_BYTE = 0x0101010101010101L;
    private static final long EIGHT_MISSING = MISSING * EVERY_BYTE;
    private static final long LOW_BITS = 0x7F * EVERY_BYTE;

    /** Moves the lowest bit of byte i to bit 56 + i. */
    private static final long GATHER = 0x0102040810204080L;

    private final int periods;

    /** By arm. */
    private final int[][] members;

    /** Periods with an observed cell. */
    public final int[] seen;

    /** Periods with an observed cell whose previous cell is missing. */
    public final int[] starts;

    /** Periods with an observed cell whose next cell is missing, except for the last period. */
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

    /** Reads the arms of a unit, from index {@code start}. */
    public void read(byte[] arms, int start) {
        cells = 0;
        Arrays.fill(seen, 0);
        for (int[] ofArm : members) {
            Arrays.fill(ofArm, 0);
        }
        int end = start + periods;
        // Most words of a panel with few observed cells have none.
        for (int at = nextSeen(arms, start, end); at < end; ) {
            int word = (at - start) / WORD;
            int first = start + word * WORD;
            int last = Math.min(end, first + WORD);
            for (int arm = 0; arm < members.length; arm++) {
                members[arm][word] = bits(arms, first, last, arm);
                seen[word] |= members[arm][word];
            }
            cells += Integer.bitCount(seen[word]);
            at = nextSeen(arms, last, end);
        }
        for (int word = 0; word < seen.length; word++) {
            starts[word] = seen[word] & ~before(seen, word);
            ends[word] = seen[word] & ~after(seen, word);
        }
        ends[(periods - 1) / WORD] &= ~(1 << (periods - 1));
    }

    /** Returns one word: the bits of up to 32 periods that are in the given arm. */
    private static int bits(byte[] arms, int first, int last, int arm) {
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

    /** Returns the index of the first arm that is not missing, from {@code first} on; {@code end} if there is none. */
    public static int nextSeen(byte[] arms, int first, int end) {
        int at = first;
        while (at + 4 * Long.BYTES <= end && areMissing(arms, at)) {
            at += 4 * Long.BYTES;
        }
        while (at + Long.BYTES <= end && (long) EIGHT_ARMS.get(arms, at) == EIGHT_MISSING) {
            at += Long.BYTES;
        }
        while (at < end && arms[at] == MISSING) {
            at++;
        }
        return at;
    }

    /** Returns whether 32 arms are missing; a missing arm has all bits set. */
    private static boolean areMissing(byte[] arms, int at) {
        long first = (long) EIGHT_ARMS.get(arms, at) & (long) EIGHT_ARMS.get(arms, at + Long.BYTES);
        long second =
                (long) EIGHT_ARMS.get(arms, at + 2 * Long.BYTES) & (long) EIGHT_ARMS.get(arms, at + 3 * Long.BYTES);
        return (first & second) == EIGHT_MISSING;
    }

    public boolean isSeen(int period) {
        return ((seen[period / WORD] >>> period) & 1) != 0;
    }

    /** Returns whether at least half of the cells are observed. */
    public boolean isMostlySeen() {
        return 2 * cells >= periods;
    }

    /** Returns the missing cells of one word. */
    public int missing(int word) {
        int last = periods - word * WORD;
        return ~seen[word] & (last >= WORD ? -1 : (1 << last) - 1);
    }

    /** Returns the missing cells of one word whose previous cell is observed. */
    public int gaps(int word) {
        return missing(word) & before(seen, word);
    }

    /** Returns the bits of each arm; shared arrays. */
    public int[][] byArm() {
        return members;
    }

    public int[] of(int arm) {
        return members[arm];
    }

    public int of(int arm, int word) {
        return members[arm][word];
    }

    /** Returns the cells of one word that are in an arm and whose previous cell is in another given arm. */
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
     * Computes each value minus a share of the previous one; 0 in missing cells.
     *
     * @param values the values, 0 in missing cells
     * @param first factor of the first value of each run without missing cells
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

    /** Transposes a matrix of 32 x 32 bits. Source: Warren, Hacker's Delight, section 7-3. */
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
