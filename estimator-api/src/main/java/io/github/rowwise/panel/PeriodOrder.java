package io.github.rowwise.panel;

import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.internal.time.LabelReading;
import io.github.rowwise.internal.time.NumberAxis;
import io.github.rowwise.internal.time.PeriodLabels;
import io.github.rowwise.internal.time.StepUnit;
import io.github.rowwise.internal.time.TimeAxis;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the texts that name periods in the order of the times that they mean.
 *
 * <p>The texts are read as the first of these that all of them can be: whole numbers; numbers; dates ({@code 2024-12-31},
 * {@code 2024/9/7}); ISO timestamps; years that span two ({@code 1999/00}, {@code FY2019}); quarters ({@code Q1 2012},
 * {@code 2012-Q1}); half years ({@code 2016H1}); months ({@code 2020m1}, {@code 01/2020}, {@code Jan 2012}, by name in several
 * languages); ISO weeks ({@code 2016-W05}, {@code KW 5 2016}); other dates, with or without a time of the day ({@code
 * 31.12.2020}, {@code 6 September 2023}, {@code 1/31/2020 1:05 PM}); texts that differ in their numbers only ({@code wave 3},
 * {@code t-8}). Else they are sorted as text, with a warning. Two texts for one time, such as {@code 7} and {@code 07}, are one
 * period, named by the shorter. Immutable, and safe for use by several threads.
 *
 * <p>Texts that can be read in two ways with two orders, such as {@code 01/02/2020}, are read in the one that has regular steps
 * without a gap, with a warning, or sorted as text if both or neither have.
 *
 * <pre class="example">{@code
 * PeriodOrder order = PeriodOrder.of(List.of("Q4 2012", "Q1 2012"));
 * System.out.println(order.names() + " " + order.kind() + " " + order.positions() + " " + order.warnings());
 * }</pre>
 */
public final class PeriodOrder {

    private final String kind;
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> codes = new LinkedHashMap<>();
    private final List<Integer> positions;
    private final List<String> warnings;

    private PeriodOrder(
            String kind,
            Map<String, ? extends Comparable<?>> times,
            Function<List<String>, @Nullable TimeAxis> axis,
            List<String> warnings) {
        this.kind = kind;
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
        TimeAxis found = axis.apply(names);
        this.positions = found == null ? List.of() : found.positions();
        this.warnings = Stream.concat(warnings.stream(), Stream.of(found == null ? "" : found.absence(names)))
                .filter(warning -> !warning.isEmpty())
                .toList();
    }

    @SuppressWarnings("unchecked") // all times of one panel are of one type
    private static Comparable<Object> time(Map<String, ? extends Comparable<?>> times, String text) {
        return (Comparable<Object>) Objects.requireNonNull(times.get(text));
    }

    /**
     * Puts times in order.
     *
     * @param texts different ones
     * @return their order
     * @throws InvalidPanelException if the texts are numbers such as {@code 2020.1} and {@code 2020.10}, which may be one time
     *     or two; the message says what to write
     */
    public static PeriodOrder of(List<String> texts) {
        PeriodOrder order = read(texts);
        if (order != null) {
            return order;
        }
        Map<String, Comparable<?>> asText = new LinkedHashMap<>();
        texts.forEach(text -> asText.put(text, PeriodTexts.Utf8.of(text)));
        return new PeriodOrder(
                "text, in alphabetical order", asText, names -> null, List.of(PeriodOrderWarnings.ofTexts(texts)));
    }

    /**
     * Puts times in order, or keeps the given order if the texts do not say one, such as that of a table's columns.
     *
     * @param texts different ones, in the order to keep
     * @return their order, with a warning if the given one is kept
     * @throws InvalidPanelException as {@link #of}
     */
    public static PeriodOrder ofColumns(List<String> texts) {
        PeriodOrder order = read(texts);
        if (order != null) {
            return order;
        }
        Map<String, Integer> asGiven = new LinkedHashMap<>();
        texts.forEach(text -> asGiven.put(text, asGiven.size()));
        return new PeriodOrder(
                "text, in the order of the columns",
                asGiven,
                names -> null,
                List.of("the columns of the periods are kept in the order of the table, from "
                        + Quoted.value(texts.get(0)) + " to " + Quoted.value(texts.get(texts.size() - 1))
                        + ", because their names are no dates or numbers that say one"));
    }

