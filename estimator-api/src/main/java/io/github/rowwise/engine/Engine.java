package io.github.rowwise.engine;

import org.jspecify.annotations.Nullable;

/**
 * Adds up sums over the parts of a panel. There is one for each part, used by the one thread that fits the part.
 *
 * <pre class="example">{@code
 * // All units in one part: nothing is left to add.
 * ShardRows rows = new ShardRows(new double[] {1, 2, 3, 3, 1, 2}, new byte[] {0, 0, 1, 0, 1, 0});
 * Engine alone = new Engine() {
 *     public <S> S allReduce(PartialSum<S> sum) {
 *         return sum.ofShard(List.of(rows).iterator());
 *     }
 * };
 * Panel panelByRows = PanelShard.of(
 *         List.of("north", "south"), List.of("1", "2", "3"), List.of("0", "1"), new long[] {4, 2}, 3,
 *         OutcomeStorage.DOUBLE, "two units", alone);
 * }</pre>
 *
 * <p>Every part asks for the same sums in the same order, because each decides by the sums alone. The engine merges the shares in
 * an order that depends on nothing but the parts, leaving out those of parts without units, and gives every part an equal result
 * that is its own to change.
 */
public interface Engine {

    /**
     * Waits for all parts.
     *
     * @param sum what to add up
     * @param <S> the sum
     * @return the sum over all parts
     * @throws java.util.concurrent.CancellationException if the fit was called off
     */
    <S> S allReduce(PartialSum<S> sum);

    /**
     * Says where the part's fit is kept after each iteration, by estimators that can go on ({@link
     * io.github.rowwise.FactorModelEstimator}). Asked for once, before the first iteration.
     *
     * @return {@code null} for nowhere
     */
    default @Nullable ShardCheckpoint checkpoint() {
        return null;
    }
}
