package io.github.rowwise.cli;

import io.github.rowwise.NotIdentifiedException;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.exception.RowwiseException;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.tables.Suggestions;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints one line to standard error for each failure, and returns its exit code. */
final class Failures {

    private final Terminal terminal;

    Failures(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Handles a wrong command line. */
    int wrongArguments(ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        String message = String.valueOf(e.getMessage());
        List<String> unmatched = e instanceof UnmatchedArgumentException surplus
                ? surplus.getUnmatched()
                : e.getCommandLine().getUnmatchedArguments();
        // A mistyped required option is unknown and missing at once: the unknown name is the better message.
        if (!unmatched.isEmpty()
                && (e instanceof UnmatchedArgumentException || e instanceof MissingParameterException)) {
            message = unknown(e.getCommandLine().getCommandSpec(), unmatched.get(0));
        }
        return say(message + " (see " + command + " --help)", ExitCode.REFUSED);
    }

    private static String unknown(CommandSpec command, String argument) {
        String name = argument.replaceFirst("(?s)=.*", "");
        if (argument.startsWith("-")) {
            return "unknown option " + Quoted.value(name)
                    + (isFile(argument)
                            ? "; for the file of this name, write ./" + Quoted.plain(argument)
                            : didYouMean(name, visibleOptions(command)));
        }
        if (argument.startsWith("@")) {
            return Quoted.value(argument) + ": no such file of options; relative names start from "
                    + Path.of("").toAbsolutePath();
        }
        if (!command.subcommands().isEmpty()) {
            String meant = didYouMean(argument, command.subcommands().keySet());
            return "unknown command " + Quoted.value(argument)
                    + (meant.isEmpty()
                            ? "; there are "
                                    + String.join(", ", command.subcommands().keySet())
                            : meant);
        }
        return "unexpected argument " + Quoted.value(argument);
    }

    private static boolean isFile(String name) {
        try {
            return Files.exists(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static List<String> visibleOptions(CommandSpec command) {
        return command.optionsMap().entrySet().stream()
                .filter(option -> !option.getValue().hidden())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The closest name; otherwise a name that begins with the text. */
    private static String didYouMean(String name, Collection<String> known) {
        String close = Suggestions.didYouMean(name, List.copyOf(known));
        return !close.isEmpty()
                ? close
                : known.stream()
                        .filter(longer -> name.matches("-*\\w{2,}.*") && longer.startsWith(name))
                        .findFirst()
                        .map(longer -> "; did you mean " + Quoted.value(longer) + "?")
                        .orElse("");
    }

    /** Handles an exception of a command. */
    int failed(Throwable e, boolean verbose) {
        if (verbose) {
            e.printStackTrace(terminal.err());
        }
        if (e instanceof NotIdentifiedException) {
            return say(String.valueOf(e.getMessage()), ExitCode.NOT_IDENTIFIED);
        }
        if (e instanceof UserInputException || e instanceof RowwiseException) {
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

    /** Handles standard output that takes no more, such as a file on a full disk. */
    int incompleteOutput(String reason, int exitCode) {
        int said =
                say("standard output is incomplete: " + reason + "; make room, or send it elsewhere", ExitCode.REFUSED);
        return exitCode == ExitCode.OK ? said : exitCode;
    }

    private int say(String message, int exitCode) {
        terminal.err().println("rowwise: " + Quoted.line(message));
        terminal.err().flush();
        return exitCode;
    }

    /** Returns whether the command has the option {@code --verbose}. */
    static boolean isVerbose(CommandLine commandLine) {
        Object command = commandLine.getCommand();
        return command instanceof Verbose verbose && verbose.isVerbose();
    }

    /** A command with the option {@code --verbose}. */
    interface Verbose {
        boolean isVerbose();
    }
}
