package io.github.rowwise.cli;

import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.summary.Inspection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rowwise inspect}. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        sortOptions = false,
        header = {"Shows the panel: shape, missing cells, pattern, propensities over time, grades, spectrum.", ""},
        footer = {
            "",
            "Examples:",
            "  rowwise inspect sales.csv --unit store --time week --outcome sales \\",
            "      --treatment promotion",
            "  rowwise inspect trial.parquet --treatment drug --control placebo"
        })
final class InspectCommand implements Callable<Integer>, Failures.Verbose {

    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private InputOptions inputOptions;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private EstimatorOptions estimatorOptions;

    @Option(names = "--verbose", description = "Print the stack trace of a failure.")
    private boolean verbose;

    InspectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        SpectralEstimator estimator = estimatorOptions.spectral();
        Progress progress = new Progress(terminal, true);
        try (PanelInput input = inputOptions.read(progress, estimatorOptions.threads())) {
            estimatorOptions.check(input.panel());
            terminal.out()
                    .print(progress.during(
                            "finding the spectrum",
                            () -> Inspection.of(
                                    input,
                                    estimator,
                                    estimatorOptions.algebra(),
                                    estimatorOptions.seed(),
                                    terminal.columns())));
        }
        return ExitCode.OK;
    }

    @Override
    public boolean isVerbose() {
        return verbose;
    }
}
