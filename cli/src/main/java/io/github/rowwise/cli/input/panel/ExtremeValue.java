package io.github.rowwise.cli.input.panel;

import java.math.BigDecimal;
import java.util.Locale;

/** The least or the greatest outcome, how often it occurs, and how far the others are from it. */
final class ExtremeValue {

    /** Fewer may be outcomes. */
    private static final long FEWEST = 3;

    private static final double MANY_DEVIATIONS = 10;

    private final int sign;
    private double extreme = Double.NaN;
    private long extremes;
    private long others;
    private double mean;
    private double squares;

    private ExtremeValue(int sign) {
        this.sign = sign;
    }

    static ExtremeValue least() {
        return new ExtremeValue(-1);
    }

    static ExtremeValue greatest() {
        return new ExtremeValue(1);
    }

    void add(double outcome) {
        if (outcome == extreme) {
            extremes++;
        } else if (Double.isNaN(extreme) || sign * outcome > sign * extreme) {
            addOthers(extreme, extremes);
            extreme = outcome;
            extremes = 1;
        } else {
            addOthers(outcome, 1);
        }
    }

    /** Adds a value several times to the moments of the others. */
    private void addOthers(double value, long count) {
        if (count > 0) {
            double delta = value - mean;
            others += count;
            mean += delta * count / others;
            squares += delta * (value - mean) * count;
        }
    }

    /** Returns a warning if several outcomes have one value that is far from all others: a sentence, or nothing. */
    String warning() {
        boolean isFar = extremes >= FEWEST
                && others > extremes
                && Math.abs(extreme - mean) > MANY_DEVIATIONS * Math.sqrt(squares / others)
                && squares > 0;
        String text = isFar
                ? new BigDecimal(String.valueOf(extreme)).stripTrailingZeros().toPlainString()
                : "";
        return isFar
                ? String.format(
                        Locale.ROOT,
                        "the outcome %s stands in %,d cells, far from all others; if it means missing, add --missing %s",
                        text,
                        extremes,
                        text)
                : "";
    }
}
