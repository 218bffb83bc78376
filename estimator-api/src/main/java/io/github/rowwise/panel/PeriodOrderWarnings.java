package io.github.rowwise.panel;

import io.github.rowwise.internal.text.Quoted;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What to look at where times may not be in the order that they are meant to have. */
final class PeriodOrderWarnings {

    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final Pattern MONTH = Pattern.compile(
            "(?i)\\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\\b");
    private static final Pattern DAY_FIRST = Pattern.compile("\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4}.*");

    private PeriodOrderWarnings() {}

    /** That some times have an offset from UTC and others none, or nothing. */
    static String ofOffsets(List<String> texts) {
        String with = "";
        String without = "";
        for (String text : texts) {
            Matcher m = PeriodTexts.TIMESTAMP.matcher(text.strip());
            if (m.matches() && m.group(6) != null) {
                with = text;
            } else {
                without = text;
            }
        }
        return with.isEmpty() || without.isEmpty()
                ? ""
                : "times without an offset from UTC, such as " + Quoted.value(without)
                        + ", are taken as UTC, because others have one, such as " + Quoted.value(with);
    }

    /** Two texts that stand in another order by their numbers, such as week 10 before week 9, or nothing. */
    private static String numberWarning(List<String> texts) {
        List<String> sorted = texts.stream()
                .sorted(Comparator.comparing(PeriodTexts.Utf8::of))
                .toList();
        for (int i = 1; i < sorted.size(); i++) {
            String before = sorted.get(i - 1);
            String after = sorted.get(i);
            if (PeriodTexts.Utf8.of(padded(before)).compareTo(PeriodTexts.Utf8.of(padded(after))) > 0) {
                return "times are sorted as text, so that " + Quoted.value(before) + " comes before "
                        + Quoted.value(after) + "; write their numbers with leading zeros, or use whole numbers";
            }
        }
        return "";
    }

    /** With every number as long as the longest there could be. */
    private static String padded(String text) {
        return DIGITS.matcher(text)
                .replaceAll(digits -> "0".repeat(Math.max(0, 20 - digits.group().length())) + digits.group());
    }

    /** Why times are sorted as text although that may not be meant, or nothing. */
    static String ofTexts(List<String> texts) {
        for (String text : texts) {
            if (DAY_FIRST.matcher(text).matches()) {
                return "times such as " + Quoted.value(text)
                        + " are sorted as text, not as dates; write dates as 2024-12-31";
            }
        }
        for (String text : texts) {
            if (MONTH.matcher(text).find()) {
                return "times such as " + Quoted.value(text)
                        + " are sorted as text, not as months; write months as 2024-12";
            }
        }
        List<String> others = texts.stream()
                .filter(text -> !PeriodTexts.WHOLE.matcher(text.strip()).matches()
                        && PeriodTexts.instant(PeriodTexts.DATE, text.strip()) == null)
                .toList();
        if (others.isEmpty()) {
            return "times are sorted as text, because some are whole numbers and others dates";
        }
        return others.size() * 2 <= texts.size()
                ? "times are sorted as text, because " + Quoted.value(others.get(0))
                        + " is neither a whole number nor a date"
                : numberWarning(texts);
    }
}
