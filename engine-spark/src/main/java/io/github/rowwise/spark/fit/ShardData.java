package io.github.rowwise.spark.fit;

import java.util.List;

/**
 * What is known of a part once its blocks have been read.
 *
 * @param unitNames in the order of the blocks
 * @param cellsPerArm observed cells by arm
 * @param largestOutcome the largest absolute outcome, 0 without any
 * @param checksum of everything read, by which a second reading is known to be the same
 */
public record ShardData(List<String> unitNames, long[] cellsPerArm, double largestOutcome, long checksum) {

    /** The part that the driver has. */
    static ShardData withoutUnits(int arms) {
        return new ShardData(List.of(), new long[arms], 0, 0);
    }
}
