package io.github.rowwise.panel;

import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.internal.time.LabelReading;
import io.github.rowwise.internal.time.PeriodLabels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/** What to look at where times may not be in the order that they are meant to have. */
final class PeriodOrderWarnings {

    private static final int MOST_LOOKED_AT = 1000;

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

    /** Why times are sorted as text, and what to write instead. */
    static String ofTexts(List<String> texts) {
        if (texts.isEmpty()) {
            return "";
        }
        String doubt = PeriodLabels.of(texts).doubt();
        if (!doubt.isEmpty()) {
            return doubt;
        }
        String stray = stray(texts);
        if (!stray.isEmpty()) {
            return "times are sorted as text, because " + stray;
        }
        List<String> sorted = texts.stream()
                .sorted(Comparator.comparing(PeriodTexts.Utf8::of))
                .toList();
        return "times are sorted as text, from " + Quoted.value(sorted.get(0)) + " to "
                + Quoted.value(sorted.get(sorted.size() - 1))
                + ": if time does not go that way, write them as whole numbers, or as dates such as 2024-12-31,"
                + " months such as 2024-12 or quarters such as 2024-Q4";
    }

    /** Names a text that is of another kind than most, or two kinds of which there are many; or nothing. */
    private static String stray(List<String> texts) {
        Map<String, List<String>> byKind = new LinkedHashMap<>();
        for (String text : texts.subList(0, Math.min(texts.size(), MOST_LOOKED_AT))) {
            byKind.computeIfAbsent(kind(text), key -> new ArrayList<>()).add(text);
        }
        List<Map.Entry<String, List<String>>> kinds = byKind.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, List<String>> kind) ->
                        -kind.getValue().size()))
                .toList();
        if (kinds.size() < 2 || kinds.get(0).getKey().isEmpty()) {
            return "";
        }
        String other = kinds.get(1).getValue().get(0);
        return Quoted.value(other) + " is not one of the " + kinds.get(0).getKey() + ", such as "
                + Quoted.value(kinds.get(0).getValue().get(0)) + "; write all times in one form";
    }

    /** Returns what a text is by itself, or nothing. */
    private static String kind(String text) {
        if (PeriodTexts.number(text.strip()) != null) {
            return "numbers";
        }
        if (PeriodTexts.instant(PeriodTexts.DATE, text.strip()) != null) {
            return "dates";
        }
        LabelReading reading = PeriodLabels.of(List.of(text)).reading();
        return reading == null ? "" : reading.kind();
    }
}
