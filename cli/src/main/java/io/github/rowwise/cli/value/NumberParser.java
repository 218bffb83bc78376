package io.github.rowwise.cli.value;

import io.github.rowwise.internal.text.Quoted;
import picocli.CommandLine.TypeConversionException;

/** Parses numbers on the command line. */
public final class NumberParser {

    private NumberParser() {}

    public static Long whole(String text, long least, long most) {
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // rejected below
        }
        throw new TypeConversionException(Quoted.value(text) + " is not a whole number from " + least + " to " + most);
    }

    public static Double decimal(String text) {
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // rejected below
        }
        throw new TypeConversionException(Quoted.value(text) + " is not a number; write such as 0.95");
    }
}
