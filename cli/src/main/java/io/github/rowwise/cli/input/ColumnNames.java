package io.github.rowwise.cli.input;

import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.tables.Suggestions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the panel's columns are in the file.
 *
 * @param unit number of the column that holds the unit, from 0
 * @param time number of the column that holds the period
 * @param outcome number of the column that holds the outcome
 * @param treatment number of the column that holds the arm
 */
public record ColumnNames(int unit, int time, int outcome, int treatment) {

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

    /** The number of a column, which the file must have once. */
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
        return header.get(0).contains(";") || header.get(0).contains("\t")
                ? " (values seem to be separated by semicolons or tabs; .csv needs commas, .tsv tabs)"
                : "";
    }

    private static String spaceHint(String name, List<String> header) {
        return header.stream()
                .filter(column -> column.strip().equals(name))
                .findFirst()
                .map(column -> " (" + Quoted.value(column) + " has spaces around it: take them away, or name it so)")
                .orElse("");
    }
}
