package io.github.rowwise.spark.fit;

import org.apache.spark.Partitioner;
import org.jspecify.annotations.Nullable;

/** Assigns aligned groups of shards, each a power of two, to partitions: whole branches of the tree of merges. */
final class GroupPartitioner extends Partitioner {

    private static final long serialVersionUID = 1L;

    private final int parts;
    private final int bits;

    /** Returns groups whose size is about the number of groups. */
    GroupPartitioner(int parts) {
        this.parts = parts;
        this.bits = (Integer.SIZE - Integer.numberOfLeadingZeros(parts - 1) + 1) / 2;
    }

    @Override
    public int numPartitions() {
        return ((parts - 1) >> bits) + 1;
    }

    @Override
    public int getPartition(Object part) {
        return (Integer) part >> bits;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GroupPartitioner that && that.parts == parts;
    }

    @Override
    public int hashCode() {
        return parts;
    }
}
