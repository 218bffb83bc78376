package io.github.rowwise.cli.output;

import io.github.rowwise.cli.input.Shown;

/** How wide text is on a terminal, where a Chinese or Japanese character takes two columns. */
final class TextWidth {

    private TextWidth() {}

    /** The number of columns that a text takes. */
    static int width(String text) {
        return text.codePoints().map(TextWidth::width).sum();
    }

    /** How many chars of a text fit into a number of columns. */
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

    /** A name in exactly this many columns: filled up, or its end replaced by dots. */
    static String fit(String name, int columns) {
        String shown = Shown.line(name);
        if (width(shown) > columns) {
            shown = shown.substring(0, prefix(shown, columns - 2)) + "..";
        }
        return shown + " ".repeat(Math.max(0, columns - width(shown)));
    }

    private static int width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = c >= 0x1100
                && (c <= 0x115F
                        || c >= 0x2E80 && c <= 0xA4CF
                        || c >= 0xAC00 && c <= 0xD7A3
                        || c >= 0xF900 && c <= 0xFAFF
                        || c >= 0xFE30 && c <= 0xFE6F
                        || c >= 0xFF00 && c <= 0xFF60
                        || c >= 0xFFE0 && c <= 0xFFE6
                        || c >= 0x1F300 && c <= 0x1FAFF
                        || c >= 0x20000 && c <= 0x3FFFD);
        return wide ? 2 : 1;
    }
}
