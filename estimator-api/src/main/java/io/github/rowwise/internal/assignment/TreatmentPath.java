package io.github.rowwise.internal.assignment;

import io.github.rowwise.internal.pass.RowBlock;
import java.util.Arrays;
import java.util.BitSet;

/** One unit's course through the arms. */
final class TreatmentPath {

    /** Of the periods in which one of two units is in an arm, those in which both must be. */
    private static final double ALIKE = 0.9;

    /** One arm a period, {@link RowBlock#MISSING} where the unit was not observed. */
    final byte[] row;

    private final long[][] members;
    private final long[] observed;
    private final int changes;

    TreatmentPath(byte[] row) {
        this.row = row;
        int arms = 1;
        for (byte arm : row) {
            arms = Math.max(arms, arm + 1);
        }
        BitSet[] bits = new BitSet[arms];
        Arrays.setAll(bits, arm -> new BitSet());
        BitSet any = new BitSet();
        int found = 0;
        byte last = RowBlock.MISSING;
        for (int j = 0; j < row.length; j++) {
            if (row[j] != RowBlock.MISSING) {
                bits[row[j]].set(j);
                any.set(j);
                found += last != RowBlock.MISSING && last != row[j] ? 1 : 0;
                last = row[j];
            }
        }
        int words = (row.length + Long.SIZE - 1) / Long.SIZE;
        members = new long[arms][];
        Arrays.setAll(members, arm -> Arrays.copyOf(bits[arm].toLongArray(), words));
        observed = Arrays.copyOf(any.toLongArray(), words);
        changes = found;
    }

    /** The same course, turned by a share of the periods. */
    TreatmentPath turned(double share) {
        int offset = (int) Math.round(share * row.length);
        byte[] turned = new byte[row.length];
        for (int j = 0; j < row.length; j++) {
            turned[j] = row[(j + offset) % row.length];
        }
        return new TreatmentPath(turned);
    }

    /** Whether the unit was seen under treatment and under control. */
    boolean isComparable() {
        return changes > 0 && Arrays.stream(members[0]).anyMatch(word -> word != 0);
    }

    /** Whether the unit changed arm more than once. */
    boolean comesBack() {
        return changes > 1;
    }

    /**
     * Whether two units that were observed together half the time are then in the same arms, in two at least, but for a
     * tenth of each arm's periods.
     */
    boolean isLike(TreatmentPath other) {
        if (members.length != other.members.length) {
            return false;
        }
        int met = 0;
        for (int arm = 0; arm < members.length; arm++) {
            int both = 0;
            int either = 0;
            for (int w = 0; w < observed.length; w++) {
                long mine = members[arm][w];
                long theirs = other.members[arm][w];
                both += Long.bitCount(mine & theirs);
                either += Long.bitCount((mine | theirs) & observed[w] & other.observed[w]);
            }
            if (both < ALIKE * either) {
                return false;
            }
            met += both > 0 ? 1 : 0;
        }
        int together = 0;
        int mine = 0;
        int theirs = 0;
        for (int w = 0; w < observed.length; w++) {
            together += Long.bitCount(observed[w] & other.observed[w]);
            mine += Long.bitCount(observed[w]);
            theirs += Long.bitCount(other.observed[w]);
        }
        return met > 1 && 2 * together >= Math.min(mine, theirs);
    }
}
