package io.github.rowwise.internal.stats;

/**
 * Looks for the threshold that a tenth of the units are expected to exceed, each unit's effect taken as Student's t about its
 * estimate. Whoever has the units adds up {@link #above} for the thresholds that are asked for.
 */
public final class TopDecile {

    /** Halvings of the range; the threshold then stands to 13 digits of it. */
    private static final int HALVINGS = 45;

    private final double units;
    private double low;
    private double high;
    private int done;

    /** Starts with so many units, the range of their estimates and their largest standard error. */
    public TopDecile(long units, double least, double greatest, double widest) {
        this.units = units;
        low = least - 10 * widest;
        high = greatest + 10 * widest;
    }

    /** P(effect > threshold). */
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
     * The thresholds that the next halvings may come to, as a heap: the middle, then those of the lower and of the upper
     * half, and so on.
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

    /** Takes how many units are expected above each of the {@link #thresholds}. */
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

    /** The threshold, once it is done. */
    public double threshold() {
        return low + (high - low) / 2;
    }
}
