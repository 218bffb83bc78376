package io.github.rowwise.cli;

/** The exit codes of the program. The JVM exits with 130 after an interrupt. */
final class ExitCode {

    /** Success. */
    static final int OK = 0;
    /** A defect of the program. */
    static final int INTERNAL = 1;
    /** An error that the user can correct. */
    static final int REFUSED = 2;
    /** The panel identifies no effect. */
    static final int NOT_IDENTIFIED = 3;

    private ExitCode() {}
}
