package io.github.rowwise.cli;

import io.github.rowwise.CheckpointException;
import io.github.rowwise.InvalidPanelException;
import io.github.rowwise.NotIdentifiedException;
import io.github.rowwise.cli.input.RefusedException;
import io.github.rowwise.cli.input.Shown;
import io.github.rowwise.linalg.BackendUnavailableException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** One line on standard error for whatever went wrong, and its exit code. */
final class Failures {

    private final Terminal terminal;

    Failures(Terminal terminal) {
        this.terminal = terminal;
    }

    /** A wrong command line. */
    int wrongArguments(ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        String message = String.valueOf(e.getMessage());
        if (e instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()) {
            List<String> close = new ArrayList<>(unmatched.getSuggestions());
            message = "unknown option " + Shown.value(unmatched.getUnmatched().get(0))
                    + (close.isEmpty() ? "" : "; did you mean " + String.join(" or ", close) + "?");
        } else if (e instanceof UnmatchedArgumentException unmatched) {
            List<String> close = unmatched.getSuggestions();
            message = "unexpected argument "
                    + Shown.value(unmatched.getUnmatched().get(0))
                    + (close.isEmpty() ? "" : "; did you mean " + String.join(" or ", close) + "?");
        }
        return say(message + " (see " + command + " --help)", ExitCode.REFUSED);
    }

    /** Anything thrown while a command was at work. */
    int failed(Throwable e, boolean verbose) {
        if (verbose) {
            e.printStackTrace(terminal.err());
        }
        if (e instanceof RefusedException || e instanceof InvalidPanelException) {
            return say(String.valueOf(e.getMessage()), ExitCode.REFUSED);
        }
        if (e instanceof NotIdentifiedException) {
            return say(String.valueOf(e.getMessage()), ExitCode.NOT_IDENTIFIED);
        }
        if (e instanceof CheckpointException) {
            return say(String.valueOf(e.getMessage()), ExitCode.REFUSED);
        }
        if (e instanceof BackendUnavailableException) {
            return say(String.valueOf(e.getMessage()), ExitCode.REFUSED);
        }
        if (e instanceof OutOfMemoryError) {
            return say(
                    "out of memory: Java may use " + Runtime.getRuntime().maxMemory() / (1 << 20)
                            + " MiB; give it more, such as ROWWISE_JAVA_OPTIONS=-Xmx12g, or make a panel file with"
                            + " rowwise pack, which is read piece by piece, or take fewer rows with --where",
                    ExitCode.REFUSED);
        }
        return say(
                "internal error: " + e + "; this is a mistake in rowwise: please report it with the command"
                        + (verbose ? " and the lines above" : " and what it prints with --verbose"),
                ExitCode.INTERNAL);
    }

    private int say(String message, int exitCode) {
        terminal.err().println("rowwise: " + Shown.line(message));
        terminal.err().flush();
        return exitCode;
    }

    /** The verbosity of the command that was at work. */
    static boolean isVerbose(CommandLine commandLine) {
        Object command = commandLine.getCommand();
        return command instanceof Verbose verbose && verbose.isVerbose();
    }

    /** A command that can tell more. */
    interface Verbose {
        boolean isVerbose();
    }
}
