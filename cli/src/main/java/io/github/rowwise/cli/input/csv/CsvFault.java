package io.github.rowwise.cli.input.csv;

/** Where a file stops being CSV, and why. */
final class CsvFault extends Exception {

    private static final long serialVersionUID = 1L;

    private final long line;

    CsvFault(long line, String reason) {
        super(reason);
        this.line = line;
    }

    /** The line of the file, from 1. */
    long line() {
        return line;
    }

    /** What is wrong and what to do. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
