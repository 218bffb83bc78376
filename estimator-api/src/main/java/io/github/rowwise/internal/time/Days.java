package io.github.rowwise.internal.time;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads days, such as {@code 31.12.2020} and {@code 6 September 2023}, with or without a time of the day. */
final class Days {

    private static final Pattern CLOCK =
            Pattern.compile("(.*?)[ ,t]+(\\d{1,2}):(\\d{2})(?::(\\d{2})(\\.\\d{1,6})?)?(?: ?([ap])m?)?");
    private static final Pattern CLOCK_WITHOUT_MINUTES = Pattern.compile("(.*?)[ ,]+(\\d{1,2})()()() ?([ap])m");
    private static final Form ISO_WEEK_DAY = new Form("{Y}-?w{n}-?(?<k>[1-7])");
    private static final int HALF_DAY = 12;

    /** The forms that hold whatever the order of day and month. */
    private static final List<String> COMMON = List.of("{d}_{M}_{Y}", "{M}_{d}~{Y}", "{Y}_{M}_{d}", "{Y}~{m}~{d}");

    /** A way to read numbers, and its forms. Dots have the day first everywhere. */
    private record Way(String name, List<Form> forms) {
        static Way of(String name, String... forms) {
            return new Way(
                    name,
                    Stream.concat(COMMON.stream(), Stream.of(forms))
                            .map(Form::new)
                            .toList());
        }
    }

    private static final String DOTTED = "{d}[.] ?{m}[.] ?{Y}";
    private static final String DOTTED_SHORT = "{d}[.] ?{m}[.] ?{y}";

    private static final List<Way> WAYS =
            List.of(Way.of("day/month/year", "{d}~{m}~{Y}"), Way.of("month/day/year", DOTTED, "{m}[-/ ]{d}[-/ ]{Y}"));

    private static final List<Way> SHORT_WAYS = List.of(
            Way.of("day/month/year", "{d}_{M}_{y}", "{d}~{m}~{y}"),
            Way.of("month/day/year", "{d}_{M}_{y}", DOTTED_SHORT, "{m}[-/ ]{d}[-/ ]{y}"),
            Way.of("year/month/day", "{d}_{M}_{y}", DOTTED_SHORT, "{y}[-/ ]{m}[-/ ]{d}"));

    private Days() {}

    /** Returns each way of reading the labels. */
    static List<LabelReading> read(List<Label> labels) {
        boolean hasClock = labels.stream().anyMatch(label -> clock(label.plain()) != null);
        List<LabelReading> readings = new ArrayList<>();
        for (Way way : WAYS) {
            add(readings, labels, way, hasClock);
        }
        if (readings.isEmpty()) {
            for (Way way : SHORT_WAYS) {
                add(readings, labels, way, hasClock);
            }
            readings.replaceAll(reading -> TwoDigitYears.warned(reading, labels, "dates as 2024-12-31"));
        }
        return readings;
    }

    private static void add(List<LabelReading> readings, List<Label> labels, Way way, boolean hasClock) {
        LabelReading reading = hasClock
                ? LabelReading.all(labels, "timestamps", way.name(), StepUnit.MICROSECOND, text -> instant(way, text))
                : LabelReading.all(labels, "dates", way.name(), StepUnit.DAY, text -> day(way, text));
        if (reading != null) {
            readings.add(reading);
        }
    }

    private static @Nullable Matcher clock(String label) {
        for (Pattern pattern : List.of(CLOCK, CLOCK_WITHOUT_MINUTES)) {
            Matcher match = pattern.matcher(label);
            if (match.matches()) {
                return match;
            }
        }
        return null;
    }

    /** Returns the microseconds since 1970; a label without a time of the day is midnight. */
    private static @Nullable Long instant(Way way, String label) {
        Matcher clock = clock(label);
        Long day = day(way, clock == null ? label : clock.group(1));
        if (clock == null || day == null) {
            return day == null ? null : (Long) TimeUnit.DAYS.toMicros(day);
        }
        try {
            int hour = Integer.parseInt(clock.group(2));
            if (clock.group(6) != null) {
                if (hour < 1 || hour > HALF_DAY) {
                    return null;
                }
                hour = hour % HALF_DAY + (clock.group(6).equals("p") ? HALF_DAY : 0);
            }
            LocalTime time = LocalTime.of(hour, whole(clock.group(3)), whole(clock.group(4)));
            long fraction = clock.group(5) == null || clock.group(5).isEmpty()
                    ? 0
                    : Math.round(Double.parseDouble(clock.group(5)) * 1e6);
            return TimeUnit.DAYS.toMicros(day) + TimeUnit.SECONDS.toMicros(time.toSecondOfDay()) + fraction;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int whole(@Nullable String digits) {
        return digits == null || digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    private static @Nullable Long day(Way way, String label) {
        Matcher week = ISO_WEEK_DAY.match(label);
        if (week != null) {
            Long weeks = YearParts.week(Form.number(week, "y"), Form.number(week, "n"));
            return weeks == null ? null : (Long) (7 * weeks - 3 + Integer.parseInt(week.group("k")) - 1);
        }
        return way.forms().stream()
                .flatMap(form -> Stream.ofNullable(form.match(label)))
                .flatMap(match -> Stream.ofNullable(date(match)))
                .findFirst()
                .map(LocalDate::toEpochDay)
                .orElse(null);
    }

    private static @Nullable LocalDate date(Matcher match) {
        String month = match.group("m");
        try {
            return LocalDate.of(
                    Form.number(match, "y"),
                    Character.isDigit(month.charAt(0)) ? Integer.parseInt(month) : MonthNames.number(month),
                    Form.number(match, "d"));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
