package io.github.rowwise.internal.outcome;

import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.RowBlock;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Looks for signs that a table does not say what it seems to say: units that are the same unit under two names, a code for
 * missing outcomes that is read as a number, and cells that are missing because their outcome is 0.
 *
 * <p>Takes one pass over the cells, and one more over the units that look alike.
 */
public final class OutcomeScan {

    /** A value at an end of the range is suspicious from this number of cells on. */
    static final int REPEATED = 3;

    /** Share of the outcomes close to 0 from which on the distribution looks cut off at 0. */
    static final double CLOSE_SHARE = .01;

    private static final int EXAMPLES = 3;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    /** Outcomes that agree by chance have less information than twice the logarithm of the number of units plus this. */
    private static final double MARGIN = 10;

    private final List<String> unitNames;
    private final PassRunner runner;

    /** By unit: a hash of its outcomes and their periods; 0 for a unit without cells. */
    private final long[] hashes;

    private OutcomeScan(List<String> unitNames, PassRunner runner) {
        this.unitNames = unitNames;
        this.runner = runner;
        this.hashes = new long[unitNames.size()];
    }

    /**
     * Reads the outcomes of a panel or of a shard.
     *
     * @param unitNames names of the local units
     * @param allUnits number of units of the panel
     */
    public static OutcomeFacts of(List<String> unitNames, int allUnits, PassRunner runner) {
        return new OutcomeScan(unitNames, runner).run(allUnits);
    }

    private OutcomeFacts run(int allUnits) {
        OutcomeRange range = runner.reduceBlocks(
                () -> new PassScratch() {},
                (scratch, block) -> {
                    for (int row = 0; row < block.rows(); row++) {
                        hashes[block.firstRow() + row] = hash(block, row);
                    }
                    return new OutcomeRange().add(block, unitNames);
                },
                OutcomeRange::add);
        long[] repeated = informative(repeated(allHashes()), allUnits);
        int identicalUnits = runner.allReduce(
                (int) Arrays.stream(hashes)
                        .filter(hash -> Arrays.binarySearch(repeated, hash) >= 0)
                        .count(),
                Math::addExact);
        return new OutcomeFacts(
                identicalUnits, examples(repeated), range.repeatedExtreme(), range.missingShareAboveZero());
    }

    private static long hash(RowBlock block, int row) {
        int m = block.columns();
        long hash = 0;
        for (int j = 0; j < m; j++) {
            if (block.arms()[row * m + j] != RowBlock.MISSING) {
                // Adding 0 turns -0 into 0.
                long bits = Double.doubleToRawLongBits(block.outcomes()[row * m + j] + 0.0);
                hash = (hash ^ bits ^ (j + 1L) * MULTIPLIER) * 0x100000001B3L;
                hash ^= hash >>> 32;
            }
        }
        return hash;
    }

    /** Returns the hashes of all units of the panel, sorted. */
    private long[] allHashes() {
        long[] sorted = hashes.clone();
        Arrays.sort(sorted);
        return runner.allReduce(
                sorted,
                (one, other) -> LongStream.concat(Arrays.stream(one), Arrays.stream(other))
                        .sorted()
                        .toArray());
    }

    private static long[] repeated(long[] sorted) {
        LongStream.Builder repeated = LongStream.builder();
        for (int k = 1; k < sorted.length; k++) {
            boolean isNew = k < 2 || sorted[k - 2] != sorted[k];
            if (sorted[k] == sorted[k - 1] && isNew && sorted[k] != 0) {
                repeated.add(sorted[k]);
            }
        }
        return repeated.build().toArray();
    }

    /**
     * Keeps the hashes of outcomes that can hardly agree by chance, unlike constant outcomes or a few counts. The information
     * of a unit's outcomes is computed from the frequencies of its values.
     */
    private long[] informative(long[] repeated, int allUnits) {
        if (repeated.length == 0) {
            return repeated;
        }
        double limit = 2 * Math.log(allUnits) + MARGIN;
        long[] informative = runner.reduceBlocks(
                () -> new PassScratch() {},
                (scratch, block) -> {
                    LongStream.Builder kept = LongStream.builder();
                    for (int row = 0; row < block.rows(); row++) {
                        long hash = hashes[block.firstRow() + row];
                        if (Arrays.binarySearch(repeated, hash) >= 0 && information(block, row) > limit) {
                            kept.add(hash);
                        }
                    }
                    return kept.build().toArray();
                },
                (one, other) -> LongStream.concat(Arrays.stream(one), Arrays.stream(other))
                        .toArray());
        return Arrays.stream(informative).distinct().sorted().toArray();
    }

    private static double information(RowBlock block, int row) {
        int m = block.columns();
        double[] values = new double[m];
        int count = 0;
        for (int j = 0; j < m; j++) {
            if (block.arms()[row * m + j] != RowBlock.MISSING) {
                values[count++] = block.outcomes()[row * m + j] + 0.0;
            }
        }
        Arrays.sort(values, 0, count);
        double information = 0;
        for (int start = 0; start < count; ) {
            int end = start;
            while (end < count && values[end] == values[start]) {
                end++;
            }
            information += (end - start) * Math.log(count / (double) (end - start));
            start = end;
        }
        return information;
    }

    /** A unit with the hash of its outcomes. */
    private record Named(long hash, String name) implements Serializable {}

    /** Returns the names of two units for each of the first hashes. */
    private List<String> examples(long[] repeated) {
        List<Named> found = new ArrayList<>();
        for (int k = 0; k < Math.min(EXAMPLES, repeated.length); k++) {
            long hash = repeated[k];
            for (int unit = 0, units = 0; unit < hashes.length && units < 2; unit++) {
                if (hashes[unit] == hash) {
                    found.add(new Named(hash, unitNames.get(unit)));
                    units++;
                }
            }
        }
        List<Named> all = runner.allReduce(
                found,
                (one, other) -> Stream.concat(one.stream(), other.stream()).toList());
        List<String> names = new ArrayList<>();
        for (int k = 0; k < Math.min(EXAMPLES, repeated.length); k++) {
            long hash = repeated[k];
            all.stream()
                    .filter(unit -> unit.hash() == hash)
                    .limit(2)
                    .map(Named::name)
                    .forEach(names::add);
        }
        return List.copyOf(names);
    }
}
