package io.github.rowwise.tables;

import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.InvalidPanelException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Maps the levels of the treatment column to arms; arm 0 is the control. */
public final class ArmLevels {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)");

    private final List<String> names;
    private final Map<String, Integer> codes = new LinkedHashMap<>();

    private ArmLevels(List<String> names) {
        this.names = List.copyOf(names);
    }

    /**
     * Maps levels to arms.
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

    private static @Nullable ArmLevels pair(List<String> levels, List<String> words) {
        ArmLevels arms = new ArmLevels(words);
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
        String text = level.strip().toLowerCase(Locale.ROOT);
        if (NUMBER.matcher(text).matches()) {
            return new BigDecimal(text).stripTrailingZeros().toPlainString();
        }
        return text.equals("t") ? "true" : text.equals("f") ? "false" : text;
    }

    private static ArmLevels withControl(List<String> levels, String control, String column, String option) {
        if (!levels.contains(control)) {
            throw new InvalidPanelException(
                    column + "no level " + Quoted.value(control) + " (" + option.replaceFirst("[ =]+$", "") + ")"
                            + Suggestions.didYouMean(control, levels) + "; levels: "
                            + Quoted.list(Suggestions.closestFirst(control, levels)));
        }
        if (levels.size() < 2) {
            throw new InvalidPanelException(column + "every outcome has the treatment " + Quoted.value(control)
                    + "; an effect needs both treated and untreated cells");
        }
        List<String> names = new ArrayList<>(sorted(levels));
        names.remove(control);
        names.add(0, control);
        ArmLevels arms = new ArmLevels(names);
        for (int arm = 0; arm < names.size(); arm++) {
            arms.codes.put(names.get(arm), arm);
        }
        return arms;
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
