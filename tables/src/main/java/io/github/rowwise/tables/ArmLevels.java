package io.github.rowwise.tables;

import io.github.rowwise.internal.text.PlainName;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.InvalidPanelException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Maps the levels of the treatment column to arms; arm 0 is the control. */
public final class ArmLevels {

    private static final int MOST_SHOWN = 3;
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)");

    private final List<String> names;
    private final Map<String, Integer> codes = new LinkedHashMap<>();
    private final String warning;

    private ArmLevels(List<String> names, String warning) {
        this.names = List.copyOf(names);
        this.warning = warning;
    }

    /**
     * Maps levels to arms. Levels that differ only in blanks, in upper and lower case, or as numbers of equal value are one,
     * and {@code control} is found likewise.
     *
     * @param levels the distinct texts of the column, none of them empty
     * @param control the level that means no treatment, or {@code null} for 0/1 and true/false
     * @param column the beginning of messages, such as {@code sales.csv, column "promotion": }
     * @param option how the user gives the control level, such as {@code "--control "}
     * @return the arms
     * @throws InvalidPanelException if the levels do not determine the arms; the message says what to do
     */
    public static ArmLevels of(List<String> levels, @Nullable String control, String column, String option) {
        if (control != null) {
            return withControl(levels, control, column, option);
        }
        ArmLevels arms = pair(levels, List.of("0", "1"));
        if (arms == null) {
            arms = pair(levels, List.of("false", "true"));
        }
        if (arms == null) {
            String example = levels.size() == 1
                    ? ""
                    : ", such as " + option + Quoted.value(sorted(levels).get(0));
            throw new InvalidPanelException(column + "neither 0/1 nor true/false but " + Quoted.list(sorted(levels))
                    + "; say which level is the control: " + option + "LEVEL" + example);
        }
        if (levels.stream().map(arms.codes::get).distinct().count() < 2) {
            throw new InvalidPanelException(column + "every outcome has the treatment " + Quoted.value(levels.get(0))
                    + "; an effect needs both treated and untreated cells");
        }
        return arms;
    }

    /**
     * Returns the names of the arms.
     *
     * @return the names, control first
     */
    public List<String> names() {
        return names;
    }

    /**
     * Returns the arms by level.
     *
     * @return the arm's number by text of the column
     */
    public Map<String, Integer> codes() {
        return codes;
    }

    /**
     * Returns which levels were taken as one.
     *
     * @return a sentence without a full stop; empty if there are none
     */
    public String warning() {
        return warning;
    }

    private static @Nullable ArmLevels pair(List<String> levels, List<String> words) {
        ArmLevels arms = new ArmLevels(words, "");
        for (String level : levels) {
            int arm = words.indexOf(canonical(level));
            if (arm < 0) {
                return null;
            }
            arms.codes.put(level, arm);
        }
        return arms;
    }

    /** Returns 0 for 0.0 and " 0", and true for TRUE and t (PostgreSQL's). */
    private static String canonical(String level) {
        String text = PlainName.ofLevel(level);
        return text.equals("t") ? "true" : text.equals("f") ? "false" : text;
    }

    private static ArmLevels withControl(List<String> levels, String control, String column, String option) {
        Map<String, List<String>> alike = new LinkedHashMap<>();
        for (String level : sorted(levels)) {
            alike.computeIfAbsent(PlainName.ofLevel(level), key -> new ArrayList<>())
                    .add(level);
        }
        List<String> controls = alike.remove(PlainName.ofLevel(control));
        if (controls == null) {
            throw new InvalidPanelException(
                    column + "no level " + Quoted.value(control) + " (" + option.replaceFirst("[ =]+$", "") + ")"
                            + Suggestions.didYouMean(control, levels) + "; levels: "
                            + Quoted.list(Suggestions.closestFirst(control, levels)));
        }
        if (alike.isEmpty()) {
            throw new InvalidPanelException(column + "every outcome has the treatment " + Quoted.value(control)
                    + "; an effect needs both treated and untreated cells");
        }
        List<List<String>> groups = new ArrayList<>(List.of(controls));
        groups.addAll(alike.values());
        List<String> names = groups.stream().map(ArmLevels::name).toList();
        ArmLevels arms = new ArmLevels(names, warning(groups, column));
        for (int arm = 0; arm < groups.size(); arm++) {
            for (String level : groups.get(arm)) {
                arms.codes.put(level, arm);
            }
        }
        return arms;
    }

    /** The shortest names a group, and of two equally long ones the one in lower case. */
    private static String name(List<String> group) {
        return group.stream()
                .min(Comparator.comparing(String::length).thenComparing(Comparator.reverseOrder()))
                .orElseThrow();
    }

    private static String warning(List<List<String>> groups, String column) {
        String joined = groups.stream()
                .filter(group -> group.size() > 1)
                .map(group -> Quoted.value(name(group)) + " is also written "
                        + group.stream()
                                .filter(level -> !level.equals(name(group)))
                                .limit(MOST_SHOWN)
                                .map(Quoted::value)
                                .collect(Collectors.joining(", ")))
                .limit(MOST_SHOWN)
                .collect(Collectors.joining("; "));
        return joined.isEmpty()
                ? ""
                : column + "levels that differ only in blanks, in case or as numbers of equal value are one: " + joined;
    }

    /** Sorts by value if all are numbers, otherwise by character. */
    private static List<String> sorted(List<String> levels) {
        List<String> sorted = new ArrayList<>(levels);
        Comparator<String> byCharacter = (a, b) ->
                Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
        boolean numbers =
                levels.stream().allMatch(level -> NUMBER.matcher(level.strip()).matches());
        sorted.sort(
                numbers
                        ? Comparator.comparing((String level) -> new BigDecimal(level.strip()))
                                .thenComparing(byCharacter)
                        : byCharacter);
        return sorted;
    }
}
