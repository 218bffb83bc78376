package io.github.rowwise.internal.time;

import io.github.rowwise.internal.text.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a panel's periods, read as parts of years, dates or numbered texts. All of them must be of one kind. Labels
 * that can be read in two ways with two orders are read in the way that has regular steps and no absent period, if there is
 * exactly one, and else not at all.
 *
 * @param reading what the labels mean, or {@code null} if that is not known
 * @param doubt why labels that could be read were not, as a sentence without a full stop; empty otherwise
 */
public record PeriodLabels(@Nullable LabelReading reading, String doubt) {

    private static final PeriodLabels UNKNOWN = new PeriodLabels(null, "");

    private static final List<Function<List<Label>, List<LabelReading>>> READERS = List.of(
            labels -> listed(SchoolYears.read(labels)),
            labels -> listed(YearParts.read(labels)),
            Months::read,
            Days::read,
            labels -> listed(Numbered.read(labels)));

    /**
     * Reads labels.
     *
     * @param texts different ones, at least one
     * @return what they mean
     */
    public static PeriodLabels of(List<String> texts) {
        List<Label> labels = texts.stream().map(Label::of).toList();
        for (Function<List<Label>, List<LabelReading>> reader : READERS) {
            List<LabelReading> readings = reader.apply(labels);
            if (!readings.isEmpty()) {
                return chosen(texts, readings);
            }
        }
        return UNKNOWN;
    }

    private static List<LabelReading> listed(@Nullable LabelReading reading) {
        return Stream.ofNullable(reading).toList();
    }

    private static PeriodLabels chosen(List<String> texts, List<LabelReading> readings) {
        LabelReading first = readings.get(0);
        List<LabelReading> complete =
                readings.stream().filter(LabelReading::isComplete).toList();
        if (readings.stream().allMatch(first::hasOrderOf)) {
            return new PeriodLabels(complete.isEmpty() ? first : complete.get(0), "");
        }
        String forms = readings.stream().map(LabelReading::form).collect(Collectors.joining(" or "));
        String example = "times such as " + Quoted.value(ambiguous(texts, readings)) + " can be " + forms;
        if (complete.size() == 1) {
            LabelReading only = complete.get(0);
            List<String> warnings = new ArrayList<>(only.warnings());
            warnings.add(
                    example + "; they are read as " + only.form()
                            + ", because only so are all steps alike: write dates as 2024-12-31, or months as 2024-12, to be sure");
            return new PeriodLabels(
                    new LabelReading(only.kind(), only.form(), only.unit(), only.times(), warnings), "");
        }
        return new PeriodLabels(
                null, example + ", and are sorted as text; write dates as 2024-12-31, or months as 2024-12");
    }

    /** Returns the first label that two readings put at two times. */
    private static String ambiguous(List<String> texts, List<LabelReading> readings) {
        return texts.stream()
                .filter(text -> readings.stream()
                                .map(reading -> reading.times().get(text))
                                .distinct()
                                .count()
                        > 1)
                .findFirst()
                .orElse(texts.get(0));
    }
}
