package io.github.rowwise.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Names that options had before 0.1.0. They still work; help and completion do not show them. */
final class OldNames {

    private static final Map<String, String> OLD_BY_NEW =
            Map.of("--confidence-level", "--level", "--baseline", "--level", "--missing-cells", "--left-out");

    private OldNames() {}

    /** Adds the old names to a command and its subcommands. */
    static CommandLine add(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        OLD_BY_NEW.forEach((name, old) -> {
            OptionSpec option = spec.findOption(name);
            if (option != null) {
                spec.addOption(
                        OptionSpec.builder(option).names(old).hidden(true).build());
            }
        });
        command.getSubcommands().values().forEach(OldNames::add);
        return command;
    }
}
