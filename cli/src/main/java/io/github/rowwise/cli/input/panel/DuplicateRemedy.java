package io.github.rowwise.cli.input.panel;

import io.github.rowwise.cli.database.Sql;
import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.tables.RepeatedRows;
import java.util.List;
import java.util.regex.Pattern;

/** What to do about two rows for one unit and period. */
final class DuplicateRemedy {

    /** A month that a spreadsheet may have made of 2020.10. */
    private static final Pattern JANUARY = Pattern.compile("(18|19|20|21)\\d\\d\\.1");

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_]\\w*");

    private DuplicateRemedy() {}

    /** Returns the name of a column within double quotes of a shell. */
    private static String shellName(String column) {
        return PLAIN.matcher(column).matches()
                ? column
                : Quoted.line(Sql.name(column)).replace("\"", "\\\"");
    }

    /**
     * Returns the end of the message.
     *
     * @param source the input
     * @param columns other columns that tell all such rows apart
     * @param period the period of the first such rows
     */
    static String of(PanelSource source, List<String> columns, String period) {
        if (JANUARY.matcher(period).matches()) {
            return "; if " + Quoted.plain(period) + " is January in one row and October (" + Quoted.plain(period)
                    + "0) in the other, write months as 2020-01 and 2020-10; else keep one of them";
        }
        boolean hasQuery = source.origin().query() != null;
        return RepeatedRows.remedy(
                columns,
                column -> "select one of its values with --where, such as --where \"" + shellName(column)
                        + " = 'VALUE'\", or "
                        + (hasQuery
                                ? "build the unit from both in --query"
                                : "write unit and " + Quoted.value(column)
                                        + " into one column and name it with --unit"));
    }
}
