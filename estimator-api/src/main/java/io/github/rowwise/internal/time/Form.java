package io.github.rowwise.internal.time;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A form of labels, written as a template: {@code {Y}} is a year of four digits, {@code {y}} of two, {@code {n}} a number,
 * {@code {d}} a day, {@code {M}} the name and {@code {m}} the number of a month; {@code _} are separators that may be
 * absent, and {@code ~} some that may not.
 */
final class Form {

    private final Pattern pattern;

    Form(String template) {
        pattern = Pattern.compile(template.replace("{Y}", "(?:[fcas]y ?)?(?<y>\\d{4})")
                .replace("{y}", "(?<apostrophe>'?)(?<y>\\d{2})")
                .replace("{n}", "(?<n>\\d{1,2})")
                .replace("{d}", "(?<d>\\d{1,2})")
                .replace("{m}", "(?<m>\\d{1,2})")
                .replace("{M}", "(?<m>[a-z]+)")
                .replace("_", "[-/ .:,]{0,3}")
                .replace("~", "[-/ .:,]{1,3}"));
    }

    @Nullable
    Matcher match(String plain) {
        Matcher matcher = pattern.matcher(plain);
        return matcher.matches() ? matcher : null;
    }

    /** Returns a number of a match. Years of two digits are those from 1969 to 2068, as in POSIX. */
    static int number(Matcher match, String group) {
        String digits = match.group(group);
        int number = Integer.parseInt(digits);
        return group.equals("y") && digits.length() == 2 ? number + (number < 69 ? 2000 : 1900) : number;
    }
}
