package io.github.rowwise.engine;

import java.util.Objects;

/**
 * Consecutive units of a shard: their cells, row-major.
 *
 * <p>Every pass over a shard reads all of its cells through this type, so the arrays are shared and not copied: the core reads
 * them and never writes to them, and an engine may fill the same arrays again for the next rows, once the next rows are asked
 * for.
 *
 * <pre class="example">{@code
 * // Two units and two periods; the second unit was not seen in the first.
 * ShardRows rows = new ShardRows(new double[] {1.5, 2.5, 0, 4}, new byte[] {0, 1, ShardRows.MISSING, 0});
 * }</pre>
 *
 * @param outcomes finite; 0 where a cell is missing
 * @param arms of the same length; {@link #MISSING} where a cell is missing
 */
public record ShardRows(double[] outcomes, byte[] arms) {

    /** The arm of a cell that was not observed. */
    public static final byte MISSING = -1;

    /**
     * Checks the lengths alone.
     *
     * @param outcomes finite; 0 where a cell is missing
     * @param arms of the same length; {@link #MISSING} where a cell is missing
     * @throws IllegalArgumentException if the lengths differ
     */
    public ShardRows {
        if (Objects.requireNonNull(outcomes).length != Objects.requireNonNull(arms).length) {
            throw new IllegalArgumentException(
                    outcomes.length + " outcomes and " + arms.length + " arms: give one of each a cell");
        }
    }
}
