package io.github.rowwise.cli.value;

import io.github.rowwise.tables.Labels;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts a value of an option that is one of a few words. The shell completes them. */
public abstract class Choice<T> implements ITypeConverter<T>, Iterable<String> {

    private final List<T> values;
    private final Function<T, String> label;

    protected Choice(List<T> values, Function<T, String> label) {
        this.values = values;
        this.label = label;
    }

    @Override
    public T convert(String text) {
        return of(text, values, label);
    }

    @Override
    public Iterator<String> iterator() {
        return values.stream().map(label).iterator();
    }

    /** Returns the value that has a label. */
    public static <T> T of(String text, List<T> values, Function<T, String> label) {
        try {
            return Labels.of(text, values, label);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
