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
        header = {"Writes the panel to a file that is read piece by piece, not into memory.", ""},
        description = {
            "The other commands take the panel file in place of the table. They read it piece by piece, so it may be"
                    + " larger than memory, and faster than the table. The results are the same.",
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
            description = EstimatorOptions.ThreadsConverter.DESCRIPTION)
    private @Nullable Integer threads;

    @Option(names = "--quiet", description = "Print no summary.")
    private boolean quiet;

    @Option(names = "--verbose", description = "Print the stack trace of a failure.")
    private boolean verbose;

    PackCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        OutputFile file =
                OutputFile.check("--output", output, inputOptions.input(), List.of(OutputFile.Format.ROWWISE));
        PanelSource source = inputOptions.source();
        OutputFile missingCells = inputOptions.missingCellsFile();
        AtomicReference<PanelInput> packed = new AtomicReference<>();
        new Progress(terminal, !quiet).during("packing " + inputOptions.name(), () -> {
            file.write(part -> packed.set(pack(source, part, missingCells)));
            return 0;
        });
        if (!quiet) {
            terminal.out().print(PackSummary.of(Objects.requireNonNull(packed.get()), output));
        }
        return ExitCode.OK;
    }

    private PanelInput pack(PanelSource source, Path part, @Nullable OutputFile missingCells) {
        int used = threads == null ? 0 : threads;
        return missingCells == null
                ? PanelReader.pack(source, used, part, null)
                : MissingCellFiles.write(
                        missingCells, inputOptions.textCells(), sink -> PanelReader.pack(source, used, part, sink));
    }

    @Override
    public boolean isVerbose() {
        return verbose;
    }
}
