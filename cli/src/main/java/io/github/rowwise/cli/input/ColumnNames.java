package io.github.rowwise.cli.input;

import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.tables.Suggestions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Positions of the panel's four columns in the input.
 *
 * @param unit index of the column with the units, from 0
 * @param time index of the column with the periods
 * @param outcome index of the column with the outcomes
 * @param treatment index of the column with the treatment
 */
public record ColumnNames(int unit, int time, int outcome, int treatment) {

    /**
     * Finds the columns that the user named.
     *
     * @param source the input, with the names of the columns
     * @param header all columns of the input
     * @return their positions
     * @throws UserInputException if a column is absent or ambiguous, or if two options name the same column
     */
    public static ColumnNames find(PanelSource source, List<String> header) {
        PanelColumns names = source.columns();
        Map<String, String> wanted = new LinkedHashMap<>();
        String[] options = {"--unit", "--time", "--outcome", "--treatment"};
        String[] values = {names.unit(), names.time(), names.outcome(), names.treatment()};
        int[] found = new int[options.length];
        for (int i = 0; i < options.length; i++) {
            found[i] = find(source.name(), header, options[i], values[i]);
            String other = wanted.put(values[i], options[i]);
            if (other != null) {
                throw new UserInputException(other + " and " + options[i] + " both name the column "
                        + Quoted.value(values[i]) + "; each needs a column of its own");
            }
        }
        return new ColumnNames(found[0], found[1], found[2], found[3]);
    }

    /**
     * Finds one column.
     *
     * @param file name of the input, for messages
     * @param header all columns of the input
     * @param option the option that names the column, for messages
     * @param name the column
     * @return its index
     * @throws UserInputException if the input does not have exactly one column of this name
     */
    public static int find(String file, List<String> header, String option, String name) {
        int first = header.indexOf(name);
        if (first < 0) {
            throw new UserInputException(file + ": no column " + Quoted.value(name) + "; name it with " + option
                    + ". Columns: " + Quoted.list(Suggestions.closestFirst(name, header)) + separatorHint(header)
                    + spaceHint(name, header));
        }
        int last = header.lastIndexOf(name);
        if (last != first) {
            throw new UserInputException(file + ": columns " + (first + 1) + " and " + (last + 1) + " are both called "
                    + Quoted.value(name) + "; rename one");
        }
        return first;
    }

    private static String separatorHint(List<String> header) {
        if (header.size() > 1) {
            return "";
        }
        return Stream.of(";", "\t", "|", ",")
                .filter(header.get(0)::contains)
                .findFirst()
                .map(mark -> " (values seem to be separated by another character: add --separator "
                        + (mark.equals("\t") ? "tab" : "'" + mark + "'")
                        + (mark.equals(";") ? ", and --decimal ',' if numbers have a decimal comma" : "") + ")")
                .orElse("");
    }

    private static String spaceHint(String name, List<String> header) {
        return header.stream()
                .filter(column -> column.strip().equals(name))
                .findFirst()
                .map(column -> " (" + Quoted.value(column)
                        + " has spaces around it: remove them, or give the name with its spaces)")
                .orElse("");
    }
}
