package io.github.rowwise;

/**
 * A confidence interval.
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