    private static @Nullable PeriodOrder read(List<String> texts) {
        Map<String, Long> whole = read(texts, PeriodTexts::whole);
        if (whole != null) {
            return new PeriodOrder(
                    "whole numbers", whole, names -> NumberAxis.of(PeriodTexts.longs(names, whole)), List.of());
        }
        PeriodOrder months = readDottedMonths(texts);
        if (months != null) {
            return months;
        }
        Map<String, BigDecimal> numbers = read(texts, PeriodTexts::number);
        if (numbers != null) {
            return new PeriodOrder(
                    "numbers",
                    numbers,
                    names -> NumberAxis.of(names.stream()
                            .map(name -> Objects.requireNonNull(numbers.get(name)))
                            .toList()),
                    List.of());
        }
        return readDates(texts);
    }

    /** Months with a dot look like decimal numbers, but have another order. */
    private static @Nullable PeriodOrder readDottedMonths(List<String> texts) {
        Map<String, Long> yearFirst = read(texts, PeriodTexts::yearDotMonth);
        if (yearFirst != null) {
            PeriodTexts.rejectMixedMonths(texts);
        }
        boolean isMonths = yearFirst != null
                && texts.stream().allMatch(text -> text.strip().length() == "2020.01".length());
        Map<String, Long> months = isMonths ? yearFirst : read(texts, PeriodTexts::monthDotYear);
        return months == null
                ? null
                : new PeriodOrder(
                        "months",
                        months,
                        names -> TimeAxis.of(StepUnit.MONTH, PeriodTexts.longs(names, months)),
                        List.of());
    }

    private static @Nullable PeriodOrder readDates(List<String> texts) {
        Map<String, BigDecimal> dates = read(texts, text -> PeriodTexts.instant(PeriodTexts.DATE, text));
        if (dates != null) {
            return new PeriodOrder("dates", dates, names -> PeriodTexts.axis(names, dates), List.of());
        }
        Map<String, BigDecimal> stamps = read(texts, text -> {
            BigDecimal date = PeriodTexts.instant(PeriodTexts.DATE, text);
            return date != null ? date : PeriodTexts.instant(PeriodTexts.TIMESTAMP, text);
        });
        if (stamps != null) {
            return new PeriodOrder(
                    "timestamps",
                    stamps,
                    names -> PeriodTexts.axis(names, stamps),
                    List.of(PeriodOrderWarnings.ofOffsets(texts)));
        }
        LabelReading labels = texts.isEmpty() ? null : PeriodLabels.of(texts).reading();
        return labels == null
                ? null
                : new PeriodOrder(labels.kind(), labels.times(), names -> labels.axis(), labels.warnings());
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
     * Returns where the periods are in time, in units of the usual step between them. The years 1990, 1991 and 2001 of a table
     * by year have the positions 0, 1 and 11. Months count as equally long, and weekdays follow each other if no period is on
     * a weekend.
     *
     * @return immutable, one position per period of {@link #names()}, from 0; empty if there is no regular step. The step is
     *     regular if all steps are alike, or if all are multiples of one that more than half of them have
     */
    public List<Integer> positions() {
        return positions;
    }

    /**
     * Returns why the order may not be the one that is meant, and where periods are absent.
     *
     * @return immutable, each a sentence without a full stop; empty if there is no doubt
     */
    public List<String> warnings() {
        return warnings;
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

    private static <T> @Nullable Map<String, T> read(List<String> texts, Function<String, @Nullable T> reader) {
        Map<String, T> times = new LinkedHashMap<>();
        for (String text : texts) {
            T time = reader.apply(text.strip());
            if (time == null) {
                return null;
            }
            times.put(text, time);
        }
        return times;
    }
}
