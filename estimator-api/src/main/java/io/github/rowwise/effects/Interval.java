package io.github.rowwise.effects;

/**
 * A confidence interval.
 *
 * <pre class="example">{@code
 * boolean isZeroPossible = effects.effect(0, 1).ate().interval(0.95).contains(0);
 * }</pre>
 *
 * @param lower lower end, in units of the outcome
 * @param upper upper end, in units of the outcome
 */
public record Interval(double lower, double upper) {

    /**
     * Returns whether a value lies within.
     *
     * @param value any number
     * @return true at the ends too
     */
    public boolean contains(double value) {
        return lower <= value && value <= upper;
    }
}
