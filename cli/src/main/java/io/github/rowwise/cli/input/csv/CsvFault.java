package io.github.rowwise.cli.input.csv;

/** Syntax error in a CSV file. */
final class CsvFault extends Exception {

    private static final long serialVersionUID = 1L;

    private final long line;

    CsvFault(long line, String reason) {
        super(reason);
        this.line = line;
    }

    /** Returns the line of the file, from 1. */
    long line() {
        return line;
    }

    /** Returns the error and its remedy. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
