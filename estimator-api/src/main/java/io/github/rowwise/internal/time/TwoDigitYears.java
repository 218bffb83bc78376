package io.github.rowwise.internal.time;

import io.github.rowwise.internal.text.Quoted;
import java.util.List;
import java.util.regex.Pattern;

/** Says how years of two digits are read. */
final class TwoDigitYears {

    private static final Pattern FOUR = Pattern.compile("(^|\\D)\\d{4}(\\D|$)");

    private TwoDigitYears() {}

    /** Adds a warning to a reading whose labels have no year of four digits. */
    static LabelReading warned(LabelReading reading, List<Label> labels, String form) {
        String first = labels.get(0).plain();
        return FOUR.matcher(first).find()
                ? reading
                : reading.warning("times such as " + Quoted.value(labels.get(0).text())
                        + " have years of two digits, which are read as 1969 to 2068; write " + form);
    }
}
