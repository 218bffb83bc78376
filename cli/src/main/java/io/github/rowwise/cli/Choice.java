package io.github.rowwise.cli;

import io.github.rowwise.cli.input.Shown;
import io.github.rowwise.cli.input.Suggestions;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.TypeConversionException;

/** A value of an option that is one of a few words. */
final class Choice {

    private Choice() {}

    /** The value of that label. */
    static <T> T of(String text, List<T> values, Function<T, String> label) {
        for (T value : values) {
            if (label.apply(value).equals(text)) {
                return value;
            }
        }
        throw refusal(text, values.stream().map(label).toList(), "");
    }

    /** The refusal of a word that is none of those allowed. */
    static TypeConversionException refusal(String text, List<String> allowed, String more) {
        return new TypeConversionException(Shown.value(text) + " is not one of " + String.join(", ", allowed) + more
                + Suggestions.didYouMean(text, allowed));
    }
}
