package io.github.rowwise.internal.stats;

import java.util.function.DoubleUnaryOperator;

/**
 * Finds the threshold of {@link TopDecile} with a quarter of the sums that its halvings ask for, and to the same bit.
 *
 * <p>The expected number of units above a threshold falls as the threshold rises. Once a few secant steps have found the root
 * to rounding, one sum on either side of it decides all halvings further out; only those that come closer than the sums'
 * rounding errors are computed.
 */
public final class DecileThreshold {

    private static final int SAMPLE = 2048;
    private static final int SAMPLE_HALVINGS = 18;
    private static final int SECANT_STEPS = 8;

    /**
     * How far rounding may move a sum of tails with up to {@link #ACCURATE_FREEDOM} degrees of freedom against a sum at a
     * nearby threshold, relative to the sum; in proportion above.
     */
    private static final double TAIL_ERROR = 5e-13;

    private static final double ACCURATE_FREEDOM = 1e5;

    /** Counts the units that are expected above a threshold, by one unit out of {@code step}. */
    @FunctionalInterface
    public interface Sample {
        double expected(double threshold, int step);
    }

    private final DoubleUnaryOperator expected;
    private final double target;
    private final double margin;

    /** Thresholds up to this one have certainly more units above them than the target. */
    private double below = Double.NEGATIVE_INFINITY;

    /** Thresholds from this one on have certainly fewer. */
    private double above = Double.POSITIVE_INFINITY;

    private DecileThreshold(DoubleUnaryOperator expected, int units, double mostFreedom) {
        this.expected = expected;
        this.target = units / 10.0;
        // Two sums that are to be compared are each wrong by this much; sums of positive numbers round at random.
        this.margin = target
                * 2
                * (TAIL_ERROR * Math.max(1, mostFreedom / ACCURATE_FREEDOM) + 10 * Math.sqrt(units) * Math.ulp(.5));
    }

    /**
     * Finds the threshold.
     *
     * @param units number of units
     * @param least the least estimate
     * @param greatest the greatest estimate
     * @param widest the largest standard error
     * @param mostFreedom the largest number of degrees of freedom
     * @param expected the expected number of units above a threshold
     * @param sample an approximation to it, used only as a starting point
     */
    public static double find(
            int units,
            double least,
            double greatest,
            double widest,
            double mostFreedom,
            DoubleUnaryOperator expected,
            Sample sample) {
        DecileThreshold search = new DecileThreshold(expected, units, mostFreedom);
        double low = least - 10 * widest;
        double high = greatest + 10 * widest;
        if (units > SAMPLE && search.margin < search.target && Double.isFinite(high - low)) {
            search.bracket(low, high, sample, units / SAMPLE);
        }
        TopDecile decile = new TopDecile(units, least, greatest, widest);
        while (!decile.isDone()) {
            double[] threshold = decile.thresholds(1);
            decile.narrow(threshold, new double[] {search.sum(threshold[0])});
        }
        return decile.threshold();
    }

    /** The sum, or a number on its side of the target if that is certain. */
    private double sum(double threshold) {
        if (threshold <= below) {
            return Double.POSITIVE_INFINITY;
        }
        return threshold >= above ? 0 : compute(threshold);
    }

    private double compute(double threshold) {
        double sum = expected.applyAsDouble(threshold);
        if (sum > target + margin) {
            below = Math.max(below, threshold);
        } else if (sum < target - margin) {
            above = Math.min(above, threshold);
        }
        return sum;
    }

    /** Narrows what is certain to both sides of the root. */
    private void bracket(double low, double high, Sample sample, int step) {
        double from = low;
        double to = high;
        for (int k = 0; k < SAMPLE_HALVINGS; k++) {
            double middle = from + (to - from) / 2;
            if (sample.expected(middle, step) > target) {
                from = middle;
            } else {
                to = middle;
            }
        }
        double range = high - low;
        double last = from + (to - from) / 2;
        double slope =
                (sample.expected(last + range * 0x1p-10, step) - sample.expected(last, step)) / (range * 0x1p-10);
        double lastSum = compute(last);
        double move = -(lastSum - target) / slope;
        double error = Math.abs(move);
        for (int k = 0; k < SECANT_STEPS && isInside(last + move) && error > side(slope) / 4; k++) {
            double sum = compute(last + move);
            if (sum != lastSum) {
                slope = (sum - lastSum) / move;
            }
            last += move;
            lastSum = sum;
            double next = -(lastSum - target) / slope;
            // A secant step leaves the product of the last two steps, over the width of the curve.
            error = Math.abs(next) * Math.abs(move) / (range * 0x1p-6);
            move = next;
        }
        if (isInside(last + move) && side(slope) < range * 0x1p-12) {
            compute(last + move - side(slope));
            compute(last + move + side(slope));
        }
    }

    /** A distance at which the sum differs from the target by twice the margin. */
    private double side(double slope) {
        return Math.abs(2 * margin / slope);
    }

    /** Whether a threshold is still undecided; false for NaN. */
    private boolean isInside(double threshold) {
        return threshold > below && threshold < above;
    }
}
