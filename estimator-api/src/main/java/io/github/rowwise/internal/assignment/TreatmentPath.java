package io.github.rowwise.internal.assignment;

import io.github.rowwise.internal.pass.RowBlock;
import java.util.Arrays;
import java.util.BitSet;

/** The treatment path of one unit: its arm in each period. */
final class TreatmentPath {

    /** Minimum share of the periods in which one of two units is in an arm and both must be. */
    private static final double OVERLAP = 0.9;

    /** One arm per period, {@link RowBlock#MISSING} if the unit was not observed. */
    final byte[] arms;

    private final long[][] members;
    private final long[] observed;
    private final int changes;

    TreatmentPath(byte[] row) {
        this.arms = row;
        int arms = 1;
        for (byte arm : row) {
            arms = Math.max(arms, arm + 1);
        }
        BitSet[] bits = new BitSet[arms];
        Arrays.setAll(bits, arm -> new BitSet());
        BitSet any = new BitSet();
        int changeCount = 0;
        byte last = RowBlock.MISSING;
        for (int j = 0; j < row.length; j++) {
            if (row[j] != RowBlock.MISSING) {
                bits[row[j]].set(j);
                any.set(j);
                changeCount += last != RowBlock.MISSING && last != row[j] ? 1 : 0;
                last = row[j];
            }
        }
        int words = (row.length + Long.SIZE - 1) / Long.SIZE;
        members = new long[arms][];
        Arrays.setAll(members, arm -> Arrays.copyOf(bits[arm].toLongArray(), words));
        observed = Arrays.copyOf(any.toLongArray(), words);
        changes = changeCount;
    }

    /** Returns the path shifted cyclically by a share of the periods. */
    TreatmentPath shifted(double share) {
        int offset = (int) Math.round(share * arms.length);
        byte[] shiftedArms = new byte[arms.length];
        for (int j = 0; j < arms.length; j++) {
            shiftedArms[j] = arms[(j + offset) % arms.length];
        }
        return new TreatmentPath(shiftedArms);
    }

    /** Returns whether the unit is observed both under treatment and under control. */
    boolean isComparable() {
        return changes > 0 && Arrays.stream(members[0]).anyMatch(word -> word != 0);
    }

    /** Returns whether the unit changes arm more than once. */
    boolean changesRepeatedly() {
        return changes > 1;
    }

    /**
     * Returns whether two units follow the same path:
     *
     * <ul>
     *   <li>they are observed together in at least half of the periods of the one with fewer cells;
     *   <li>in each arm, they are together in at least 90 % of the periods in which one of them is there and both are
     *       observed;
     *   <li>they share at least two arms.
     * </ul>
     */
    boolean matches(TreatmentPath other) {
        if (members.length != other.members.length) {
            return false;
        }
        int sharedArms = 0;
        for (int arm = 0; arm < members.length; arm++) {
            int both = 0;
            int either = 0;
            for (int w = 0; w < observed.length; w++) {
                long mine = members[arm][w];
                long theirs = other.members[arm][w];
                both += Long.bitCount(mine & theirs);
                either += Long.bitCount((mine | theirs) & observed[w] & other.observed[w]);
            }
            if (both < OVERLAP * either) {
                return false;
            }
            sharedArms += both > 0 ? 1 : 0;
        }
        int together = 0;
        int mine = 0;
        int theirs = 0;
        for (int w = 0; w < observed.length; w++) {
            together += Long.bitCount(observed[w] & other.observed[w]);
            mine += Long.bitCount(observed[w]);
            theirs += Long.bitCount(other.observed[w]);
        }
        return sharedArms > 1 && 2 * together >= Math.min(mine, theirs);
    }
}
