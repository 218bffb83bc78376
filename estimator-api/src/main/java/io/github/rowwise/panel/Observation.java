package io.github.rowwise.panel;

import java.util.Objects;

/**
 * One row of a long table: a unit in a period.
 *
 * <pre class="example">{@code
 * Observation row = new Observation("store 7", "2026-03-02", 1, 118.5);
 * Observation missing = new Observation("store 7", "2026-03-09", 0, Double.NaN);
 * }</pre>
 *
 * @param unit name of the unit
 * @param period name of the period; see {@link Panel#builder()} for how periods are put in order
 * @param arm the arm that the unit was in: 0 is control
 * @param outcome the outcome, NaN where it is missing
 */
public record Observation(String unit, String period, int arm, double outcome) {

    /**
     * Rejects missing names.
     *
     * @param unit as above
     * @param period as above
     * @param arm as above
     * @param outcome as above
     */
    public Observation {
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(period, "period");
    }
}
