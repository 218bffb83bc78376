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

/** Which arm each text of the treatment column means; arm 0 is the control. */
public final class ArmLevels {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)");

    private final List<String> names;
    private final Map<String, Integer> codes = new LinkedHashMap<>();

    private ArmLevels(List<String> names) {
        this.names = List.copyOf(names);
    }

    /**
     * Reads the levels.
     *
     * @param levels the texts that occur, none of them empty
     * @param control the level that is the control, {@code null} for 0/1 and true/false
     * @param column what messages begin with, such as {@code sales.csv, column "promotion": }
     * @param option how the control level is given, such as {@code "--control "}
     * @throws InvalidPanelException where they do not tell the arms, with what to do
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

    /** The arms' names, the control first. */
    public List<String> names() {
        return names;
    }

    /** The arm of each text. */
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

    /** 0 for 0.0 and for " 0", true for TRUE and for t, as PostgreSQL writes it. */
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

    /** By number where all are numbers, else by character. */
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
