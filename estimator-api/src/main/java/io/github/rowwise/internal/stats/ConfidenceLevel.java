package io.github.rowwise.internal.stats;

/** Validates confidence levels. */
public final class ConfidenceLevel {

    private ConfidenceLevel() {}

    /**
     * Returns the level if it lies between 0 and 1.
     *
     * @throws IllegalArgumentException if it does not
     */
    public static double require(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException(
                    "confidence level " + level + " is not between 0 and 1: give one such as 0.95");
        }
        return level;
    }
}
