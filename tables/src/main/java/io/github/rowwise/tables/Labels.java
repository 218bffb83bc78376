package io.github.rowwise.tables;

import io.github.rowwise.internal.text.Quoted;
import java.util.List;
import java.util.function.Function;

/** Finds values by their labels, for options whose values are a few words. */
public final class Labels {

    private Labels() {}

    /**
     * Returns the value that has a label.
     *
     * @param <T> type of the values
     * @param text the label
     * @param values the allowed values
     * @param label returns the label of a value
     * @return the first value with this label
     * @throws IllegalArgumentException if no value has this label; the message lists the labels
     */
    public static <T> T of(String text, List<T> values, Function<T, String> label) {
        for (T value : values) {
            if (label.apply(value).equals(text)) {
                return value;
            }
        }
        throw rejection(text, values.stream().map(label).toList(), "");
    }

    /** The exception for a word that is not allowed. */
    static IllegalArgumentException rejection(String text, List<String> allowed, String more) {
        return new IllegalArgumentException(Quoted.value(text) + " is not one of " + String.join(", ", allowed) + more
                + Suggestions.didYouMean(text, allowed));
    }
}
