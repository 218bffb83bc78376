package io.github.rowwise.internal.assignment;

import io.github.rowwise.internal.pass.CellHash;
import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.PeriodMasks;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.Sums;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;

/**
 * Who was in which arm when, from one pass over the arms: each unit's cells and stretches by arm, the periods in which an
 * arm was seen, and in which order units entered and left.
 *
 * <p>Arms alternate at random, so a branch on a cell's arm would be mispredicted half the time; everything here comes
 * from a row's arms as bits, 64 periods at a time.
 */
public final class Assignment {

    /** In place of an end of a stretch: that it is the end or the start of the unit's life. */
    public static final int LIFE = -1;

    /** In place of both ends: that there is no single stretch at an end of the unit's life. */
    public static final int NO_STRETCH = -2;

    private final int arms;
    private final int periods;
    private final int[] cells;
    private final int[] stretchStart;
    private final int[] stretchEnd;
    private final double courses;
    private final Sums sums;

    private Assignment(int units, int allUnits, int periods, int arms, CellHash hash, PassRunner runner) {
        this.arms = arms;
        this.periods = periods;
        this.cells = new int[units * arms];
        this.stretchStart = new int[units * arms];
        this.stretchEnd = new int[units * arms];
        TreatmentPaths.Choice choice = new TreatmentPaths.Choice(allUnits, hash);
        this.sums = runner.reduceBlocks(Row::new, (row, block) -> read(row, block, choice), Sums::add);
        this.courses = TreatmentPaths.effectiveNumber(sums.courses, sums.comparable);
        sums.courses.clear();
    }

    /**
     * Reads the assignment of a panel, or of a part of it.
     *
     * @param units whose rows are here
     * @param allUnits n
     * @param hash of the units that are here
     */
    public static Assignment read(int units, int allUnits, int periods, int arms, CellHash hash, PassRunner runner) {
        return new Assignment(units, allUnits, periods, arms, hash, runner);
    }

    /**
     * All that an assignment consists of, to be written and read.
     *
     * @param seen the periods in which an arm was seen, by arm, 64 per word
     */
    public record Contents(
            int arms,
            int periods,
            int[] cells,
            int[] stretchStart,
            int[] stretchEnd,
            double effectivePaths,
            long[][] seen,
            boolean switches,
            int comparable,
            int latestControl,
            int earliestTreated) {}

    /** What it consists of, with the arrays themselves. */
    public Contents contents() {
        return new Contents(
                arms,
                periods,
                cells,
                stretchStart,
                stretchEnd,
                courses,
                sums.seen,
                sums.switches,
                sums.comparable,
                sums.latestControl,
                sums.earliestTreated);
    }

    /** Of what {@link #contents} returned; the arrays are kept. */
    public Assignment(Contents known) {
        this.arms = known.arms;
        this.periods = known.periods;
        this.cells = known.cells;
        this.stretchStart = known.stretchStart;
        this.stretchEnd = known.stretchEnd;
        this.courses = known.effectivePaths;
        this.sums = new Sums(known.seen);
        this.sums.switches = known.switches;
        this.sums.comparable = known.comparable;
        this.sums.latestControl = known.latestControl;
        this.sums.earliestTreated = known.earliestTreated;
    }

    /** A unit's observed periods in an arm. */
    public int cells(int unit, int arm) {
        return cells[unit * arms + arm];
    }

    /** First period of the arm's only stretch where it ends with the unit's life, {@link #LIFE} where it starts with it. */
    public int stretchStart(int unit, int arm) {
        return stretchStart[unit * arms + arm];
    }

    /** Last period of the arm's only stretch where it starts with the unit's life, {@link #LIFE} where it ends with it. */
    public int stretchEnd(int unit, int arm) {
        return stretchEnd[unit * arms + arm];
    }

    /** About how many different courses of treatment the units with cells under treatment and under control follow. */
    public double effectivePaths() {
        return courses;
    }

    /** The number of units with cells under treatment and under control. */
    public int comparable() {
        return sums.comparable;
    }

    /** The number of periods in which a unit was seen in the arm. */
    public int periodsWith(int arm) {
        int count = 0;
        for (long word : sums.seen[arm]) {
            count += Long.bitCount(word);
        }
        return count;
    }

    /** Whether two units were seen in different arms in the same period. */
    public boolean varies() {
        long[] any = new long[words()];
        for (long[] seen : sums.seen) {
            for (int w = 0; w < any.length; w++) {
                if ((any[w] & seen[w]) != 0) {
                    return true;
                }
                any[w] |= seen[w];
            }
        }
        return false;
    }

    /** Whether a unit left a treatment, for control or another treatment. */
    public boolean switches() {
        return sums.switches;
    }

    /** Whether units that never switch may all have entered at once: an entry in a gap counts as wherever in the gap it fits. */
    public boolean isTogether() {
        return sums.latestControl < sums.earliestTreated;
    }

    private int words() {
        return (periods + Long.SIZE - 1) / Long.SIZE;
    }

