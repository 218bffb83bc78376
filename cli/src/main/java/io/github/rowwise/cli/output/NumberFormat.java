package io.github.rowwise.cli.output;

import java.util.Locale;

/** Formats numbers for people, with the decimals that matter. Files have all digits. */
public final class NumberFormat {

    private static final int SIGNIFICANT = 3;

    private final int decimals;

    private NumberFormat(int decimals) {
        this.decimals = decimals;
    }

    /** Returns a format with the same decimals for numbers up to this size, so that columns align; the largest has three digits. */
    public static NumberFormat upTo(double largest) {
        return upTo(largest, SIGNIFICANT);
    }

    /** Returns a format with another number of digits. */
    public static NumberFormat upTo(double largest, int digits) {
        double size = Math.abs(largest);
        if (size == 0 || !Double.isFinite(size)) {
            return new NumberFormat(2);
        }
        int before = (int) Math.floor(Math.log10(size)) + 1;
        return new NumberFormat(Math.max(0, digits - before));
    }

    /** Formats a single number to three significant digits. */
    public static String of(double value) {
        return upTo(value).format(value);
    }

    public String format(double value) {
        if (value == 0) {
            return decimals > 8 ? "0" : String.format(Locale.ROOT, "%." + decimals + "f", 0.0);
        }
        if (decimals > 8 || Math.abs(value) >= 1e12) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
        return text.matches("-[0.,]*") ? text.substring(1) : text;
    }

    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** Formats a count with a noun that has an irregular plural. */
    public static String count(long count, String noun, String plural) {
        return count(count) + " " + (count == 1 ? noun : plural);
    }

    /** Formats a count with its noun, such as {@code 1 unit} or {@code 1,200 units}. */
    public static String count(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }
}
