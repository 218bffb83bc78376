package io.github.rowwise.internal.assignment;

import io.github.rowwise.internal.pass.CellHash;
import io.github.rowwise.internal.pass.RowBlock;
import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Estimates the effective number of treatment paths: the number of equally large groups of units, each with its own
 * path, in which two random units share a path as often as in the panel.
 *
 * <p>Definitions:
 *
 * <ul>
 *   <li>Two units share a path if they are in the same arms in nearly all periods in which both are observed. The
 *       tolerance is needed because groups are rarely treated identically to the last cell.
 *   <li>Only units that change arm more than once can share a path. The others have few possible paths, so that
 *       agreement says little.
 *   <li>Periods between which no sampled unit changes arm count once.
 *   <li>The share of pairs that would agree by chance is subtracted. It is estimated by shifting paths in time.
 * </ul>
 *
 * <p>In a large panel, the estimate uses a sample of the units.
 */
final class TreatmentPaths {

    private static final int SAMPLE_SIZE = 500;

    /** With fewer distinct periods than this, units share a path by chance. */
    private static final int MIN_PERIODS = 8;

    /** Shifts in time, as shares of the periods. None of them maps a seasonal pattern onto itself. */
    private static final double[] SHIFTS = {0.29, 0.47, 0.71};

    /** With fewer matching pairs than this, there is no evidence of shared paths. */
    private static final int MIN_MATCHES = 10;

    /** Minimum ratio of the share of matching pairs to the share by chance. */
    private static final double MIN_RATIO = 4;

    private TreatmentPaths() {}

    /**
     * Selects the units of the sample by a hash of their names, so that the sample does not depend on the distribution
     * of the units.
     */
    static final class PathSample {

        private final CellHash hash;
        private final double share;

        PathSample(int units, CellHash hash) {
            this.hash = hash;
            this.share = (double) SAMPLE_SIZE / units;
        }

        /** Adds a unit's arms to {@code target} if the unit belongs to the sample. */
        void read(int unit, byte[] row, int periods, List<SampledPath> target) {
            long bits = hash.unitBits(unit, 0);
            if ((bits >>> 11) * 0x1p-53 < share) {
                target.add(new SampledPath(bits, Arrays.copyOf(row, periods)));
            }
        }
    }

    /**
     * A sampled unit.
     *
     * @param hash hash of the unit's name
     * @param arms the unit's arms
     */
    record SampledPath(long hash, byte[] arms) implements Serializable {}

    /**
     * Returns the effective number of treatment paths.
     *
     * @param units the sampled units, in any order
     * @param comparable number of units of the panel with cells both under treatment and under control
     * @return between 1 and {@code comparable}; 0 if {@code comparable} is 0
     */
    static double effectiveNumber(List<SampledPath> units, int comparable) {
        // The order decides which path of a pair is shifted, so it must not depend on the distribution of the units.
        List<byte[]> rows = units.stream()
                .sorted(Comparator.comparingLong(SampledPath::hash))
                .map(SampledPath::arms)
                .toList();
        int[] starts = starts(rows);
        if (starts.length < MIN_PERIODS) {
            return comparable;
        }
        List<TreatmentPath> compared = rows.stream()
                .map(row -> new TreatmentPath(compressed(row, starts)))
                .filter(TreatmentPath::isComparable)
                .toList();
        List<TreatmentPath> repeated =
                compared.stream().filter(TreatmentPath::changesRepeatedly).toList();
        Pairs pairs = Pairs.of(repeated, repeated);
        if (pairs.matching < MIN_MATCHES) {
            return comparable;
        }
        double chanceShare = shareByChance(repeated);
        if (pairs.share() < MIN_RATIO * chanceShare) {
            return comparable;
        }
        double share = (pairs.share() - chanceShare) * pairs.all / (compared.size() * (compared.size() - 1.0) / 2);
        return 1 / (1.0 / comparable + (1 - 1.0 / comparable) * share);
    }

    /**
     * Returns the first period, and each period in which some unit is in another arm than at its previous observation.
     */
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

    /** Returns one cell per run of periods in which no unit changes arm. */
    private static byte[] compressed(byte[] row, int[] starts) {
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

    /**
     * Returns the share of pairs that match by chance: the larger of the share with paths shifted in time, and the
     * share that would result if units drew their arms independently from the shares of each period.
     */
    private static double shareByChance(List<TreatmentPath> paths) {
        double shiftedShare = 1;
        for (double shift : SHIFTS) {
            List<TreatmentPath> shiftedPaths =
                    paths.stream().map(path -> path.shifted(shift)).toList();
            shiftedShare = Math.min(shiftedShare, Pairs.of(paths, shiftedPaths).share());
        }
        double independentShare = 1;
        for (int j = 0; j < (paths.isEmpty() ? 0 : paths.get(0).arms.length); j++) {
            int[] counts = new int[Byte.MAX_VALUE + 1];
            double sum = 0;
            for (TreatmentPath path : paths) {
                if (path.arms[j] != RowBlock.MISSING) {
                    counts[path.arms[j]]++;
                    sum++;
                }
            }
            double squares = 0;
            for (int count : counts) {
                squares += (double) count * count;
            }
            independentShare *= sum == 0 ? 1 : squares / (sum * sum);
        }
        return Math.max(shiftedShare, independentShare);
    }

    /**
     * Counts of pairs of paths.
     *
     * @param matching number of pairs that match
     * @param all number of pairs that could match
     */
    private record Pairs(double matching, double all) {

        static Pairs of(List<TreatmentPath> first, List<TreatmentPath> second) {
            int matches = 0;
            int all = 0;
            for (int i = 0; i < first.size(); i++) {
                for (int k = 0; k < i; k++) {
                    if (second.get(k).changesRepeatedly()) {
                        matches += first.get(i).matches(second.get(k)) ? 1 : 0;
                        all++;
                    }
                }
            }
            return new Pairs(matches, all);
        }

        double share() {
            return all == 0 ? 0 : matching / all;
        }
    }
}