    private Sums read(Row row, RowBlock block, TreatmentPaths.Choice choice) {
        Sums found = new Sums(arms, words());
        for (int r = 0; r < block.rows(); r++) {
            row.read(block, r);
            choice.read(block.firstRow() + r, row.padded, periods, found.courses);
            int at = (block.firstRow() + r) * arms;
            for (int arm = 0; arm < arms; arm++) {
                row.describe(arm, at + arm);
            }
            found.addUnit(row);
        }
        return found;
    }

    private static int first(long[] bits) {
        for (int w = 0; w < bits.length; w++) {
            if (bits[w] != 0) {
                return w * Long.SIZE + Long.numberOfTrailingZeros(bits[w]);
            }
        }
        return -1;
    }

    private static int last(long[] bits) {
        for (int w = bits.length - 1; w >= 0; w--) {
            if (bits[w] != 0) {
                return w * Long.SIZE + Long.SIZE - 1 - Long.numberOfLeadingZeros(bits[w]);
            }
        }
        return -1;
    }

    /** One thread's row as bits by arm. */
    private final class Row implements PassScratch {

        private final byte[] padded = PeriodMasks.emptyRow(periods);
        private final long[][] members = new long[arms][words()];
        private final long[] observed = new long[words()];
        private int firstObserved;
        private int lastObserved;

        /** The first and last period of each arm, -1 where there is none. */
        private final int[] firsts = new int[arms];

        private final int[] lasts = new int[arms];

        void read(RowBlock block, int row) {
            System.arraycopy(block.arms(), row * periods, padded, 0, periods);
            Arrays.fill(observed, 0);
            for (int arm = 0; arm < arms; arm++) {
                PeriodMasks.bits(padded, arm, members[arm]);
                for (int w = 0; w < observed.length; w++) {
                    observed[w] |= members[arm][w];
                }
            }
            firstObserved = first(observed);
            lastObserved = last(observed);
        }

        /** Keeps the ends of an arm's stretch only where it is the arm's only one and lies at an end of the unit's life. */
        void describe(int arm, int at) {
            long[] own = members[arm];
            int count = 0;
            for (long word : own) {
                count += Long.bitCount(word);
            }
            cells[at] = count;
            firsts[arm] = first(own);
            lasts[arm] = last(own);
            boolean isLast = count > 0 && lasts[arm] == lastObserved;
            boolean isFirst = count > 0 && firsts[arm] == firstObserved;
            boolean isSingle = (isLast || isFirst) && observedWithin(firsts[arm], lasts[arm]) == count;
            stretchStart[at] = !isSingle ? NO_STRETCH : isLast ? firsts[arm] : LIFE;
            stretchEnd[at] = !isSingle ? NO_STRETCH : isLast ? LIFE : lasts[arm];
        }

        private int observedWithin(int from, int to) {
            int count = 0;
            for (int w = from / Long.SIZE; w <= to / Long.SIZE; w++) {
                long word = observed[w];
                if (w == from / Long.SIZE) {
                    word &= -1L << from;
                }
                if (w == to / Long.SIZE) {
                    word &= -1L >>> (Long.SIZE - 1 - to);
                }
                count += Long.bitCount(word);
            }
            return count;
        }
    }

    /** What all units together show. */
    private static final class Sums implements Serializable {

        private static final long serialVersionUID = 1;

        private final long[][] seen;
        private boolean switches;
        private int comparable;
        private final ArrayList<TreatmentPaths.Read> courses = new ArrayList<>();
        private int latestControl = -1;
        private int earliestTreated = Integer.MAX_VALUE;

        Sums(int arms, int words) {
            this(new long[arms][words]);
        }

        Sums(long[][] seen) {
            this.seen = seen;
        }

        void addUnit(Row row) {
            int treatments = 0;
            int entry = Integer.MAX_VALUE;
            for (int arm = 0; arm < seen.length; arm++) {
                for (int w = 0; w < seen[arm].length; w++) {
                    seen[arm][w] |= row.members[arm][w];
                }
                if (arm > 0 && row.firsts[arm] >= 0) {
                    treatments++;
                    entry = Math.min(entry, row.firsts[arm]);
                }
            }
            if (treatments > 0) {
                comparable += row.firsts[0] >= 0 ? 1 : 0;
                // Whoever has had two treatments has left one of them.
                switches |= treatments > 1 || row.lasts[0] > entry;
                latestControl = Math.max(latestControl, row.lasts[0]);
                earliestTreated = Math.min(earliestTreated, entry);
            }
        }

        Sums add(Sums later) {
            for (int arm = 0; arm < seen.length; arm++) {
                for (int w = 0; w < seen[arm].length; w++) {
                    seen[arm][w] |= later.seen[arm][w];
                }
            }
            switches |= later.switches;
            comparable += later.comparable;
            courses.addAll(later.courses);
            latestControl = Math.max(latestControl, later.latestControl);
            earliestTreated = Math.min(earliestTreated, later.earliestTreated);
            return this;
        }
    }
}
