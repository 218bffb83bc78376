package io.github.rowwise.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/** The commands of the program by name, in the order of its help. */
final class Commands {

    private static final Map<String, Function<Terminal, Object>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("estimate", EstimateCommand::new);
        ALL.put("inspect", InspectCommand::new);
        ALL.put("check", CheckCommand::new);
        ALL.put("evaluate", EvaluateCommand::new);
        ALL.put("target", TargetCommand::new);
        ALL.put("pack", PackCommand::new);
        ALL.put("study", terminal -> new CommandLine(new StudyCommand()).addSubcommand(new StudyRateCommand(terminal)));
        ALL.put("simulate", SimulateCommand::new);
        ALL.put("backends", BackendsCommand::new);
        ALL.put("completion", CompletionCommand::new);
    }

    private Commands() {}

    /**
     * Adds a command to the program.
     *
     * @param name its name; for any other text, all commands are added, and for {@code completion} too, which describes them
     */
    static void add(CommandLine program, Terminal terminal, String name) {
        Function<Terminal, Object> only = name.equals("completion") ? null : ALL.get(name);
        if (only == null) {
            ALL.values().forEach(make -> program.addSubcommand(make.apply(terminal)));
        } else {
            program.addSubcommand(only.apply(terminal));
        }
    }
}
