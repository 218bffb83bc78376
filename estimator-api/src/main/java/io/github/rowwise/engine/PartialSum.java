package io.github.rowwise.engine;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A sum over all units, of which a part makes its own share.
 *
 * <pre class="example">{@code
 * class TwoShards<S> {
 *     S add(PartialSum<S> first, List<ShardRows> firstRows, PartialSum<S> second, List<ShardRows> secondRows) {
 *         return first.merge().apply(first.ofShard(firstRows.iterator()), second.ofShard(secondRows.iterator()));
 *     }
 * }
 * }</pre>
 *
 * @param <S> the sum, which Java can serialise
 */
public interface PartialSum<S> {

    /**
     * Names the sum for whoever follows the fit, such as {@code refinement, pass 12}.
     *
     * @return the same in every part
     */
    String label();

    /**
     * Returns whether {@link #ofShard} reads rows.
     *
     * @return false where it is ready without
     */
    boolean readsRows();

    /**
     * Makes the part's share. An engine calls it once, on any one thread.
     *
     * @param rows all units of the part in their order, read once; nothing where {@link #readsRows()} is false
     * @return {@code null} where rows are read and the part has no units; an engine may leave out the shares of such a part anyway
     */
    @Nullable
    S ofShard(Iterator<ShardRows> rows);

    /**
     * Returns what adds two shares.
     *
     * @return without state
     */
    Merge<S> merge();
}
