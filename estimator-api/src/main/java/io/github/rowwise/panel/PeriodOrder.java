package io.github.rowwise.panel;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts the texts that name periods in the order of the times that they mean.
 *
 * <p>The texts are read as whole numbers, numbers, dates ({@code 2024-12-31}, {@code 2024/9/7}) or ISO timestamps, if all of
 * them can be, and else sorted as text. Two texts for one time, such as {@code 7} and {@code 07}, are one period, named by
 * the shorter. Immutable, and safe for use by several threads.
 *
 * <pre class="example">{@code
 * PeriodOrder order = PeriodOrder.of(List.of("2024-9-30", "2024-10-7"));
 * System.out.println(order.names() + " " + order.kind() + " " + order.warning());
 * }</pre>
 */
public final class PeriodOrder {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");

    private final String kind;
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> codes = new LinkedHashMap<>();
    private final String warning;

    private PeriodOrder(String kind, Map<String, Comparable<?>> times, String warning) {
        this.kind = kind;
        this.warning = warning;
        List<String> sorted = new ArrayList<>(times.keySet());
        // The shorter text of one time first: 7 before 07 names the period.
        sorted.sort(Comparator.comparing((String text) -> time(times, text))
                .thenComparing(String::length)
                .thenComparing(Comparator.naturalOrder()));
        for (int i = 0; i < sorted.size(); i++) {
            boolean same = i > 0 && time(times, sorted.get(i - 1)).compareTo(time(times, sorted.get(i))) == 0;
            if (!same) {
                names.add(sorted.get(i));
            }
            codes.put(sorted.get(i), names.size() - 1);
        }
    }

    @SuppressWarnings("unchecked") // all times of one panel are of one type
    private static Comparable<Object> time(Map<String, Comparable<?>> times, String text) {
        return (Comparable<Object>) Objects.requireNonNull(times.get(text));
    }

    /**
     * Puts times in order.
     *
     * @param texts different ones
     * @return their order
     */
    public static PeriodOrder of(List<String> texts) {
        Map<String, Comparable<?>> times =
                read(texts, text -> PeriodTexts.WHOLE.matcher(text).matches() ? Long.valueOf(text) : null);
        if (times != null) {
            return new PeriodOrder("whole numbers", times, "");
        }
        times = read(texts, text -> NUMBER.matcher(text).matches() ? new BigDecimal(text) : null);
        if (times != null) {
            return new PeriodOrder("numbers", times, "");
        }
        times = read(texts, text -> PeriodTexts.instant(PeriodTexts.DATE, text));
        if (times != null) {
            return new PeriodOrder("dates", times, "");
        }
        times = read(texts, text -> {
            BigDecimal date = PeriodTexts.instant(PeriodTexts.DATE, text);
            return date != null ? date : PeriodTexts.instant(PeriodTexts.TIMESTAMP, text);
        });
        if (times != null) {
            return new PeriodOrder("timestamps", times, PeriodOrderWarnings.ofOffsets(texts));
        }
        Map<String, Comparable<?>> asText = new LinkedHashMap<>();
        texts.forEach(text -> asText.put(text, PeriodTexts.Utf8.of(text)));
        return new PeriodOrder("text, in alphabetical order", asText, PeriodOrderWarnings.ofTexts(texts));
    }

    /**
     * Returns what the texts were read as.
     *
     * @return in words, such as {@code dates}
     */
    public String kind() {
        return kind;
    }

    /**
     * Returns the names of the periods.
     *
     * @return immutable, one per period, in order of time
     */
    public List<String> names() {
        return Collections.unmodifiableList(names);
    }

    /**
     * Returns the period of each text.
     *
     * @return immutable, the index of the period in {@link #names()} by text
     */
    public Map<String, Integer> codes() {
        return Collections.unmodifiableMap(codes);
    }

    /**
     * Returns why the order may not be the one that is meant.
     *
     * @return one sentence, empty if there is no doubt
     */
    public String warning() {
        return warning;
    }

    /**
     * Describes the order.
     *
     * @return the kind and the number of periods
     */
    @Override
    public String toString() {
        return names.size() + " periods, read as " + kind;
    }

    private static @Nullable Map<String, Comparable<?>> read(
            List<String> texts, Function<String, @Nullable Comparable<?>> reader) {
        Map<String, Comparable<?>> times = new LinkedHashMap<>();
        for (String text : texts) {
            Comparable<?> time = reader.apply(text.strip());
            if (time == null) {
                return null;
            }
            times.put(text, time);
        }
        return times;
    }
}
