package io.github.rowwise.spark.fit;

import org.apache.spark.Partitioner;
import org.jspecify.annotations.Nullable;

/** Puts aligned groups of a power of two parts together: whole branches of the tree in which shares are merged. */
final class GroupPartitioner extends Partitioner {

    private static final long serialVersionUID = 1L;

    private final int parts;
    private final int bits;

    /** Groups about as large as there are groups. */
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
