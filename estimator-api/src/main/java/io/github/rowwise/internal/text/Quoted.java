package io.github.rowwise.internal.text;

import java.util.List;
import java.util.stream.Collectors;

/** Values of a file as a message shows them: quoted, on one line, and not too long. */
public final class Quoted {

    private static final int LONGEST = 60;
    private static final int MOST = 12;

    private Quoted() {}

    /**
     * Shows a value.
     *
     * @param value any text
     * @return the text in quotes; control characters as escapes, and the middle left out where it is long
     */
    public static String value(String value) {
        return '"' + plain(value) + '"';
    }

    /**
     * Shows a text without quotes around it.
     *
     * @param text any text
     * @return the text on one line, the middle left out where it is long
     */
    public static String plain(String text) {
        String shown = line(text);
        int length = shown.codePointCount(0, shown.length());
        if (length <= LONGEST) {
            return shown;
        }
        int head = shown.offsetByCodePoints(0, LONGEST / 2);
        int tail = shown.offsetByCodePoints(0, length - LONGEST / 4);
        return shown.substring(0, head) + "[" + (length - LONGEST / 2 - LONGEST / 4) + " more]" + shown.substring(tail);
    }

    /**
     * Shows a message.
     *
     * @param text any text
     * @return the whole of it on one line, control characters as escapes
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
     * Shows a list of values.
     *
     * @param values the values
     * @return the first of them, separated by commas, and how many more there are
     */
    public static String list(List<String> values) {
        String first = values.stream().limit(MOST).map(Quoted::plain).collect(Collectors.joining(", "));
        return values.size() <= MOST ? first : first + " and " + (values.size() - MOST) + " more";
    }
}
