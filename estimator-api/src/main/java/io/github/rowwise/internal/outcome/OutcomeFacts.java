package io.github.rowwise.internal.outcome;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link OutcomeScan} found.
 *
 * @param identicalUnits number of units whose outcomes are exactly those of another unit
 * @param identicalNames names of some of them, in pairs
 * @param repeatedExtreme a value at an end of the range that may be a code for a missing outcome, or {@code null}
 * @param missingShareAboveZero the share of missing cells if all outcomes are positive and many are close to 0; 0 otherwise
 */
public record OutcomeFacts(
        int identicalUnits,
        List<String> identicalNames,
        @Nullable RepeatedExtreme repeatedExtreme,
        double missingShareAboveZero) {

    /**
     * A value at an end of the range.
     *
     * @param value the value
     * @param next the value next to it
     * @param cells number of cells with the value
     * @param unit name of the first unit with the value
     * @param period its first period with the value
     */
    public record RepeatedExtreme(double value, double next, long cells, String unit, int period) {}
}
