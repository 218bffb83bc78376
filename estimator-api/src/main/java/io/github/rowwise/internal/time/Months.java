package io.github.rowwise.internal.time;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads months by number, such as {@code 01/2020}, and by name, such as {@code January 2012} and {@code Jan-12}. */
final class Months {

    private static final List<Form> NUMBERED = List.of(new Form("{m}~{Y}"), new Form("{Y}~{m}"));
    private static final List<Form> NAMED = List.of(new Form("{M}_{Y}"), new Form("{Y}_{M}"));
    private static final List<Form> NAMED_SHORT = List.of(new Form("{M}_{y}"), new Form("{y}_{M}"));
    private static final List<Form> DAYS = List.of(new Form("{M}_{d}"), new Form("{d}_{M}"));

    /** Numbers up to this one may also be quarters or terms. */
    private static final int MOST_OTHERS = 4;

    private static final int LEAP_YEAR = 2000;

    private Months() {}

    /** Returns each way of reading the labels. */
    static List<LabelReading> read(List<Label> labels) {
        LabelReading numbered = numbered(labels);
        LabelReading named = all(labels, "month and year", label -> month(NAMED, label, false));
        if (numbered != null || named != null) {
            return List.of(Objects.requireNonNull(numbered != null ? numbered : named));
        }
        List<LabelReading> readings = new ArrayList<>();
        LabelReading shorts = all(labels, "month and year", label -> month(NAMED_SHORT, label, false));
        if (shorts != null) {
            readings.add(TwoDigitYears.warned(shorts, labels, "months as 2012-01"));
        }
        LabelReading days =
                LabelReading.all(labels, "days of a year", "month and day", StepUnit.DAY, Months::dayOfYear);
        if (days != null) {
            readings.add(days);
        }
        if (readings.isEmpty()) {
            LabelReading names = LabelReading.all(
                    labels,
                    "months of a year",
                    "",
                    StepUnit.MONTH,
                    label -> MonthNames.number(label) == 0 ? null : (Long) (long) MonthNames.number(label));
            Stream.ofNullable(names)
                    .map(reading -> reading.warning("months without a year are put from January to December;"
                            + " write months as 2024-12 if they are of two years"))
                    .forEach(readings::add);
        }
        return readings;
    }

    /** Numbers that are 4 or less and without a zero in front could be quarters, which have the same order. */
    private static @Nullable LabelReading numbered(List<Label> labels) {
        boolean[] isMonth = new boolean[1];
        LabelReading reading = all(labels, "month and year", label -> {
            for (Form form : NUMBERED) {
                Matcher match = form.match(label);
                if (match != null) {
                    isMonth[0] |= match.group("m").startsWith("0") || Form.number(match, "m") > MOST_OTHERS;
                }
            }
            return month(NUMBERED, label, true);
        });
        return isMonth[0] ? reading : null;
    }

    private static @Nullable LabelReading all(
            List<Label> labels, String form, java.util.function.Function<String, @Nullable Long> time) {
        return LabelReading.all(labels, "months", form, StepUnit.MONTH, time);
    }

    private static @Nullable Long month(List<Form> forms, String label, boolean isNumber) {
        for (Form form : forms) {
            Matcher match = form.match(label);
            if (match != null) {
                int month = isNumber ? Form.number(match, "m") : MonthNames.number(match.group("m"));
                if (month >= 1 && month <= YearParts.MONTHS) {
                    return (long) Form.number(match, "y") * YearParts.MONTHS + month - 1;
                }
            }
        }
        return null;
    }

    private static @Nullable Long dayOfYear(String label) {
        for (Form form : DAYS) {
            Matcher match = form.match(label);
            int month = match == null ? 0 : MonthNames.number(match.group("m"));
            if (match != null && month > 0) {
                try {
                    return LocalDate.of(LEAP_YEAR, month, Form.number(match, "d"))
                            .toEpochDay();
                } catch (DateTimeException e) {
                    return null;
                }
            }
        }
        return null;
    }
}
