package io.github.rowwise.cli;

import java.io.PrintStream;
import java.util.List;

/** The program in this process, for the tests of Spark. */
public final class Program {

    private Program() {}

    /** Returns the exit code. */
    public static int run(PrintStream printed, List<String> arguments) {
        return Rowwise.run(new Terminal(printed, printed, false), arguments.toArray(String[]::new));
    }
}
