package io.github.rowwise.spark.fit;

import java.io.Serializable;

/**
 * What a shard reports to the driver besides its partial sum.
 *
 * @param part the partition's index
 * @param home the executor, in the form of Spark's preferred locations
 * @param agreement fingerprint of the process; empty if the shard has no units
 * @param checksum checksum of the shard's blocks
 * @param repeated number of partial sums that were repeated
 */
record ShardReply(int part, String home, String agreement, long checksum, int repeated) implements Serializable {}
