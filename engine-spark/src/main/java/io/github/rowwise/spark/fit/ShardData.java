package io.github.rowwise.spark.fit;

import java.util.List;

/**
 * The facts of a shard, known after its blocks have been read.
 *
 * @param unitNames names of the units, in the order of the blocks
 * @param cellsPerArm observed cells by arm
 * @param largestOutcome the largest absolute outcome, 0 without any
 * @param checksum checksum of the blocks, which detects a second reading that differs
 */
public record ShardData(List<String> unitNames, long[] cellsPerArm, double largestOutcome, long checksum) {

    /** Returns the driver's shard. */
    static ShardData withoutUnits(int arms) {
        return new ShardData(List.of(), new long[arms], 0, 0);
    }
}
