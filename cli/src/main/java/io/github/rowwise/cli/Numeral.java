package io.github.rowwise.cli;

import io.github.rowwise.table.Shown;
import picocli.CommandLine.TypeConversionException;

/** Numbers on the command line. */
final class Numeral {

    private Numeral() {}

    static Long whole(String text, long least, long most) {
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw new TypeConversionException(Shown.value(text) + " is not a whole number from " + least + " to " + most);
    }

    static Double decimal(String text) {
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw new TypeConversionException(Shown.value(text) + " is not a number; write such as 0.95");
    }
}
