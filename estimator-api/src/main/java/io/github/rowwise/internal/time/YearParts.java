package io.github.rowwise.internal.time;

import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads quarters, half years, months and weeks that are named by a word or letter, such as {@code 2012Q1} and {@code KW 5 2016}. */
final class YearParts {

    private static final int QUARTERS = 4;
    private static final int HALVES = 2;
    static final int MONTHS = 12;
    private static final int WEEKS = 53;

    private record Part(String kind, StepUnit unit, int most, List<Form> forms) {

        static Part of(String kind, StepUnit unit, int most, String words) {
            String word = "(?:" + words.replace(' ', '|') + ")";
            List<Form> forms = Stream.of(
                            "{Y}_" + word + "_{n}", word + "_{n}_{Y}", "{n}_" + word + "_{Y}", "{Y}~{n}_" + word)
                    .map(Form::new)
                    .toList();
            return new Part(kind, unit, most, forms);
        }

        /** With years of two digits; only where the letter cannot be anything else. */
        static Part ofShortYears(String kind, StepUnit unit, int most, String word) {
            return new Part(
                    kind,
                    unit,
                    most,
                    List.of(
                            new Form("{n}" + word + "_{y}"),
                            new Form(word + "{n}~{y}"),
                            new Form(word + "{n}(?=')_{y}"),
                            new Form("{y}_" + word + "{n}")));
        }
    }

    private static final List<Part> PARTS = List.of(
            Part.of(
                    "quarters",
                    StepUnit.QUARTER,
                    QUARTERS,
                    "quarter quartal quartile trimestre trimester trim kwartaal kwartal kvartal qtr qu q t"),
            Part.of("half years", StepUnit.HALF_YEAR, HALVES, "half halbjahr semester semestre sem hj h s"),
            Part.of("months", StepUnit.MONTH, MONTHS, "month monat mois mes mese maand m"),
            Part.of("weeks", StepUnit.WEEK, WEEKS, "week woche semaine semana settimana vecka uke sem kw wk w"),
            Part.ofShortYears("quarters", StepUnit.QUARTER, QUARTERS, "q"),
            Part.ofShortYears("half years", StepUnit.HALF_YEAR, HALVES, "h"));

    private YearParts() {}

    static @Nullable LabelReading read(List<Label> labels) {
        for (Part part : PARTS) {
            LabelReading reading = LabelReading.all(labels, part.kind(), "", part.unit(), label -> time(part, label));
            if (reading != null) {
                return TwoDigitYears.warned(reading, labels, "quarters as 2012-Q1");
            }
        }
        return null;
    }

    private static @Nullable Long time(Part part, String label) {
        for (Form form : part.forms()) {
            Matcher match = form.match(label);
            if (match != null) {
                int number = Form.number(match, "n");
                int year = Form.number(match, "y");
                if (number >= 1 && number <= part.most()) {
                    return part.unit() == StepUnit.WEEK
                            ? week(year, number)
                            : (Long) ((long) year * part.most() + number - 1);
                }
            }
        }
        return null;
    }

    /** Returns the weeks since 1970 of an ISO week, or {@code null} if its year has no such week. */
    static @Nullable Long week(int year, int week) {
        LocalDate inFirst = LocalDate.of(year, 1, 4);
        if (week < 1 || week > inFirst.range(IsoFields.WEEK_OF_WEEK_BASED_YEAR).getMaximum()) {
            return null;
        }
        LocalDate monday = inFirst.with(ChronoField.DAY_OF_WEEK, 1).plusWeeks(week - 1L);
        return Math.floorDiv(monday.toEpochDay() + 3, 7L);
    }
}
