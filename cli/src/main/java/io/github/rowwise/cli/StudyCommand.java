package io.github.rowwise.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code rowwise study} alone does: it names its studies. */
@Command(
        name = "study",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        header = {"Measures what theory promises, on panels that it draws itself.", ""},
        commandListHeading = "%nStudies:%n",
        footer = {"", "Example:", "  rowwise study rate --largest 200 --draws 1"})
final class StudyCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "name a study: " + String.join(", ", spec.subcommands().keySet()));
    }
}
