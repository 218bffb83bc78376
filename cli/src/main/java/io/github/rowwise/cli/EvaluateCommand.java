package io.github.rowwise.cli;

import io.github.rowwise.NotIdentifiedException;
import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.OutputFile;
import io.github.rowwise.cli.output.summary.EvaluationSummary;
import io.github.rowwise.cli.output.table.EvaluationFiles;
import io.github.rowwise.evaluation.Evaluation;
import io.github.rowwise.evaluation.PanelEvaluation;
import io.github.rowwise.tables.OptionText;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rowwise evaluate}. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        sortOptions = false,
        header = {"Tests the method on panels like yours whose true effects are known.", ""},
        description = {
            "Keeps the panel's own assignment and missing cells, draws outcomes with known effects from the factor model"
                    + " fitted to it, estimates the effects with the method and options given, and compares the accuracy"
                    + " of the estimates with the spectral method, the difference of means and two-way fixed effects.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  rowwise evaluate sales.csv --unit store --time week --outcome sales \\",
            "      --treatment promotion --draws 5"
        })
final class EvaluateCommand implements Callable<Integer>, Failures.Verbose {

    private static final List<OutputFile.Format> FORMATS = List.of(OutputFile.Format.CSV, OutputFile.Format.JSON);

    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private InputOptions inputOptions;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private EstimatorOptions estimatorOptions;

    @Option(
            names = "--confidence-level",
            paramLabel = "P",
            defaultValue = "0.95",
            converter = EstimateCommand.LevelConverter.class,
            description = OptionText.CONFIDENCE_LEVEL + " (default: ${DEFAULT-VALUE}).")
    private double confidenceLevel;

    @Option(
            names = "--draws",
            paramLabel = "N",
            defaultValue = "20",
            converter = StudyRateCommand.DrawsConverter.class,
            description = "Panels to draw; each is fitted by every method (default: ${DEFAULT-VALUE}).")
    private int draws;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Table of accuracies, one row per method: .csv or .json by the ending.")
    private @Nullable Path output;

    @Option(names = "--quiet", description = "Print no summary.")
    private boolean quiet;

    @Option(names = "--verbose", description = "Print the stack trace of a failure.")
    private boolean verbose;

    EvaluateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        OutputFile file = output == null ? null : OutputFile.check("--output", output, inputOptions.input(), FORMATS);
        PanelEvaluation evaluation = estimatorOptions.evaluation(confidenceLevel, draws);
        Progress progress = new Progress(terminal, !quiet);
        try (PanelInput input = inputOptions.read(progress, estimatorOptions.threads())) {
            estimatorOptions.check(input.panel());
            long start = System.nanoTime();
            Evaluation result = progress.during("fitting the model to draw from", () -> {
                try {
                    return evaluation.run(input.panel(), draw -> {
                        progress.rename("drawing and fitting, draw " + draw + " of " + draws);
                        progress.reached(draw / (draws + 1.0));
                    });
                } catch (NotIdentifiedException e) {
                    throw new NotIdentifiedException(
                            inputOptions.name() + ": no effect can be estimated: " + e.getMessage());
                }
            });
            double seconds = (System.nanoTime() - start) / 1e9;
            if (file != null) {
                EvaluationFiles.write(file, result, inputOptions.textCells());
            }
            if (!quiet) {
                terminal.out().print(EvaluationSummary.of(result, input, seconds));
            }
        }
        return ExitCode.OK;
    }

    @Override
    public boolean isVerbose() {
        return verbose;
    }
}
