package io.github.rowwise.engine;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * One shard's contribution to a sum over all units.
 *
 * <pre class="example">{@code
 * class TwoShards<S> {
 *     S allReduce(PartialSum<S> first, List<ShardRows> firstRows, PartialSum<S> second, List<ShardRows> secondRows) {
 *         return first.merge().apply(first.ofShard(firstRows.iterator()), second.ofShard(secondRows.iterator()));
 *     }
 * }
 * }</pre>
 *
 * @param <S> type of the sum, which must be serialisable
 */
public interface PartialSum<S> {

    /**
     * Returns a label for progress displays, such as {@code factors, pass 12}.
     *
     * @return the same label in all shards
     */
    String label();

    /**
     * Returns whether {@link #ofShard} reads rows.
     *
     * @return {@code false} if the contribution is already computed
     */
    boolean readsRows();

    /**
     * Computes the shard's contribution. An engine calls this method once, on any thread.
     *
     * @param rows all units of the shard in order, read once; ignored if {@link #readsRows()} is {@code false}
     * @return the contribution; {@code null} if rows are read and the shard has no units. An engine may omit such a
     *     shard
     */
    @Nullable
    S ofShard(Iterator<ShardRows> rows);

    /**
     * Returns the function that merges two contributions.
     *
     * @return a stateless function
     */
    Merge<S> merge();
}
