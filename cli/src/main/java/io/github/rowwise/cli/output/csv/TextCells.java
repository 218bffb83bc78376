package io.github.rowwise.cli.output.csv;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the texts of a table are written to a CSV file. Numbers are not touched. */
public enum TextCells {

    /** To the byte. */
    AS_IS,

    /**
     * With an apostrophe before a text that a spreadsheet program may take for a formula: one that begins with {@code =},
     * {@code +}, {@code -} or {@code @}, in full width and after blanks too, or with a control character. All texts are
     * quoted: where a program expects semicolons, the rest of a bare text after one would be another cell.
     */
    DEFUSED;

    /** Blanks and invisible characters count as nothing, because programs may drop them before they look. */
    private static final Pattern FORMULA =
            Pattern.compile("[\\x00-\\x1f]|[\\s\\p{Z}\\p{Cf}]*[-=+@\\x{ff0b}\\x{ff0d}\\x{ff1d}\\x{ff20}]");

    /** Returns a text as it is written, before it is quoted. */
    String of(String text) {
        if (this == AS_IS) {
            return text;
        }
        Matcher formula = FORMULA.matcher(text);
        return formula.lookingAt() ? "'" + text : text;
    }
}
