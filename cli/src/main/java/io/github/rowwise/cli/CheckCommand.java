package io.github.rowwise.cli;

import io.github.rowwise.NotIdentifiedException;
import io.github.rowwise.cli.estimation.EstimatorRun;
import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.JsonFile;
import io.github.rowwise.cli.output.OutputFile;
import io.github.rowwise.cli.output.summary.CheckSummary;
import io.github.rowwise.cli.value.NumberParser;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.evaluation.PanelCheck;
import io.github.rowwise.evaluation.PanelChecks;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.tables.OptionText;
import io.github.rowwise.tables.json.CheckDocument;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code rowwise check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        sortOptions = false,
        header = {"Checks whether the effects on your panel can be believed.", ""},
        description = {
            "Hides outcomes whose value is known, predicts them from the rest, and compares: before treatment starts"
                    + " (placebo, anticipation), after it ends (carry-over), and under pretended treatments with planted"
                    + " effects (intervals). Compares the effects with those of other methods. Gives a verdict for each check"
                    + " and one in all, and says what to leave out or to widen.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  rowwise check sales.csv --unit store --time week --outcome sales \\",
            "      --treatment promotion",
            "  rowwise check sales.csv --unit store --time week --outcome sales \\",
            "      --treatment promotion --washout 2 --output checks.json",
            "",
            "Exit code: 0 also if a check fails; the verdict is in the summary and the JSON."
        })
final class CheckCommand implements Callable<Integer>, Failures.Verbose {

    private static final List<OutputFile.Format> FORMATS = List.of(OutputFile.Format.JSON);

    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private InputOptions inputOptions;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private EstimatorOptions estimatorOptions;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private LeftOutOptions leftOutOptions;

    @Option(
            names = "--confidence-level",
            paramLabel = "P",
            defaultValue = "0.95",
            converter = EstimateCommand.LevelConverter.class,
            description = OptionText.CONFIDENCE_LEVEL + " (default: ${DEFAULT-VALUE}).")
    private double confidenceLevel;

    @Option(
            names = "--horizons",
            paramLabel = "PERIODS",
            defaultValue = "3",
            converter = HorizonsConverter.class,
            description =
                    "Control periods to hide before each start of treatment and after each end (default: ${DEFAULT-VALUE}).")
    private int horizons;

    @Option(
            names = "--bound",
            paramLabel = "SD",
            defaultValue = "0.36",
            converter = BoundConverter.class,
            description =
                    "Gap that would not matter, in standard deviations of what unit and period effects leave of control"
                            + " outcomes (default: ${DEFAULT-VALUE}).")
    private double bound;

    @Option(
            names = "--draws",
            paramLabel = "N",
            defaultValue = "10",
            converter = StudyRateCommand.DrawsConverter.class,
            description = "Panels with pretended treatments; each is fitted (default: ${DEFAULT-VALUE}).")
    private int draws;

    @Option(names = "--output", paramLabel = "FILE", description = "All checks as a .json file.")
    private @Nullable Path output;

    @Option(names = "--quiet", description = "Print no summary.")
    private boolean quiet;

    @Option(names = "--verbose", description = "Print the stack trace of a failure.")
    private boolean verbose;

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        OutputFile file = output == null ? null : OutputFile.check("--output", output, inputOptions.input(), FORMATS);
        PanelCheck check = estimatorOptions
                .check(confidenceLevel)
                .withHorizons(horizons)
                .withBound(bound)
                .withDraws(draws);
        EstimatorRun.Fit method = estimatorOptions.fit(confidenceLevel);
        Progress progress = new Progress(terminal, !quiet);
        try (PanelInput input = inputOptions.read(progress, estimatorOptions.threads())) {
            estimatorOptions.check(input.panel());
            Panel panel = leftOutOptions.apply(input.panel());
            estimatorOptions.checkCheckable(panel);
            long start = System.nanoTime();
            PanelChecks checks = progress.during("fitting", () -> {
                try {
                    UnitEffects effects = method.of(panel, new FitWatch(progress, "fitting", false));
                    return check.run(effects, progress::rename);
                } catch (NotIdentifiedException e) {
                    throw new NotIdentifiedException(
                            inputOptions.name() + ": no effect can be estimated: " + e.getMessage());
                }
            });
            double seconds = (System.nanoTime() - start) / 1e9;
            if (file != null) {
                file.write(part -> JsonFile.write(part, CheckDocument.of(checks)));
            }
            if (!quiet) {
                terminal.out().print(CheckSummary.of(checks, input, seconds, terminal.columns()));
            }
        }
        return ExitCode.OK;
    }

    @Override
    public boolean isVerbose() {
        return verbose;
    }

    static final class HorizonsConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return Math.toIntExact(NumberParser.whole(text, 1, 100));
        }
    }

    static final class BoundConverter implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            double value = NumberParser.decimal(text);
            if (!(value > 0)) {
                throw new TypeConversionException("'" + text + "' is not above 0");
            }
            return value;
        }
    }
}
