package io.github.rowwise.internal.time;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads labels that are alike but for their numbers, such as {@code wave 3}, {@code t-8} and {@code Y3W12}. */
final class Numbered {

    private static final String KIND = "numbered texts";
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern SIGNED = Pattern.compile("(?<word>[\\p{L} ]*?)[ _=]*(?<sign>[-+]?) ?(?<number>\\d*)");
    private static final int MOST_DIGITS = 9;
    private static final long SECOND_NUMBER = 1_000_000_000L;

    /** Units of time in words, longest first: an earlier number counts a longer unit than a later one. */
    private static final List<Set<String>> UNITS = List.of(
            Set.of("y", "yr", "year", "jahr", "an", "annee", "ano", "anno", "jaar"),
            Set.of("s", "term", "semester", "half", "h"),
            Set.of("q", "quarter", "quartal"),
            Set.of("m", "month", "monat"),
            Set.of("w", "wk", "week", "woche", "kw"),
            Set.of("d", "day", "tag"),
            Set.of("hr", "hour"));

    private Numbered() {}

    static @Nullable LabelReading read(List<Label> labels) {
        LabelReading signed = signed(labels);
        if (signed != null) {
            return signed;
        }
        if (labels.stream().map(label -> skeleton(label.plain())).distinct().count() > 1
                || !NUMBER.matcher(labels.get(0).plain()).find()) {
            return null;
        }
        List<List<String>> numbers = labels.stream()
                .map(label -> NUMBER.matcher(label.plain())
                        .results()
                        .map(MatchResult::group)
                        .toList())
                .toList();
        if (numbers.stream().flatMap(List::stream).anyMatch(digits -> digits.length() > MOST_DIGITS)) {
            return null;
        }
        List<Integer> varying = IntStream.range(0, numbers.get(0).size())
                .filter(i -> numbers.stream()
                                .map(all -> Long.parseLong(all.get(i)))
                                .distinct()
                                .count()
                        > 1)
                .boxed()
                .toList();
        if (varying.size() <= 1) {
            int which = varying.isEmpty() ? 0 : varying.get(0);
            return of(labels, numbers, StepUnit.NUMBER, KIND, List.of(which));
        }
        List<Integer> order = order(labels.get(0).plain(), numbers);
        return order.isEmpty()
                ? null
                : of(
                        labels,
                        numbers,
                        null,
                        isYear(numbers, order.get(0)) ? "years and numbers within them" : KIND,
                        order);
    }

    private static LabelReading of(
            List<Label> labels, List<List<String>> numbers, @Nullable StepUnit unit, String kind, List<Integer> order) {
        Map<String, Long> times = new java.util.LinkedHashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            long time = 0;
            for (int k : order) {
                time = time * SECOND_NUMBER + Long.parseLong(numbers.get(i).get(k));
            }
            times.put(labels.get(i).text(), time);
        }
        return new LabelReading(kind, "", unit, times, List.of());
    }

    /** The order of two numbers: a year comes before a number within it, and a longer unit before a shorter one. */
    private static List<Integer> order(String first, List<List<String>> numbers) {
        if (numbers.get(0).size() != 2) {
            return List.of();
        }
        if (isYear(numbers, 0)) {
            return List.of(0, 1);
        }
        if (isYear(numbers, 1)) {
            return List.of(1, 0);
        }
        List<Integer> ranks = new ArrayList<>();
        Matcher words = Pattern.compile("[a-z]+").matcher(first);
        while (words.find()) {
            for (int rank = 0; rank < UNITS.size(); rank++) {
                if (UNITS.get(rank).contains(words.group())) {
                    ranks.add(rank);
                }
            }
        }
        return ranks.size() == 2 && ranks.get(0) < ranks.get(1) ? List.of(0, 1) : List.of();
    }

    private static boolean isYear(List<List<String>> numbers, int which) {
        return numbers.stream().allMatch(all -> all.get(which).matches("[12]\\d{3}"));
    }

    private static String skeleton(String plain) {
        return NUMBER.matcher(plain).replaceAll("#").replaceAll("[ _]", "");
    }

    /** Times before and after an event. A dash is a minus only if some labels have none, or after a single letter. */
    private static @Nullable LabelReading signed(List<Label> labels) {
        List<Matcher> matches = new ArrayList<>();
        for (Label label : labels) {
            Matcher match = SIGNED.matcher(label.plain());
            if (!match.matches()
                    || (match.group("number").isEmpty() && !match.group("sign").isEmpty())
                    || match.group("number").length() > MOST_DIGITS) {
                return null;
            }
            matches.add(match);
        }
        Set<String> words = matches.stream().map(match -> match.group("word")).collect(Collectors.toSet());
        Set<String> signs = matches.stream().map(match -> match.group("sign")).collect(Collectors.toSet());
        long bare = matches.stream()
                .filter(match -> match.group("number").isEmpty())
                .count();
        boolean isLetter = words.stream().allMatch(word -> word.length() == 1);
        if (words.size() != 1
                || bare > 1
                || bare == labels.size()
                || !(signs.size() > 1 || (isLetter && signs.contains("-")))) {
            return null;
        }
        return LabelReading.all(labels, KIND, "", StepUnit.NUMBER, label -> {
            Matcher match = SIGNED.matcher(label);
            String number = match.matches() ? Objects.requireNonNull(match.group("number")) : "";
            long size = number.isEmpty() ? 0 : Long.parseLong(number);
            return match.group("sign").equals("-") ? -size : size;
        });
    }
}
