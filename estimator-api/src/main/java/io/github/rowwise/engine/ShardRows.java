package io.github.rowwise.engine;

import java.util.Objects;

/**
 * The cells of consecutive units of a shard, row-major: one row per unit, one column per period. The arrays are not
 * copied. Readers must not modify them. The next rows may reuse the same arrays.
 *
 * <pre class="example">{@code
 * // Two units and two periods; the second unit is not observed in the first period.
 * ShardRows rows = new ShardRows(new double[] {1.5, 2.5, 0, 4}, new byte[] {0, 1, ShardRows.MISSING, 0});
 * }</pre>
 *
 * @param outcomes finite; 0 for a missing cell
 * @param arms one arm per outcome; {@link #MISSING} for a missing cell
 */
public record ShardRows(double[] outcomes, byte[] arms) {

    /** The arm of a cell that was not observed. */
    public static final byte MISSING = -1;

    /**
     * Creates the rows. Only the lengths are checked.
     *
     * @param outcomes finite; 0 for a missing cell
     * @param arms one arm per outcome; {@link #MISSING} for a missing cell
     * @throws IllegalArgumentException if the lengths differ
     */
    public ShardRows {
        if (Objects.requireNonNull(outcomes).length != Objects.requireNonNull(arms).length) {
            throw new IllegalArgumentException(
                    outcomes.length + " outcomes and " + arms.length + " arms: give one of each a cell");
        }
    }
}
