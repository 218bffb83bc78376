package io.github.rowwise.internal.time;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A text that names a period, and the same in a plain form: in lower case, without accents, with one kind of blank and dash,
 * and without dots after letters, endings of ordinal numbers and words such as "of".
 */
record Label(String text, String plain) {

    private static final Pattern ACCENTS = Pattern.compile("\\p{Mn}+");
    private static final Pattern DASHES = Pattern.compile("[\\p{Pd}\\u2212]");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}\\p{Cf}]+");
    private static final Pattern DOTS = Pattern.compile("(?<=\\p{L})\\.");
    private static final Pattern ORDINALS = Pattern.compile("\\b(\\d{1,2})(st|nd|rd|th|er|e|o|a)(?= |$)");
    private static final Pattern FILLERS = Pattern.compile("(?<= )(of|de|del|di|do|den) ");

    static Label of(String text) {
        String plain = ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("");
        plain = BLANKS.matcher(plain).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
        plain = DASHES.matcher(plain).replaceAll("-");
        plain = DOTS.matcher(plain).replaceAll("");
        plain = ORDINALS.matcher(plain).replaceAll("$1");
        return new Label(text, FILLERS.matcher(plain).replaceAll(""));
    }
}
