package io.github.rowwise.cli;

import java.io.PrintStream;

/**
 * The streams of the program.
 *
 * @param out results
 * @param err messages and progress
 * @param showsProgress whether {@code err} is a terminal
 * @param columns width of {@code out}
 */
record Terminal(PrintStream out, PrintStream err, boolean showsProgress, int columns) {

    /** Width for files and narrow screens. */
    static final int USUAL = 80;

    private static final int LEAST = 60;
    private static final int MOST = 140;

    Terminal {
        columns = Math.max(LEAST, Math.min(MOST, columns));
    }

    Terminal(PrintStream out, PrintStream err, boolean showsProgress) {
        this(out, err, showsProgress, USUAL);
    }
}
