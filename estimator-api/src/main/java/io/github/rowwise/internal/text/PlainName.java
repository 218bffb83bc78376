package io.github.rowwise.internal.text;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names in a form that is the same for names that look alike: in lower case and one form of Unicode, without invisible
 * characters and without blanks at the ends.
 */
public final class PlainName {

    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\p{Cc}&&[^\\s]]+");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d{1,40}\\.?\\d{0,40}|\\.\\d{1,40})");
    private static final Pattern LEADING_ZEROS = Pattern.compile("(?<![\\d.])0+(?=\\d)");
    private static final Pattern POINT_ZERO = Pattern.compile("^(\\d+)\\.0*$");

    private PlainName() {}

    /**
     * Returns the plain form of a level. Numbers of equal value have the same, such as 1 and 1.0.
     *
     * @param text any text
     * @return its plain form
     */
    public static String ofLevel(String text) {
        String plain = plain(text);
        if (NUMBER.matcher(plain).matches()) {
            return new BigDecimal(plain).stripTrailingZeros().toPlainString();
        }
        return plain;
    }

    /**
     * Returns the plain form of the name of a unit. Names have the same if they differ in leading zeros, such as 7 and 007, or
     * in {@code .0} at the end.
     *
     * @param text any text
     * @return its plain form
     */
    public static String ofUnit(String text) {
        String plain = plain(text);
        boolean hasZero = plain.indexOf('0') >= 0;
        return hasZero
                ? POINT_ZERO
                        .matcher(LEADING_ZEROS.matcher(plain).replaceAll(""))
                        .replaceAll("$1")
                : plain;
    }

    private static String plain(String text) {
        if (isPlain(text)) {
            return text;
        }
        String visible = INVISIBLE
                .matcher(Normalizer.normalize(text, Normalizer.Form.NFKC))
                .replaceAll("");
        return BLANKS.matcher(visible).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    }

    /** Most names are: there may be millions of them. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 127 || (c >= 'A' && c <= 'Z')) {
                return false;
            }
        }
        return true;
    }
}
