package io.github.rowwise.effects;

import io.github.rowwise.internal.stats.ConfidenceLevel;
import io.github.rowwise.internal.stats.StudentQuantiles;
import io.github.rowwise.internal.stats.StudentT;
import java.util.NoSuchElementException;

/**
 * An estimated effect in units of the outcome, with its standard error where there is one, or the reason why there is
 * no estimate. Never NaN.
 *
 * <p>Immutable, and safe for use by several threads.
 *
 * <pre class="example">{@code
 * Estimate ate = effects.effect(0, 1).ate();
 * if (ate.hasStandardError()) {
 *     System.out.println(ate.value() + " " + ate.interval(0.95) + " p " + ate.pValue());
 * } else if (!ate.isAvailable()) {
 *     System.out.println(ate); // the reason
 * }
 * }</pre>
 */
public final class Estimate {

    private final double value;
    private final double standardError;
    private final double degreesOfFreedom;
    private final String reason;

    private Estimate(double value, double standardError, double degreesOfFreedom, String reason) {
        this.value = value;
        this.standardError = standardError;
        this.degreesOfFreedom = degreesOfFreedom;
        this.reason = reason;
    }

    /**
     * Creates an estimate that has no value.
     *
     * @param reason why there is none, in words
     * @return an estimate that is not available
     * @throws IllegalArgumentException if the reason is blank
     */
    public static Estimate unavailable(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("an estimate without a value needs a reason: say why there is none");
        }
        return new Estimate(Double.NaN, Double.NaN, Double.NaN, reason);
    }

    /**
     * Creates an estimate without a standard error.
     *
     * @param value a finite number in units of the outcome
     * @return an estimate without an interval
     * @throws IllegalArgumentException if the value is not finite
     */
    public static Estimate withoutStandardError(double value) {
        requireFinite(value);
        return new Estimate(value, Double.NaN, Double.NaN, "");
    }

    /**
     * Creates an estimate. A standard error that is not a finite positive number, or degrees of freedom that are not
     * positive, count as unknown: the estimate then has no standard error.
     *
     * @param value a finite number in units of the outcome
     * @param standardError in units of the outcome
     * @param degreesOfFreedom of Student's t; infinite for the normal distribution
     * @return an estimate, with an interval if the standard error is known
     * @throws IllegalArgumentException if the value is not finite
     */
    public static Estimate of(double value, double standardError, double degreesOfFreedom) {
        requireFinite(value);
        boolean known = standardError > 0 && Double.isFinite(standardError) && degreesOfFreedom > 0;
        return known ? new Estimate(value, standardError, degreesOfFreedom, "") : withoutStandardError(value);
    }

    private static void requireFinite(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("estimate " + value
                    + ": give a finite number, or Estimate.unavailable(reason) where there is none");
        }
    }

    /**
     * Returns whether there is an estimate.
     *
     * @return false where the unit lacks an arm
     */
    public boolean isAvailable() {
        return reason.isEmpty();
    }

    /**
     * Returns why there is no estimate.
     *
     * @return empty if there is one
     */
    public String reason() {
        return reason;
    }

    /**
     * Returns the estimate.
     *
     * @return a finite number in units of the outcome
     * @throws NoSuchElementException if there is none, with the reason
     */
    public double value() {
        if (!isAvailable()) {
            throw new NoSuchElementException("no estimate: " + reason);
        }
        return value;
    }

    /**
     * Returns whether the estimate comes with a standard error. An arm with a single observed cell gives none.
     *
     * @return false also where there is no estimate
     */
    public boolean hasStandardError() {
        return !Double.isNaN(standardError);
    }

    /**
     * Returns the standard error.
     *
     * @return a positive number in units of the outcome
     * @throws NoSuchElementException if there is none
     */
    public double standardError() {
        if (!hasStandardError()) {
            throw new NoSuchElementException(
                    isAvailable() ? "the estimate has no standard error" : "no estimate: " + reason);
        }
        return standardError;
    }

    /**
     * Returns the degrees of freedom of the Student's t that intervals and p-values are taken from.
     *
     * @return a positive number, which need not be whole
     * @throws NoSuchElementException if there is no standard error
     */
    public double degreesOfFreedom() {
        standardError();
        return degreesOfFreedom;
    }

    /**
     * Returns the two-sided confidence interval by Student's t: the estimate less and plus its standard error times a
     * {@link #quantile}.
     *
     * @param level between 0 and 1, such as 0.95
     * @return symmetric about the estimate
     * @throws IllegalArgumentException if the level is not between 0 and 1
     * @throws NoSuchElementException if there is no standard error
     */
    public Interval interval(double level) {
        return around(quantile(level));
    }

    /**
     * Returns how many standard errors an interval reaches to either side.
     *
     * @param level between 0 and 1, such as 0.95
     * @return above 0, such as 1.96; NaN where there is no standard error
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public double quantile(double level) {
        ConfidenceLevel.require(level);
        return hasStandardError() ? StudentQuantiles.at(level).quantile(degreesOfFreedom) : Double.NaN;
    }

    /**
     * Returns this estimate's part of a band that holds all of several estimates at once (max-t): the interval at level
     * {@code level^(1/estimates)}. Exact where their errors are independent, and too wide rather than too narrow
     * otherwise. Source: Sidak (1967), doi:10.1080/01621459.1967.10482935.
     *
     * @param level between 0 and 1, such as 0.95
     * @param estimates how many the band is over, this one included; 1 gives {@link #interval}
     * @return symmetric about the estimate
     * @throws IllegalArgumentException if the level is not between 0 and 1, or the number is below 1
     * @throws NoSuchElementException if there is no standard error
     */
    public Interval simultaneousInterval(double level, int estimates) {
        ConfidenceLevel.require(level);
        if (estimates < 1) {
            throw new IllegalArgumentException("a band over " + estimates + " estimates: give 1 or more");
        }
        // What is left to the tails, 1 - level^(1/estimates), without the loss of digits.
        return around(StudentT.twoSidedQuantile(-Math.expm1(Math.log(level) / estimates), degreesOfFreedom));
    }

    private Interval around(double quantile) {
        double half = standardError() * quantile;
        return new Interval(value - half, value + half);
    }

    /** The same with a standard error that is larger by a factor. */
    Estimate widened(double factor) {
        return hasStandardError() ? new Estimate(value, factor * standardError, degreesOfFreedom, reason) : this;
    }

    /**
     * Returns the two-sided p-value of the hypothesis that the effect is zero, by Student's t.
     *
     * @return between 0 and 1
     * @throws NoSuchElementException if there is no standard error
     */
    public double pValue() {
        return StudentT.twoSidedTail(value / standardError(), degreesOfFreedom);
    }

    @Override
    public String toString() {
        if (!isAvailable()) {
            return "none (" + reason + ")";
        }
        return hasStandardError() ? value + " (se " + standardError + ")" : Double.toString(value);
    }
}
