package io.github.rowwise.cli.output;

import io.github.rowwise.internal.text.Quoted;

/** Measures and shortens text on a terminal, where a Chinese or Japanese character takes two columns. */
public final class TextWidth {

    private TextWidth() {}

    /**
     * Measures a text.
     *
     * @param text any text of one line
     * @return the number of columns that it takes
     */
    public static int width(String text) {
        return text.codePoints().map(TextWidth::width).sum();
    }

    /** Returns how many chars of a text fit into a number of columns. */
    static int prefix(String text, int columns) {
        int used = 0;
        int end = 0;
        while (end < text.length()) {
            int c = text.codePointAt(end);
            if (used + width(c) > columns) {
                return end;
            }
            used += width(c);
            end += Character.charCount(c);
        }
        return end;
    }

    /**
     * Shortens a text.
     *
     * @param text any text of one line
     * @param columns maximum number of columns, 2 or more
     * @return the text, its end replaced by dots if it is too wide
     */
    public static String shorten(String text, int columns) {
        return width(text) > columns ? text.substring(0, prefix(text, columns - 2)) + ".." : text;
    }

    /** Returns the index from which the rest of a text fits into a number of columns. */
    private static int suffix(String text, int columns) {
        int used = 0;
        int start = text.length();
        while (start > 0) {
            int c = text.codePointBefore(start);
            if (used + width(c) > columns) {
                return start;
            }
            used += width(c);
            start -= Character.charCount(c);
        }
        return start;
    }

    /** Pads a name to this many columns, or replaces its middle by dots, because names differ at either end. */
    public static String fit(String name, int columns) {
        String line = Quoted.line(name);
        String shown = width(line) <= columns
                ? line
                : line.substring(0, prefix(line, (columns - 1) / 2)) + ".."
                        + line.substring(suffix(line, columns - 2 - (columns - 1) / 2));
        return shown + " ".repeat(Math.max(0, columns - width(shown)));
    }

    private static int width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = isIn(c, 0x1100, 0x115F)
                || isIn(c, 0x2E80, 0xA4CF)
                || isIn(c, 0xAC00, 0xD7A3)
                || isIn(c, 0xF900, 0xFAFF)
                || isIn(c, 0xFE30, 0xFE6F)
                || isIn(c, 0xFF00, 0xFF60)
                || isIn(c, 0xFFE0, 0xFFE6)
                || isIn(c, 0x1F300, 0x1FAFF)
                || isIn(c, 0x20000, 0x3FFFD);
        return wide ? 2 : 1;
    }

    private static boolean isIn(int c, int first, int last) {
        return c >= first && c <= last;
    }
}
