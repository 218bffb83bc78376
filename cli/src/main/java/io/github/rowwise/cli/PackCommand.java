package io.github.rowwise.cli;

import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.input.panel.PanelReader;
import io.github.rowwise.cli.output.OutputFile;
import io.github.rowwise.cli.output.summary.PackSummary;
import io.github.rowwise.cli.output.table.MissingCellFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rowwise pack}. */
@Command(
        name = "pack",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        sortOptions = false,
        header = {"Writes the panel to a file that needs no memory to be estimated from.", ""},
        description = {
            "The other commands take the panel file in place of the table. They read it piece by piece, so that it may be"
                    + " larger than memory, and sooner than the table. The same numbers come out.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  rowwise pack sales.parquet --unit store --time day --outcome sales \\",
            "      --treatment promotion --storage float --output sales.rowwise",
            "  rowwise estimate sales.rowwise --output effects.parquet"
        })
@SuppressWarnings("NullAway.Init") // picocli sets what is required
final class PackCommand implements Callable<Integer>, Failures.Verbose {

    private final Terminal terminal;

    @Mixin
    private InputOptions inputOptions;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            required = true,
            description = "The panel file, which ends in .rowwise.")
    private Path output;

    @Option(
            names = "--threads",
            paramLabel = "N",
            converter = EstimatorOptions.ThreadsConverter.class,
            description = "Number of threads; changes the time and nothing else. Default: one a core.")
    private @Nullable Integer threads;

    @Option(names = "--quiet", description = "Print no summary.")
    private boolean quiet;

    @Option(names = "--verbose", description = "Tell more of a failure.")
    private boolean verbose;

    PackCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        OutputFile file =
                OutputFile.check("--output", output, inputOptions.input(), List.of(OutputFile.Format.ROWWISE));
        PanelSource source = inputOptions.source();
        OutputFile leftOut = inputOptions.leftOutFile();
        AtomicReference<PanelInput> packed = new AtomicReference<>();
        new Progress(terminal, !quiet).during("packing " + inputOptions.name(), () -> {
            file.write(part -> packed.set(pack(source, part, leftOut)));
            return 0;
        });
        if (!quiet) {
            terminal.out().print(PackSummary.of(Objects.requireNonNull(packed.get()), output));
        }
        return ExitCode.OK;
    }

    private PanelInput pack(PanelSource source, Path part, @Nullable OutputFile leftOut) {
        int used = threads == null ? 0 : threads;
        return leftOut == null
                ? PanelReader.pack(source, used, part, null)
                : MissingCellFiles.write(leftOut, sink -> PanelReader.pack(source, used, part, sink));
    }

    @Override
    public boolean isVerbose() {
        return verbose;
    }
}
