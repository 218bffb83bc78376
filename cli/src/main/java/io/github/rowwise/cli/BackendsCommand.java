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
    private final Terminal terminal;

    BackendsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Describes how to add the native backend; the launcher sets whether this is an archive or a clone. */
    static String nd4jStep() {
        return ND4J + ", native and large, takes part once "
                + (Boolean.getBoolean("rowwise.archive")
                        ? "the archive of this version that ends in -native is unpacked over it"
                        : "it has been built: mvn -q -DskipTests -pl backend-nd4j -am package");
    }

    /** Returns the jar's name, or the end of the path of a folder. */
    private static String origin(String origin) {
        if (origin.isEmpty() || origin.endsWith(".jar")) {
            return origin.substring(origin.lastIndexOf('/') + 1);
        }
        Path path = Path.of(origin);
        return path.subpath(Math.max(0, path.getNameCount() - 3), path.getNameCount())
                .toString();
    }

    @Override
    public Integer call() {
        List<BackendReport> reports = Backends.report();
        TextTable table = new TextTable("name", "version", "priority", "usable", "jar");
        List<String> details = new ArrayList<>();
        for (BackendReport report : reports) {
            table.add(
                    report.name(),
                    report.version(),
                    Integer.toString(report.priority()),
                    report.usable() ? "yes" : "no",
                    origin(report.origin()));
            details.add(report.name() + ": " + report.detail());
        }
        terminal.out().print(table);
        terminal.out().println();
        details.forEach(terminal.out()::println);
        if (reports.stream().noneMatch(report -> report.name().equals(ND4J))) {
            terminal.out().println(nd4jStep());
        }
        return ExitCode.OK;
    }
}
