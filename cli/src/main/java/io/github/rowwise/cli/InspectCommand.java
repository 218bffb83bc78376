package io.github.rowwise.cli;

import io.github.rowwise.PanelDiagnostics;
import io.github.rowwise.RowScaledSpectralEstimator;
import io.github.rowwise.Spectrum;
import io.github.rowwise.cli.input.PanelInput;
import io.github.rowwise.cli.input.PanelReader;
import io.github.rowwise.cli.input.Shown;
import io.github.rowwise.cli.output.Inspection;
import java.util.List;
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
        header = {"Shows the panel before any fit: shape, gaps, pattern, propensities, grades, spectrum.", ""},
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

    @Option(names = "--verbose", description = "Tell more of a failure.")
    private boolean verbose;

    InspectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        RowScaledSpectralEstimator estimator = estimatorOptions.spectral();
        Progress progress = new Progress(terminal, true);
        PanelInput input = progress.during(
                "reading " + Shown.plain(inputOptions.input().toString()),
                () -> PanelReader.read(inputOptions.source(), estimatorOptions.threads()));
        estimatorOptions.check(input.panel());
        List<Spectrum> spectra = progress.during("finding the spectrum", () -> estimator.spectra(input.panel()));
        terminal.out().print(Inspection.of(input, PanelDiagnostics.of(input.panel()), spectra));
        return ExitCode.OK;
    }

    @Override
    public boolean isVerbose() {
        return verbose;
    }
}
