package io.github.rowwise;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * The leading singular values of one arm's row-scaled, zero-filled matrix, and the rank taken from them.
 *
 * <p>The kept values are exact to rounding. Those after them are exact for a small panel; for a large one they come
 * from a Krylov space and may be a few per cent low, which a scree plot does not show. Immutable.
 */
public final class Spectrum {

    private final int arm;
    private final double[] singularValues;
    private final int rank;
    private final double threshold;
    private final String rule;

    Spectrum(int arm, double[] singularValues, int rank, double threshold, String rule) {
        this.arm = arm;
        this.singularValues = singularValues;
        this.rank = rank;
        this.threshold = threshold;
        this.rule = rule;
    }

    /**
     * Returns the arm.
     *
     * @return 0 for control
     */
    public int arm() {
        return arm;
    }

    /**
     * Returns the leading singular values, descending, in units of the outcome; at least one more than the rank where
     * the matrix has one.
     *
     * @return a copy
     */
    public double[] singularValues() {
        return singularValues.clone();
    }

    /**
     * Returns the number of factors kept.
     *
     * @return 0 or more
     */
    public int rank() {
        return rank;
    }

    /**
     * Returns what the rule compared with: singular values for sign-flip, gaps for the spectral gap.
     *
     * @return empty where the rule has no threshold
     */
    public OptionalDouble threshold() {
        return Double.isNaN(threshold) ? OptionalDouble.empty() : OptionalDouble.of(threshold);
    }

    /**
     * Returns how far the last kept singular value stands above the first that is not.
     *
     * @return the difference; empty when no factor is kept or the matrix has no further singular value
     */
    public OptionalDouble gap() {
        return rank == 0 || rank >= singularValues.length
                ? OptionalDouble.empty()
                : OptionalDouble.of(singularValues[rank - 1] - singularValues[rank]);
    }

    /**
     * Returns the rule that chose the rank.
     *
     * @return such as {@code sign-flip, 9 copies}
     */
    public String rule() {
        return rule;
    }

    @Override
    public String toString() {
        return "arm " + arm + ": rank " + rank + " by " + rule + " of " + Arrays.toString(singularValues);
    }
}
