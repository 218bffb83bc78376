package io.github.rowwise.engine;

import org.jspecify.annotations.Nullable;

/**
 * Adds up the partial sums of the shards of a panel. Each shard has its own engine, which is called by the one thread
 * that fits the shard.
 *
 * <pre class="example">{@code
 * // All units are in one shard, so its partial sum is the sum over all units.
 * ShardRows rows = new ShardRows(new double[] {1, 2, 3, 3, 1, 2}, new byte[] {0, 0, 1, 0, 1, 0});
 * Engine singleShard = new Engine() {
 *     public <S> S allReduce(PartialSum<S> sum) {
 *         return sum.ofShard(List.of(rows).iterator());
 *     }
 * };
 * Panel panelByRows = PanelShard.of(
 *         List.of("north", "south"), List.of("1", "2", "3"), List.of("0", "1"), new long[] {4, 2}, 3,
 *         OutcomeStorage.DOUBLE, "two units", singleShard);
 * }</pre>
 *
 * <p>All shards request the same sums in the same order, because their decisions depend on these sums only. An engine
 * must
 *
 * <ul>
 *   <li>merge the partial sums in an order that depends on the shards only, not on timing;
 *   <li>omit the partial sums of shards without units;
 *   <li>return an equal result to each shard, as a separate object that the shard may modify.
 * </ul>
 */
public interface Engine {

    /**
     * Returns the sum over all shards. Blocks until each shard has contributed.
     *
     * @param sum this shard's contribution, and how contributions are merged
     * @param <S> type of the sum
     * @return the sum over all shards
     * @throws java.util.concurrent.CancellationException if the fit was cancelled
     */
    <S> S allReduce(PartialSum<S> sum);

    /**
     * Returns where the shard's fit is saved after each iteration. Estimators that can resume a fit
     * ({@link io.github.rowwise.FactorModelEstimator}) call this method once, before the first iteration.
     *
     * @return {@code null} if the fit is not saved
     */
    default @Nullable ShardCheckpoint checkpoint() {
        return null;
    }
}
