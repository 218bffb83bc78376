package io.github.rowwise.spark.fit;

import java.io.Serializable;

/**
 * What the driver hears of a part besides its share.
 *
 * @param part the partition's index
 * @param home the executor, as Spark names it in preferred locations
 * @param agreement of the process; empty where the part has no units
 * @param checksum of the part's blocks
 * @param repeated sums that had to be repeated
 */
record ShardReply(int part, String home, String agreement, long checksum, int repeated) implements Serializable {}
