package io.github.rowwise.tables;

import io.github.rowwise.internal.text.Quoted;
import java.util.List;
import java.util.function.Function;

/** Values of options that are one of a few words. */
public final class Labels {

    private Labels() {}

    /**
     * Returns the value of that label.
     *
     * @throws IllegalArgumentException where none has it, with the labels that there are
     */
    public static <T> T of(String text, List<T> values, Function<T, String> label) {
        for (T value : values) {
            if (label.apply(value).equals(text)) {
                return value;
            }
        }
        throw rejection(text, values.stream().map(label).toList(), "");
    }

    /** The rejection of a word that is none of those allowed. */
    static IllegalArgumentException rejection(String text, List<String> allowed, String more) {
        return new IllegalArgumentException(Quoted.value(text) + " is not one of " + String.join(", ", allowed) + more
                + Suggestions.didYouMean(text, allowed));
    }
}
