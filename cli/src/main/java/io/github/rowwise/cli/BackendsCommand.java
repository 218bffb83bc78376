package io.github.rowwise.cli;

import io.github.rowwise.cli.output.TextTable;
import io.github.rowwise.linalg.BackendReport;
import io.github.rowwise.linalg.Backends;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code rowwise backends}. */
@Command(
        name = "backends",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        header = {"Lists the linear-algebra backends that are there, and whether each works here.", ""},
        footer = {
            "",
            "The first usable one is taken, unless --backend, the environment variable",
            "ROWWISE_BACKEND or the system property rowwise.backend names another.",
            "",
            "Example:",
            "  rowwise backends"
        })
final class BackendsCommand implements Callable<Integer> {

    static final String ND4J = "nd4j";
    static final String ND4J_STEP =
            "nd4j, native and large, takes part once it has been built: mvn -q -DskipTests -pl backend-nd4j -am package";

    private final Terminal terminal;

    BackendsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<BackendReport> reports = Backends.report();
        TextTable table = new TextTable("name", "version", "priority", "usable", "jar");
        List<String> details = new ArrayList<>();
        for (BackendReport report : reports) {
            String origin =
                    report.origin().isEmpty() ? "" : Path.of(report.origin()).getFileName() + "";
            table.add(
                    report.name(),
                    report.version(),
                    Integer.toString(report.priority()),
                    report.usable() ? "yes" : "no",
                    origin);
            details.add(report.name() + ": " + report.detail());
        }
        terminal.out().print(table);
        terminal.out().println();
        details.forEach(terminal.out()::println);
        if (reports.stream().noneMatch(report -> report.name().equals(ND4J))) {
            terminal.out().println(ND4J_STEP);
        }
        return ExitCode.OK;
    }
}
