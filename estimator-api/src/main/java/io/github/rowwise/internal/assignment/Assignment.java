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
 * The assignment of units to arms over time, from one pass over the arms:
 *
 * <ul>
 *   <li>per unit and arm: number of cells, and the spell at an end of the unit's observed range;
 *   <li>per arm: the periods in which it is observed;
 *   <li>over all units: whether units switch back, and how many different treatment paths there are.
 * </ul>
 *
 * <p>Arms alternate irregularly, so that a branch on the arm of a cell would often be mispredicted. Therefore the arms
 * of a row are converted to bit sets of 64 periods per word, and everything is computed from these.
 */
public final class Assignment {

    /** Marks an end of a spell that coincides with the first or last observed period of the unit. */
    public static final int UNIT_END = -1;

    /** Marks both ends of a spell: the arm has no single spell at an end of the unit's observed range. */
    public static final int NO_SPELL = -2;

    private final int arms;
    private final int periods;
    private final int[] cells;
    private final int[] spellStart;
    private final int[] spellEnd;
    private final double effectivePaths;
    private final Sums sums;

    private Assignment(int units, int allUnits, int periods, int arms, CellHash hash, PassRunner runner) {
        this.arms = arms;
        this.periods = periods;
        this.cells = new int[units * arms];
        this.spellStart = new int[units * arms];
        this.spellEnd = new int[units * arms];
        TreatmentPaths.PathSample sample = new TreatmentPaths.PathSample(allUnits, hash);
        this.sums = runner.reduceBlocks(Row::new, (row, block) -> read(row, block, sample), Sums::add);
        this.effectivePaths = TreatmentPaths.effectiveNumber(sums.sampledPaths, sums.comparable);
        sums.sampledPaths.clear();
    }

    /**
     * Reads the assignment of a panel or of a shard.
     *
     * @param units number of local units
     * @param allUnits n
     * @param hash random numbers of the local units
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
            int[] spellStart,
            int[] spellEnd,
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
                spellStart,
                spellEnd,
                effectivePaths,
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
        this.spellStart = known.spellStart;
        this.spellEnd = known.spellEnd;
        this.effectivePaths = known.effectivePaths;
        this.sums = new Sums(known.seen);
        this.sums.switches = known.switches;
        this.sums.comparable = known.comparable;
        this.sums.latestControl = known.latestControl;
        this.sums.earliestTreated = known.earliestTreated;
    }

    /** Returns the number of a unit's cells in an arm. */
    public int cells(int unit, int arm) {
        return cells[unit * arms + arm];
    }

    /**
     * Returns the first period of the arm's only spell if the spell ends at the unit's last observed period;
     * {@link #UNIT_END} if it starts at the first observed period instead; {@link #NO_SPELL} otherwise.
     */
    public int spellStart(int unit, int arm) {
        return spellStart[unit * arms + arm];
    }

    /**
     * Returns the last period of the arm's only spell if the spell starts at the unit's first observed period;
     * {@link #UNIT_END} if it ends at the last observed period; {@link #NO_SPELL} otherwise.
     */
    public int spellEnd(int unit, int arm) {
        return spellEnd[unit * arms + arm];
    }

    /**
     * Returns the effective number of different treatment paths of the comparable units. See {@link TreatmentPaths}.
     */
    public double effectivePaths() {
        return effectivePaths;
    }

    /** Returns the number of units with cells both under treatment and under control. */
    public int comparable() {
        return sums.comparable;
    }

    /** Returns the number of periods in which at least one unit is observed in the arm. */
    public int periodsWith(int arm) {
        int count = 0;
        for (long word : sums.seen[arm]) {
            count += Long.bitCount(word);
        }
        return count;
    }

    /** Returns whether, in some period, two units are observed in different arms. */
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

    /** Returns whether some unit leaves a treatment, for control or for another treatment. */
    public boolean switches() {
        return sums.switches;
    }

    /**
     * Returns whether all treated units may have started treatment at the same time. A start between two observed cells
     * may lie anywhere between them. Meaningful if no unit {@link #switches}.
     */
    public boolean canStartTogether() {
        return sums.latestControl < sums.earliestTreated;
    }

    private int words() {
        return (periods + Long.SIZE - 1) / Long.SIZE;
    }

    private Sums read(Row row, RowBlock block, TreatmentPaths.PathSample sample) {
        Sums found = new Sums(arms, words());
        for (int r = 0; r < block.rows(); r++) {
            row.read(block, r);
            sample.read(block.firstRow() + r, row.padded, periods, found.sampledPaths);
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

    /** One row as bit sets by arm. Scratch memory of one thread. */
    private final class Row implements PassScratch {

        private final byte[] padded = PeriodMasks.emptyRow(periods);
        private final long[][] members = new long[arms][words()];
        private final long[] observed = new long[words()];
        private int firstObserved;
        private int lastObserved;

        /** First and last period of each arm; -1 if the unit is never in the arm. */
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

        /**
         * Records the number of cells of an arm, and its spell if it is the only one and lies at an end of the unit's
         * observed range.
         */
        void describe(int arm, int at) {
            long[] bits = members[arm];
            int count = 0;
            for (long word : bits) {
                count += Long.bitCount(word);
            }
            cells[at] = count;
            firsts[arm] = first(bits);
            lasts[arm] = last(bits);
            boolean isLast = count > 0 && lasts[arm] == lastObserved;
            boolean isFirst = count > 0 && firsts[arm] == firstObserved;
            boolean isSingle = (isLast || isFirst) && observedWithin(firsts[arm], lasts[arm]) == count;
            spellStart[at] = !isSingle ? NO_SPELL : isLast ? firsts[arm] : UNIT_END;
            spellEnd[at] = !isSingle ? NO_SPELL : isLast ? UNIT_END : lasts[arm];
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

    /** Results that are added up over units. */
    private static final class Sums implements Serializable {

        private static final long serialVersionUID = 1;

        private final long[][] seen;
        private boolean switches;
        private int comparable;
        private final ArrayList<TreatmentPaths.SampledPath> sampledPaths = new ArrayList<>();
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
            int start = Integer.MAX_VALUE;
            for (int arm = 0; arm < seen.length; arm++) {
                for (int w = 0; w < seen[arm].length; w++) {
                    seen[arm][w] |= row.members[arm][w];
                }
                if (arm > 0 && row.firsts[arm] >= 0) {
                    treatments++;
                    start = Math.min(start, row.firsts[arm]);
                }
            }
            if (treatments > 0) {
                comparable += row.firsts[0] >= 0 ? 1 : 0;
                // A unit with two treatments has left one of them.
                switches |= treatments > 1 || row.lasts[0] > start;
                latestControl = Math.max(latestControl, row.lasts[0]);
                earliestTreated = Math.min(earliestTreated, start);
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
            sampledPaths.addAll(later.sampledPaths);
            latestControl = Math.max(latestControl, later.latestControl);
            earliestTreated = Math.min(earliestTreated, later.earliestTreated);
            return this;
        }
    }
}
