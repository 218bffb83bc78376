package io.github.rowwise.cli.input.panel;

import java.util.List;
import java.util.Locale;

/** The range of the outcomes, which tells whether rows exist only where something happened, and codes for missing values. */
final class OutcomeRange {

    private static final double MUCH_ABSENT = 0.05;
    private static final double NEAR_ZERO = 0.05;

    private final ExtremeValue low = ExtremeValue.least();
    private final ExtremeValue high = ExtremeValue.greatest();
    private double least = Double.POSITIVE_INFINITY;
    private double sum;
    private long count;

    void add(double outcome) {
        if (!Double.isNaN(outcome)) {
            least = Math.min(least, outcome);
            sum += outcome;
            count++;
            low.add(outcome);
            high.add(outcome);
        }
    }

    /** Returns warnings about values that may mean missing ones; those without a doubt are empty. */
    List<String> extremes() {
        return List.of(low.warning(), high.warning());
    }

    /**
     * Returns a warning if many cells have no row, and outcomes come near 0 but are never 0 or below.
     *
     * @param absent number of cells without a row
     * @param cells number of cells
     * @return a sentence without a full stop, or nothing
     */
    String warning(long absent, long cells) {
        boolean isSuspicious = absent >= MUCH_ABSENT * cells && least > 0 && least < NEAR_ZERO * sum / count;
        return isSuspicious
                ? String.format(Locale.ROOT, "%,d of %,d", absent, cells)
                        + " cells have no row, and outcomes come near 0 but are never 0: if a row exists only where something"
                        + " happened, effects are underestimated; write rows with an outcome of 0 for the others, or add"
                        + " --absent-rows zero"
                : "";
    }
}
