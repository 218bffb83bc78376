package io.github.rowwise.internal.time;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Labels and the times that they mean.
 *
 * @param kind what they were read as, such as {@code quarters}
 * @param form how they were read, if they can be read in more than one way; such as {@code day/month/year}
 * @param unit what the times count, or {@code null} if only their order is known
 * @param times the time of each text
 * @param warnings what to look at, each a sentence without a full stop
 */
public record LabelReading(
        String kind, String form, @Nullable StepUnit unit, Map<String, Long> times, List<String> warnings) {

    /** Reads all labels in one way, or returns {@code null} if one of them cannot be read so. */
    static @Nullable LabelReading all(
            List<Label> labels,
            String kind,
            String form,
            @Nullable StepUnit unit,
            Function<String, @Nullable Long> time) {
        Map<String, Long> times = new LinkedHashMap<>();
        for (Label label : labels) {
            Long read = time.apply(label.plain());
            if (read == null) {
                return null;
            }
            times.put(label.text(), read);
        }
        return new LabelReading(kind, form, unit, times, List.of());
    }

    LabelReading warning(String sentence) {
        return new LabelReading(kind, form, unit, times, List.of(sentence));
    }

    /**
     * Returns the axis of the times.
     *
     * @return the axis, or {@code null} if the step is not regular
     */
    public @Nullable TimeAxis axis() {
        return unit == null
                ? null
                : TimeAxis.of(
                        unit,
                        times.values().stream()
                                .mapToLong(Long::longValue)
                                .sorted()
                                .distinct()
                                .toArray());
    }

    /** Returns whether the step is regular and no period is absent. */
    boolean isComplete() {
        TimeAxis axis = axis();
        return axis != null && axis.isComplete();
    }

    /** Returns whether two readings put the texts in the same order. */
    boolean hasOrderOf(LabelReading other) {
        List<Map.Entry<String, Long>> sorted =
                times.entrySet().stream().sorted(Map.Entry.comparingByValue()).toList();
        for (int i = 1; i < sorted.size(); i++) {
            int here = sorted.get(i - 1).getValue().compareTo(sorted.get(i).getValue());
            int there = other.time(sorted.get(i - 1).getKey())
                    .compareTo(other.time(sorted.get(i).getKey()));
            if (Integer.signum(here) != Integer.signum(there)) {
                return false;
            }
        }
        return true;
    }

    private Long time(String text) {
        return times.getOrDefault(text, 0L);
    }
}
