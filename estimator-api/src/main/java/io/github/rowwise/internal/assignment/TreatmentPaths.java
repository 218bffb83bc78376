package io.github.rowwise.internal.assignment;

import io.github.rowwise.internal.pass.CellHash;
import io.github.rowwise.internal.pass.RowBlock;
import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * How many different courses of treatment units follow: the number of equally large groups of units with a course of their
 * own in which two units share one as often as here.
 *
 * <p>Two units share a course if they are in the same arms in the periods that both were observed in, but for a tenth of
 * an arm's periods: groups are seldom kept to the last cell. Only units that leave an arm and come back count as sharing,
 * for others have few courses to choose from; periods between which no unit changes arm count once; and what chance alone
 * would make alike is taken away. A large panel is judged by some of its units.
 */
final class TreatmentPaths {

    private static final int ENOUGH_UNITS = 500;

    /** With fewer periods that differ, units follow the same course by chance. */
    private static final int FEWEST_PERIODS = 8;

    /** Courses are turned by these shares of the periods, none of which brings a season back onto itself. */
    private static final double[] TURNS = {0.29, 0.47, 0.71};

    /** Fewer pairs than this tell nothing. */
    private static final int FEWEST_ALIKE = 10;

    /** So many times as often as by chance. */
    private static final double TELLING = 4;

    private TreatmentPaths() {}

    /** Which units are judged by: a hash of their names tells, so that it is the same wherever they are read. */
    static final class Choice {

        private final CellHash hash;
        private final double share;

        Choice(int units, CellHash hash) {
            this.hash = hash;
            this.share = (double) ENOUGH_UNITS / units;
        }

        /** Takes a unit's arms, if it is chosen. */
        void read(int unit, byte[] row, int periods, List<Read> target) {
            long bits = hash.unitBits(unit, 0);
            if ((bits >>> 11) * 0x1p-53 < share) {
                target.add(new Read(bits, Arrays.copyOf(row, periods)));
            }
        }
    }

    /** A unit's arms, and the hash of its name. */
    record Read(long hash, byte[] row) implements Serializable {}

    /**
     * The number of courses.
     *
     * @param units those that were chosen, in any order
     * @param comparable units with a cell under treatment and one under control
     * @return from 1 to that number; 0 where there is none
     */
    static double effectiveNumber(List<Read> units, int comparable) {
        // Which of a pair is turned in time depends on the order.
        List<byte[]> rows = units.stream()
                .sorted(Comparator.comparingLong(Read::hash))
                .map(Read::row)
                .toList();
        int[] starts = starts(rows);
        if (starts.length < FEWEST_PERIODS) {
            return comparable;
        }
        List<TreatmentPath> own = rows.stream()
                .map(row -> new TreatmentPath(shortened(row, starts)))
                .filter(TreatmentPath::isComparable)
                .toList();
        List<TreatmentPath> back = own.stream().filter(TreatmentPath::comesBack).toList();
        Pairs pairs = Pairs.of(back, back);
        if (pairs.alike < FEWEST_ALIKE) {
            return comparable;
        }
        double chance = chance(back);
        if (pairs.share() < TELLING * chance) {
            return comparable;
        }
        double share = (pairs.share() - chance) * pairs.all / (own.size() * (own.size() - 1.0) / 2);
        return 1 / (1.0 / comparable + (1 - 1.0 / comparable) * share);
    }

    /** The periods in which some unit is in another arm than when it was last observed, and the first one. */
    private static int[] starts(List<byte[]> rows) {
        BitSet changes = new BitSet();
        changes.set(0);
        for (byte[] row : rows) {
            byte last = RowBlock.MISSING;
            for (int j = 0; j < row.length; j++) {
                if (row[j] != RowBlock.MISSING) {
                    changes.set(j, changes.get(j) || (last != RowBlock.MISSING && last != row[j]));
                    last = row[j];
                }
            }
        }
        return changes.stream().toArray();
    }

    /** One cell for each stretch of periods in which no unit changes arm. */
    private static byte[] shortened(byte[] row, int[] starts) {
        byte[] shorter = new byte[starts.length];
        Arrays.fill(shorter, RowBlock.MISSING);
        for (int k = 0; k < starts.length; k++) {
            int end = k + 1 < starts.length ? starts[k + 1] : row.length;
            for (int j = starts[k]; j < end && shorter[k] == RowBlock.MISSING; j++) {
                shorter[k] = row[j];
            }
        }
        return shorter;
    }

    /** The share of pairs that would be alike by chance: with courses turned in time, or with units that follow the period. */
    private static double chance(List<TreatmentPath> courses) {
        double turned = 1;
        for (double turn : TURNS) {
            List<TreatmentPath> others =
                    courses.stream().map(path -> path.turned(turn)).toList();
            turned = Math.min(turned, Pairs.of(courses, others).share());
        }
        double together = 1;
        for (int j = 0; j < (courses.isEmpty() ? 0 : courses.get(0).row.length); j++) {
            int[] counts = new int[Byte.MAX_VALUE + 1];
            double sum = 0;
            for (TreatmentPath path : courses) {
                if (path.row[j] != RowBlock.MISSING) {
                    counts[path.row[j]]++;
                    sum++;
                }
            }
            double squares = 0;
            for (int count : counts) {
                squares += (double) count * count;
            }
            together *= sum == 0 ? 1 : squares / (sum * sum);
        }
        return Math.max(turned, together);
    }

    /** How many pairs of courses are alike, of those that could be. */
    private record Pairs(double alike, double all) {

        static Pairs of(List<TreatmentPath> first, List<TreatmentPath> second) {
            int alike = 0;
            int all = 0;
            for (int i = 0; i < first.size(); i++) {
                for (int k = 0; k < i; k++) {
                    if (second.get(k).comesBack()) {
                        alike += first.get(i).isLike(second.get(k)) ? 1 : 0;
                        all++;
                    }
                }
            }
            return new Pairs(alike, all);
        }

        double share() {
            return all == 0 ? 0 : alike / all;
        }
    }
}
