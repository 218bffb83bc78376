package io.github.rowwise.cli.input;

import io.github.rowwise.tables.AbsentRows;
import io.github.rowwise.tables.MissingCodes;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a table are read.
 *
 * @param missing what means that an outcome or a treatment is missing
 * @param separator what separates the values of a CSV or TSV file, or {@code null} for what its ending says
 * @param decimalComma whether texts that are numbers have a decimal comma, and no points
 * @param absentRows what a unit and period without a row mean
 */
public record TableRules(
        MissingCodes missing, @Nullable Character separator, boolean decimalComma, AbsentRows absentRows) {

    /** The rules of a table of which the user said nothing. */
    public static final TableRules DEFAULT = new TableRules(MissingCodes.NONE, null, false, AbsentRows.MISSING);

    private static final String TAB = "tab";

    /**
     * Reads an option that names a separator.
     *
     * @param text one character, or {@code tab}
     * @return the separator
     * @throws UserInputException if it cannot separate values
     */
    public static char separator(String text) {
        if (text.equals(TAB) || text.equals("\\t") || text.equals("\t")) {
            return '\t';
        }
        if (text.length() != 1
                || "\"'\n\r.-+".contains(text)
                || Character.isLetterOrDigit(text.charAt(0))
                || text.charAt(0) > '~') {
            throw new UserInputException("--separator: one character such as ';', '|' or ',', or tab");
        }
        return text.charAt(0);
    }

    /**
     * Reads an option that names the decimal mark.
     *
     * @param text a comma or a point
     * @return whether it is a comma
     * @throws UserInputException if it is neither
     */
    public static boolean decimalComma(String text) {
        if (!text.equals(",") && !text.equals(".")) {
            throw new UserInputException("--decimal: ',' or '.'");
        }
        return text.equals(",");
    }
}
