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
            if (spec.findOption(name) != null) {
                spec.addOption(hidden(old, name));
            }
        });
        command.getSubcommands().values().forEach(OldNames::add);
        return command;
    }

    /** The parser meets the new name in place of the old one. A second name of the same option would show in the help. */
    private static OptionSpec hidden(String old, String name) {
        return OptionSpec.builder(old)
                .type(String.class)
                .arity("1")
                .hidden(true)
                .preprocessor((arguments, command, option, info) -> {
                    arguments.push(name);
                    return true;
                })
                .build();
    }
}
