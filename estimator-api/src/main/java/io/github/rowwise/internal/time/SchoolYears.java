package io.github.rowwise.internal.time;

import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Reads years that span two calendar years, such as {@code 1999/00}, and fiscal years, such as {@code FY2019}. */
final class SchoolYears {

    private static final Form SPAN = new Form("{Y}~(?<next>\\d{2}|\\d{4})");
    private static final Form FISCAL = new Form("[fcas]y[ -]?(?<y>\\d{4})");
    private static final Form SHORT_FISCAL = new Form("[fas]y[ -]?{y}");

    private SchoolYears() {}

    static @Nullable LabelReading read(List<Label> labels) {
        LabelReading spans = LabelReading.all(labels, "years", "", StepUnit.YEAR, SchoolYears::span);
        // A single one, such as 2001-02, may also be a month.
        if (spans != null && labels.size() > 1) {
            return spans;
        }
        LabelReading fiscal = LabelReading.all(labels, "years", "", StepUnit.YEAR, label -> year(FISCAL, label));
        if (fiscal != null) {
            return fiscal;
        }
        LabelReading shorts = LabelReading.all(labels, "years", "", StepUnit.YEAR, label -> year(SHORT_FISCAL, label));
        return shorts == null ? null : TwoDigitYears.warned(shorts, labels, "years as 2019");
    }

    private static @Nullable Long span(String label) {
        Matcher match = SPAN.match(label);
        if (match == null) {
            return null;
        }
        int year = Form.number(match, "y");
        int next = Integer.parseInt(match.group("next"));
        int expected = match.group("next").length() == 2 ? (year + 1) % 100 : year + 1;
        return next == expected ? (Long) (long) year : null;
    }

    private static @Nullable Long year(Form form, String label) {
        Matcher match = form.match(label);
        return match == null ? null : (Long) (long) Form.number(match, "y");
    }
}
