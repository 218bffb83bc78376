package io.github.rowwise.panel;

import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.internal.time.StepUnit;
import io.github.rowwise.internal.time.TimeAxis;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Formats of the names of periods that are numbers or ISO dates, and their conversion to comparable values. */
final class PeriodTexts {

    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,18}");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");
    private static final Pattern YEAR_DOT_MONTH = Pattern.compile("((?:18|19|20|21)\\d\\d)\\.(0?[1-9]|1[0-2])");
    private static final Pattern MONTH_DOT_YEAR = Pattern.compile("(0?[1-9]|1[0-2])\\.((?:18|19|20|21)\\d\\d)");
    private static final int SHORTEST_MONTH = "2020.1".length();
    private static final int MONTHS = 12;
    private static final int MICROSECONDS = 6;

    static final Pattern DATE = Pattern.compile("(\\d{4})([-/])(\\d{1,2})\\2(\\d{1,2})");
    static final Pattern TIMESTAMP = Pattern.compile(
            DATE.pattern() + "[T ](\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)\\s?(Z|[+-]\\d{2}(?::?\\d{2})?)?");

    private PeriodTexts() {}

    static @Nullable Long whole(String text) {
        return WHOLE.matcher(text).matches() ? Long.valueOf(text) : null;
    }

    static @Nullable BigDecimal number(String text) {
        return NUMBER.matcher(text).matches() ? new BigDecimal(text) : null;
    }

    /** Returns the months since year 0 of a text such as {@code 2020.01}, which may also be a decimal number. */
    static @Nullable Long yearDotMonth(String text) {
        Matcher m = YEAR_DOT_MONTH.matcher(text);
        return m.matches() ? (Long) (Long.parseLong(m.group(1)) * MONTHS + Long.parseLong(m.group(2)) - 1) : null;
    }

    /** Returns the months since year 0 of a text such as {@code 01.2020}. */
    static @Nullable Long monthDotYear(String text) {
        Matcher m = MONTH_DOT_YEAR.matcher(text);
        return m.matches() ? (Long) (Long.parseLong(m.group(2)) * MONTHS + Long.parseLong(m.group(1)) - 1) : null;
    }

    /** Rejects {@code 2020.1} beside {@code 2020.11}, of which neither reading is sure to be meant. */
    static void rejectMixedMonths(List<String> texts) {
        String one = "";
        String two = "";
        for (String text : texts) {
            boolean isOne = text.strip().length() == SHORTEST_MONTH;
            if (isOne && (one.isEmpty() || texts.contains(text + "0"))) {
                one = text;
            } else if (!isOne && two.isEmpty()) {
                two = text;
            }
        }
        if (texts.contains(one + "0")) {
            two = one + "0";
        }
        if (!one.isEmpty() && !two.isEmpty()) {
            throw new InvalidPanelException("times such as " + Quoted.value(one) + " and " + Quoted.value(two)
                    + " can be months or decimal numbers, and as a number 2020.10 is 2020.1, January; write months as text"
                    + " with two digits, such as 2020-01 and 2020-10, or numbers with equally many decimals");
        }
    }

    static long[] longs(List<String> names, Map<String, Long> times) {
        return names.stream()
                .mapToLong(name -> Objects.requireNonNull(times.get(name)))
                .toArray();
    }

    /** Returns the seconds since 1970, in UTC if the text has no offset; {@code null} if the text does not match. */
    static @Nullable BigDecimal instant(Pattern pattern, String text) {
        Matcher m = pattern.matcher(text);
        if (!m.matches()) {
            return null;
        }
        try {
            LocalDate date = LocalDate.of(
                    Integer.parseInt(m.group(1)), Integer.parseInt(m.group(3)), Integer.parseInt(m.group(4)));
            LocalTime time = pattern == TIMESTAMP ? LocalTime.parse(m.group(5)) : LocalTime.MIDNIGHT;
            String offset = pattern == TIMESTAMP ? m.group(6) : null;
            Instant instant = date.atTime(time).toInstant(offset == null ? ZoneOffset.UTC : ZoneOffset.of(offset));
            return BigDecimal.valueOf(instant.getEpochSecond()).add(BigDecimal.valueOf(instant.getNano(), 9));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * Finds the step of dates and timestamps. If all have the same time of the day where they are, the step is in days, also
     * where the offset from UTC changes in spring and autumn.
     */
    static @Nullable TimeAxis axis(List<String> names, Map<String, BigDecimal> times) {
        String[] clocks = names.stream().map(PeriodTexts::clock).distinct().toArray(String[]::new);
        try {
            return TimeAxis.of(
                    StepUnit.MICROSECOND,
                    names.stream()
                            .mapToLong(name -> clocks.length == 1
                                    ? TimeUnit.DAYS.toMicros(localDate(name).toEpochDay())
                                    : Objects.requireNonNull(times.get(name))
                                            .movePointRight(MICROSECONDS)
                                            .longValueExact())
                            .toArray());
        } catch (ArithmeticException e) {
            return null; // Finer than microseconds.
        }
    }

    private static String clock(String name) {
        Matcher m = TIMESTAMP.matcher(name.strip());
        return m.matches() ? LocalTime.parse(m.group(5)).toString() : LocalTime.MIDNIGHT.toString();
    }

    private static LocalDate localDate(String name) {
        Matcher m = Pattern.compile(DATE.pattern() + ".*").matcher(name.strip());
        if (!m.matches()) {
            throw new IllegalStateException(name);
        }
        return LocalDate.of(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(3)), Integer.parseInt(m.group(4)));
    }

    /** A text as UTF-8 bytes, which sort by code point. */
    record Utf8(byte[] bytes) implements Comparable<Utf8> {
        static Utf8 of(String text) {
            return new Utf8(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public int compareTo(Utf8 other) {
            return Arrays.compareUnsigned(bytes, other.bytes);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Utf8 that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }
}
