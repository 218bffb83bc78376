package io.github.rowwise.bindings;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Data frames of the tests. */
final class Frames {

    private Frames() {}

    /** A simulated panel, drawn as the program draws it. */
    static FrameTable simulated(int units, int periods, String assignment) {
        return Analyses.simulate(units, periods, 2, 0.3, 3, 1, 0.5, assignment, "iid", 0.05, 3)
                .get(0);
    }

    /** The columns of a simulated panel. */
    static FrameColumns columns(FrameTable table) {
        int[] arms =
                IntStream.of(table.wholes(3)).map(arm -> arm < 0 ? -1 : arm).toArray();
        return new FrameColumns(table.numbers(2), "outcome", 0)
                .units("unit", table.codes(0), table.texts(0))
                .periods("time", table.codes(1), table.texts(1), false)
                .arms("treatment", arms, new String[] {"0", "1"}, null);
    }

    /** A panel of two units and three periods, whose columns are given as texts. */
    static FrameColumns small(
            double[] outcomes, List<String> units, List<String> periods, List<String> arms, @Nullable String control) {
        return new FrameColumns(outcomes, "sales", 1)
                .units("store", codes(units), texts(units))
                .periods("week", codes(periods), texts(periods), false)
                .arms("display", codes(arms), texts(arms), control);
    }

    static int[] codes(List<String> values) {
        List<String> texts = List.of(texts(values));
        return values.stream()
                .mapToInt(value -> value.isEmpty() ? -1 : texts.indexOf(value))
                .toArray();
    }

    static String[] texts(List<String> values) {
        return values.stream().filter(value -> !value.isEmpty()).distinct().toArray(String[]::new);
    }
}
