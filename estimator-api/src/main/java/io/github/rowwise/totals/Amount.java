package io.github.rowwise.totals;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.Interval;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * A quantity that follows from an effect, such as a percentage or a worth, with its interval where there is one, or the reason why
 * there is none. Never NaN. The interval is that of the effect, with both ends transformed as the value is, so it need not be
 * symmetric about the value, and holds its truth as often.
 *
 * <p>Immutable, and safe for use by several threads.
 *
 * <pre class="example">{@code
 * ArmTotals inAll = EffectTotals.of(effects).withScale(OutcomeScale.LOG).compute().arm(1);
 * Amount percent = inAll.percentOverTreatedCells().orElseThrow();
 * percent.interval().ifPresent(interval -> System.out.println(percent.value() + " % " + interval));
 * }</pre>
 */
public final class Amount {

    private static final String OUT_OF_RANGE = "too large for a number; is the outcome on the scale that was given?";

    private final double value;
    private final Optional<Interval> interval;
    private final String reason;

    private Amount(double value, Optional<Interval> interval, String reason) {
        this.value = value;
        this.interval = interval;
        this.reason = reason;
    }

    /**
     * Creates an amount that has no value.
     *
     * @param reason why there is none, in words
     * @return an amount that is not available
     * @throws IllegalArgumentException if the reason is blank
     */
    public static Amount unavailable(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("an amount without a value needs a reason: say why there is none");
        }
        return new Amount(Double.NaN, Optional.empty(), reason);
    }

    /**
     * Transforms an estimate. Without a standard error there is no interval.
     *
     * @param estimate the estimate
     * @param level confidence level of the interval
     * @param transform monotone between the ends of the interval
     */
    static Amount of(Estimate estimate, double level, DoubleUnaryOperator transform) {
        if (!estimate.isAvailable()) {
            return unavailable(estimate.reason());
        }
        Optional<Interval> of = estimate.hasStandardError() ? Optional.of(estimate.interval(level)) : Optional.empty();
        return new Amount(estimate.value(), of, "").map(transform);
    }

    /** Transforms value and interval; the transformation is monotone between the ends. */
    Amount map(DoubleUnaryOperator transform) {
        if (!isAvailable()) {
            return this;
        }
        double mapped = transform.applyAsDouble(value);
        Optional<Interval> ends = interval.map(of -> {
            double one = transform.applyAsDouble(of.lower());
            double other = transform.applyAsDouble(of.upper());
            return new Interval(Math.min(one, other), Math.max(one, other));
        });
        boolean isFinite = Double.isFinite(mapped)
                && ends.map(of -> Double.isFinite(of.lower()) && Double.isFinite(of.upper()))
                        .orElse(true);
        return isFinite ? new Amount(mapped, ends, "") : unavailable(OUT_OF_RANGE);
    }

    /**
     * Returns whether there is an amount.
     *
     * @return false where there is no effect, or no outcome that it could be compared with
     */
    public boolean isAvailable() {
        return reason.isEmpty();
    }

    /**
     * Returns why there is none.
     *
     * @return empty if there is one
     */
    public String reason() {
        return reason;
    }

    /**
     * Returns the amount.
     *
     * @return a finite number
     * @throws NoSuchElementException if there is none, with the reason
     */
    public double value() {
        if (!isAvailable()) {
            throw new NoSuchElementException("no amount: " + reason);
        }
        return value;
    }

    /**
     * Returns the interval.
     *
     * @return at the confidence level of the result; empty where the effect has no standard error, or there is no amount
     */
    public Optional<Interval> interval() {
        return interval;
    }

    @Override
    public String toString() {
        if (!isAvailable()) {
            return "none (" + reason + ")";
        }
        return value
                + interval.map(of -> " (" + of.lower() + " to " + of.upper() + ")")
                        .orElse("");
    }
}
