package io.github.rowwise.cli;

import java.io.PrintStream;

/**
 * Where the program writes.
 *
 * @param out results
 * @param err messages and progress
 * @param showsProgress whether somebody watches {@code err}
 */
record Terminal(PrintStream out, PrintStream err, boolean showsProgress) {}
