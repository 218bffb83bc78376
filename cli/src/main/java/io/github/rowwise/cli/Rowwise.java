package io.github.rowwise.cli;

import io.github.rowwise.cli.value.FileName;
import io.github.rowwise.cli.value.NumberParser;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;

/** The {@code rowwise} program. */
public final class Rowwise {

    private Rowwise() {}

    /**
     * Runs the program.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        if (!ProgramVersion.isAllThatIsAsked(arguments)) {
            ScratchFolder.use();
        }
        // Charts are drawn to files: Java must not look for a screen.
        System.setProperty("java.awt.headless", "true");
        // Names keep their bytes in every locale.
        StandardOutput output = new StandardOutput();
        PrintStream out = new PrintStream(output, false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(
                out,
                err,
                Boolean.getBoolean("rowwise.progress"),
                Integer.getInteger("rowwise.columns", Terminal.USUAL));
        int exitCode = run(terminal, arguments);
        String loss = output.loss();
        System.exit(loss == null ? exitCode : new Failures(terminal).incompleteOutput(loss, exitCode));
    }

    /** Runs the program with the given streams. */
    static int run(Terminal terminal, String... arguments) {
        if (ProgramVersion.isAllThatIsAsked(arguments)) {
            terminal.out().println(ProgramVersion.text());
            terminal.out().flush();
            return ExitCode.OK;
        }
        int exitCode;
        try {
            exitCode = commandLine(terminal, arguments).execute(arguments);
        } catch (Error e) {
            exitCode = new Failures(terminal).failed(e, false);
        }
        terminal.out().flush();
        return exitCode;
    }

    /** Returns the program with all commands. */
    static CommandLine commandLine(Terminal terminal) {
        return commandLine(terminal, "");
    }

    /** Returns the program, with one command if the first argument names it: the others take time to describe. */
    private static CommandLine commandLine(Terminal terminal, String... arguments) {
        Failures failures = new Failures(terminal);
        CommandLine program = new CommandLine(new RowwiseCommand());
        Commands.add(program, terminal, arguments.length > 0 ? arguments[0] : "");
        return OldNames.add(program)
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .registerConverter(
                        int.class,
                        text -> NumberParser.whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE)
                                .intValue())
                .registerConverter(long.class, text -> NumberParser.whole(text, Long.MIN_VALUE, Long.MAX_VALUE))
                .registerConverter(double.class, NumberParser::decimal)
                .registerConverter(Path.class, FileName::parse)
                .setUsageHelpWidth(80)
                .setParameterExceptionHandler((e, args) -> failures.wrongArguments(e))
                .setExecutionExceptionHandler((e, command, result) -> failures.failed(e, Failures.isVerbose(command)));
    }
}
