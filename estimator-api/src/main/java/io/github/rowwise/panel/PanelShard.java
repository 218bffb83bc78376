package io.github.rowwise.panel;

import io.github.rowwise.engine.Engine;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.RowBlocks;
import java.util.List;
import java.util.Objects;

/**
 * Creates the shards of a panel whose units are spread over several processes.
 *
 * <p>A shard holds some of the units. Its cells come from an {@link Engine}, at each pass over the rows. An estimator fits a
 * shard as it fits a whole panel, and equal estimators have to fit all shards. The result of a shard holds the shard's units;
 * averages, ranks and warnings are those of all units. A shard does not give single cells.
 *
 * <pre class="example">{@code
 * // All units are in one shard, so there is nothing to add.
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
 */
public final class PanelShard {

    private PanelShard() {}

    /**
     * Creates a shard.
     *
     * @param unitNames names of the shard's units, in the order in which the engine reads them; empty if the shard has no
     *     units. A name belongs to one shard only, which is not checked
     * @param periodNames names of all periods, in time order; the same in every shard
     * @param armNames names of all arms, control first; the same in every shard
     * @param cellsPerArm observed cells of the shard by arm
     * @param largestOutcome the largest absolute outcome of the shard, 0 without any
     * @param storage how the engine keeps outcomes
     * @param fingerprint the data hash of the result's provenance; the same in every shard
     * @param engine reads the shard's rows and reduces over all shards
     * @return the shard, for one fit at a time
     * @throws InvalidPanelException if there are fewer than two periods or arms, or two of the same name
     */
    public static Panel of(
            List<String> unitNames,
            List<String> periodNames,
            List<String> armNames,
            long[] cellsPerArm,
            double largestOutcome,
            OutcomeStorage storage,
            String fingerprint,
            Engine engine) {
        PanelNames names = PanelNames.checkShard(unitNames, periodNames, armNames);
        return new Panel(
                names,
                Objects.requireNonNull(storage),
                rowsPerBlock(names.periods().size()),
                RowBlocks.NONE,
                cellsPerArm.clone(),
                largestOutcome,
                Objects.requireNonNull(fingerprint),
                Objects.requireNonNull(engine));
    }

    /**
     * Returns how many units an engine should read at a time: enough to work on, few enough to stay in the cache.
     *
     * @param periods number of periods
     * @return 32 or more
     */
    public static int rowsPerBlock(int periods) {
        return RowBlock.defaultRows(periods);
    }
}
