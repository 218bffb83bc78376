package io.github.rowwise.tables;

import io.github.rowwise.internal.text.Quoted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What means that an outcome or a treatment is missing: some texts always, and codes that the user names. Upper and lower case
 * do not matter, nor blanks at the ends. A code that is a number also means equal numbers: -999 means -999.0 too. Immutable.
 */
public final class MissingCodes {

    /** The texts that always mean a missing value, in lower case. No number or level of a treatment is written so. */
    public static final List<String> ALWAYS = List.of("", "na", "nan", "null", ".", "n/a", "#n/a", "<na>");

    /** No code besides {@link #ALWAYS}. */
    public static final MissingCodes NONE = new MissingCodes(List.of());

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");

    private final Set<String> texts = new LinkedHashSet<>();
    private final Set<Double> numbers = new TreeSet<>();

    private MissingCodes(List<String> codes) {
        for (String code : codes) {
            texts.add(plain(code));
            if (NUMBER.matcher(code.strip()).matches()) {
                numbers.add(Double.valueOf(code.strip()));
            }
        }
    }

    /**
     * Reads the option.
     *
     * @param option the name of the option, for messages
     * @param values its values, each with one code or several separated by commas
     * @return the codes
     * @throws IllegalArgumentException if a code is empty
     */
    public static MissingCodes of(String option, List<String> values) {
        List<String> codes = new ArrayList<>();
        for (String value : values) {
            codes.addAll(Arrays.asList(value.split(",", -1)));
        }
        if (codes.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    option + ": an empty code; what is empty is missing anyway: write codes such as -999 or -999,none");
        }
        return codes.isEmpty() ? NONE : new MissingCodes(codes);
    }

    /**
     * Returns the codes that the user named.
     *
     * @return in lower case, without blanks at the ends
     */
    public List<String> texts() {
        return List.copyOf(texts);
    }

    /**
     * Returns the codes that are numbers.
     *
     * @return in ascending order
     */
    public List<Double> numbers() {
        return List.copyOf(numbers);
    }

    /**
     * Returns what to do about outcomes that are no numbers, to follow "write a number with a decimal point, or leave it
     * empty".
     *
     * @param option the beginning of the option, such as {@code "--missing "}
     * @param outcomes the texts that were found
     * @return such as {@code , or name what means missing: --missing "-"}; empty if they look like numbers
     */
    public static String proposal(String option, List<String> outcomes) {
        List<String> codes = outcomes.stream().map(String::strip).distinct().toList();
        boolean isCode =
                codes.stream().allMatch(text -> text.chars().noneMatch(Character::isDigit) && !text.contains(","));
        return isCode ? ", or name what means missing: " + option + Quoted.value(String.join(",", codes)) : "";
    }

    private static String plain(String code) {
        return code.strip().toLowerCase(Locale.ROOT);
    }
}
