package io.github.rowwise.internal.text;

import java.util.List;
import java.util.stream.Collectors;

/** Formats values for messages: on one line, abbreviated if long, and optionally in quotes. */
public final class Quoted {

    private static final int MAX_LENGTH = 60;
    private static final int MAX_VALUES = 12;

    private Quoted() {}

    /**
     * Formats a value in quotes.
     *
     * @param value any text
     * @return the text in quotes, with control characters escaped and the middle of a long text omitted
     */
    public static String value(String value) {
        return '"' + plain(value) + '"';
    }

    /**
     * Formats a text without quotes.
     *
     * @param text any text
     * @return the text on one line, with the middle of a long text omitted
     */
    public static String plain(String text) {
        String shown = line(text);
        int length = shown.codePointCount(0, shown.length());
        if (length <= MAX_LENGTH) {
            return shown;
        }
        int head = shown.offsetByCodePoints(0, MAX_LENGTH / 2);
        int tail = shown.offsetByCodePoints(0, length - MAX_LENGTH / 4);
        return shown.substring(0, head) + "[" + (length - MAX_LENGTH / 2 - MAX_LENGTH / 4) + " more]"
                + shown.substring(tail);
    }

    /**
     * Escapes control characters, so that the text fits on one line.
     *
     * @param text any text
     * @return the complete text on one line
     */
    public static String line(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == '\n') {
                shown.append("\\n");
            } else if (c == '\r') {
                shown.append("\\r");
            } else if (c == '\t') {
                shown.append("\\t");
            } else if (Character.isISOControl(c)) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }

    /**
     * Formats a list of values.
     *
     * @param values the values
     * @return the first values, separated by commas, and the number of further values
     */
    public static String list(List<String> values) {
        String first = values.stream().limit(MAX_VALUES).map(Quoted::plain).collect(Collectors.joining(", "));
        return values.size() <= MAX_VALUES ? first : first + " and " + (values.size() - MAX_VALUES) + " more";
    }
}
