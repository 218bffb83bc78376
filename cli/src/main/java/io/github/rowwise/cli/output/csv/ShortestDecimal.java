package io.github.rowwise.cli.output.csv;

import tools.jackson.core.io.NumberOutput;

/**
 * Writes a double with the fewest digits that read back as the same double. From 1e16 on and below 1e-4 it has an exponent, as
 * {@code 1e-05}; otherwise at least one digit after the point, as {@code 2.0}. This is how C++ and Python write doubles.
 */
final class ShortestDecimal {

    private static final int LEAST_EXPONENT = -4;
    private static final int GREATEST_EXPONENT = 15;

    private final byte[] text = new byte[NumberOutput.MAX_DOUBLE_BYTES];
    private final byte[] digits = new byte[NumberOutput.MAX_DOUBLE_BYTES];
    private int count;
    private int exponent;

    /**
     * Appends a number.
     *
     * @param value a finite number
     * @param out where the text is appended
     */
    void append(double value, Bytes out) {
        // As Double.toString of Java 19, which unlike that of Java 17 always finds the fewest digits.
        int length = NumberOutput.outputDouble(value, text, 0);
        int mark = length - 1;
        while (mark > 0 && text[mark] != 'E') {
            mark--;
        }
        if (mark == 0) {
            out.add(text, 0, length);
            return;
        }
        read(mark, length, out);
        if (count == 2) {
            dropSecondDigit(value);
        }
        if (exponent < LEAST_EXPONENT || exponent > GREATEST_EXPONENT) {
            appendWithExponent(out);
        } else if (exponent < 0) {
            out.add('0');
            out.add('.');
            out.fill('0', -exponent - 1);
            out.add(digits, 0, count);
        } else {
            int whole = Math.min(count, exponent + 1);
            out.add(digits, 0, whole);
            out.fill('0', exponent + 1 - whole);
            out.add('.');
            if (count > whole) {
                out.add(digits, whole, count - whole);
            } else {
                out.add('0');
            }
        }
    }

    /** Takes the digits and the exponent from a text such as {@code -1.2E-5}, and appends its sign. */
    private void read(int mark, int length, Bytes out) {
        int start = 0;
        if (text[0] == '-') {
            out.add('-');
            start = 1;
        }
        count = 0;
        for (int k = start; k < mark; k++) {
            if (text[k] != '.') {
                digits[count++] = text[k];
            }
        }
        while (count > 1 && digits[count - 1] == '0') {
            count--;
        }
        int size = 0;
        boolean isNegative = text[mark + 1] == '-';
        for (int k = isNegative ? mark + 2 : mark + 1; k < length; k++) {
            size = 10 * size + text[k] - '0';
        }
        exponent = isNegative ? -size : size;
    }

    /** Java's rule asks for two digits where one would do, as in 4.9E-324 and 9.9E-324. */
    private void dropSecondDigit(double value) {
        int rounded = digits[0] - '0' + (digits[1] >= '5' ? 1 : 0);
        if (Double.parseDouble(rounded + "e" + exponent) == Math.abs(value)) {
            digits[0] = (byte) (rounded < 10 ? '0' + rounded : '1');
            exponent += rounded < 10 ? 0 : 1;
            count = 1;
        }
    }

    private void appendWithExponent(Bytes out) {
        out.add(digits, 0, 1);
        if (count > 1) {
            out.add('.');
            out.add(digits, 1, count - 1);
        }
        out.add('e');
        out.add(exponent < 0 ? '-' : '+');
        int size = Math.abs(exponent);
        if (size < 10) {
            out.add('0');
        }
        out.whole(size);
    }
}
