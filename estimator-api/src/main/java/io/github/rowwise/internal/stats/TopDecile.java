package io.github.rowwise.internal.stats;

/**
 * Finds the threshold that a tenth of the units are expected to exceed, by bisection. The effect of a unit follows
 * Student's t distribution around its estimate.
 *
 * <p>The caller has the units. For each of the {@link #thresholds} it adds up {@link #above} over the units and passes
 * the sums to {@link #narrow}, until {@link #isDone}.
 */
public final class TopDecile {

    /** Number of bisections, which determine 13 digits of the threshold relative to the initial range. */
    private static final int HALVINGS = 45;

    private final double units;
    private double low;
    private double high;
    private int done;

    /**
     * Starts the search.
     *
     * @param units number of units
     * @param lowest smallest estimate
     * @param highest largest estimate
     * @param largestError largest standard error
     */
    public TopDecile(long units, double lowest, double highest, double largestError) {
        this.units = units;
        low = lowest - 10 * largestError;
        high = highest + 10 * largestError;
    }

    /** Returns P(effect &gt; threshold). */
    public static double above(double effect, double standardError, double degreesOfFreedom, double threshold) {
        return above(effect, standardError, degreesOfFreedom, StudentT.logNorm(degreesOfFreedom), threshold);
    }

    /** The same with the {@link StudentT#logNorm} of the degrees of freedom. */
    public static double above(
            double effect, double standardError, double degreesOfFreedom, double logNorm, double threshold) {
        double distance = (effect - threshold) / standardError;
        double tail = StudentT.twoSidedTail(distance, degreesOfFreedom, logNorm) / 2;
        return distance > 0 ? 1 - tail : tail;
    }

    public boolean isDone() {
        return done == HALVINGS;
    }

    /**
     * Returns the thresholds that the next bisections may need, so that one pass over the units serves several of them.
     * They are stored as a binary heap: entry 0 is the midpoint, entries 1 and 2 are the midpoints of the lower and
     * upper half, and so on.
     */
    public double[] thresholds(int halvings) {
        double[] middles = new double[(1 << Math.min(halvings, HALVINGS - done)) - 1];
        fill(middles, 0, low, high);
        return middles;
    }

    private static void fill(double[] middles, int at, double from, double to) {
        if (at < middles.length) {
            middles[at] = from + (to - from) / 2;
            fill(middles, 2 * at + 1, from, middles[at]);
            fill(middles, 2 * at + 2, middles[at], to);
        }
    }

    /**
     * Continues the bisection.
     *
     * @param expected expected number of units above each threshold
     */
    public void narrow(double[] thresholds, double[] expected) {
        for (int at = 0; at < thresholds.length; done++) {
            if (expected[at] > units / 10.0) {
                low = thresholds[at];
                at = 2 * at + 2;
            } else {
                high = thresholds[at];
                at = 2 * at + 1;
            }
        }
    }

    /** Returns the threshold, once {@link #isDone}. */
    public double threshold() {
        return low + (high - low) / 2;
    }
}
