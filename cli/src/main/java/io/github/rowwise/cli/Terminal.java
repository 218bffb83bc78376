package io.github.rowwise.cli;

import java.io.PrintStream;

/**
 * Where the program writes.
 *
 * @param out results
 * @param err messages and progress
 * @param showsProgress whether somebody watches {@code err}
 * @param columns how wide {@code out} is
 */
record Terminal(PrintStream out, PrintStream err, boolean showsProgress, int columns) {

    /** What files and narrow screens get. */
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
