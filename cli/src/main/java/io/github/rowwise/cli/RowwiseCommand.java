package io.github.rowwise.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code rowwise} alone does: it names its commands. */
@Command(
        name = "rowwise",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "",
            "Which units does a treatment help, and how sure is that? Effects of each unit from panel data: one row a"
                    + " unit and period, with an outcome and a treatment that differs between units and periods.",
            ""
        },
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  rowwise inspect sales.csv --unit store --time week --outcome sales \\",
            "      --treatment promotion",
            "  rowwise estimate sales.csv --unit store --time week --outcome sales \\",
            "      --treatment promotion --output effects.csv",
            "",
            "Exit code: 0 done, 2 something to put right, 3 no effect is identified,",
            "1 a mistake in rowwise, 130 interrupted."
        })
final class RowwiseCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "name a command: " + String.join(", ", spec.subcommands().keySet()));
    }
}
