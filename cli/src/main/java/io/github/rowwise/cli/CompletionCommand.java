package io.github.rowwise.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rowwise completion}. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        header = {"Prints a script that lets the shell complete commands, options and files.", ""},
        description = {"For bash, and for zsh with bashcompinit.", ""},
        footer = {
            "",
            "Examples:",
            "  source <(rowwise completion)",
            "  rowwise completion >~/.local/share/bash-completion/completions/rowwise",
            "",
            "The first is for this shell, the second for all later ones."
        })
final class CompletionCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    private CommandSpec spec;

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.out().print(AutoComplete.bash("rowwise", spec.root().commandLine()));
        return ExitCode.OK;
    }
}
