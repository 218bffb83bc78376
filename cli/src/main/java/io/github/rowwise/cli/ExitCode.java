package io.github.rowwise.cli;

/** What the program's exit code says. An interrupt gives 130, by the JVM itself. */
final class ExitCode {

    /** Done. */
    static final int OK = 0;
    /** A mistake in the program. */
    static final int INTERNAL = 1;
    /** Something the user can put right. */
    static final int REFUSED = 2;
    /** The panel identifies no effect. */
    static final int NOT_IDENTIFIED = 3;

    private ExitCode() {}
}
