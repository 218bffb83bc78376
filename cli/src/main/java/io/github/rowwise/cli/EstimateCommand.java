package io.github.rowwise.cli;

import io.github.rowwise.FitListener;
import io.github.rowwise.NotIdentifiedException;
import io.github.rowwise.cli.columns.AverageOptions;
import io.github.rowwise.cli.columns.TotalOptions;
import io.github.rowwise.cli.estimation.EstimatorRun;
import io.github.rowwise.cli.figure.FigureFiles;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.Diagnosis;
import io.github.rowwise.cli.output.OutputFile;
import io.github.rowwise.cli.output.ShownTotals;
import io.github.rowwise.cli.output.summary.EffectsSummary;
import io.github.rowwise.cli.output.table.CellFiles;
import io.github.rowwise.cli.output.table.EffectFiles;
import io.github.rowwise.cli.report.ReportFile;
import io.github.rowwise.cli.value.NumberParser;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.evaluation.CoverageCheck;
import io.github.rowwise.evaluation.PanelCheck;
import io.github.rowwise.evaluation.PanelChecks;
import io.github.rowwise.evaluation.PanelEvaluation;
import io.github.rowwise.evaluation.Verdict;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.Warning;
import io.github.rowwise.tables.AddedColumns;
import io.github.rowwise.tables.EstimatorChoice;
import io.github.rowwise.tables.OptionText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code rowwise estimate}. */
@Command(
        name = "estimate",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        sortOptions = false,
        header = {"Estimates the effect on every unit, writes the table and prints a summary.", ""},
        footer = {
            "",
            "Examples:",
            "  rowwise estimate sales.csv --unit store --time week --outcome sales \\",
            "      --treatment promotion --output effects.csv --report report.html",
            "  rowwise estimate trial.parquet --treatment drug --control placebo \\",
            "      --output effects.json",
            "  rowwise estimate sales.csv.gz --where \"region = 'north'\" --output - | head",
            "  rowwise estimate sales.csv --unit store --time week --outcome sales \\",
            "      --treatment promotion --weights population --group region \\",
            "      --average-over \"region = 'north' AND week >= 10\"",
            "  rowwise estimate sales.csv @sales.options",
            "",
            "@FILE stands for the options in a file, on any number of lines. # begins a",
            "comment; a value with spaces or # has quotes around it."
        })
final class EstimateCommand implements Callable<Integer>, Failures.Verbose {

    private static final List<OutputFile.Format> FORMATS =
            List.of(OutputFile.Format.CSV, OutputFile.Format.PARQUET, OutputFile.Format.ARROW, OutputFile.Format.JSON);

    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private InputOptions inputOptions;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private EstimatorOptions estimatorOptions;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private AverageOptions averageOptions;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private TotalOptions totalOptions;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private LeftOutOptions leftOutOptions;

    @Option(
            names = "--confidence-level",
            paramLabel = "P",
            defaultValue = "0.95",
            converter = LevelConverter.class,
            description = OptionText.CONFIDENCE_LEVEL + " (default: ${DEFAULT-VALUE}).")
    private double confidenceLevel;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description =
                    "Table of effects, one row per unit: CSV, Parquet, Arrow or JSON by the ending (.csv, .parquet, .arrow,"
                            + " .json); - for CSV on standard output. Without it only the summary is printed.")
    private @Nullable Path output;

    @Option(
            names = "--cells",
            paramLabel = "FILE",
            description =
                    "Table of cells, one row per unit and period: the observed outcome, the completed outcome in each"
                            + " arm, and the effect; .csv, .parquet or .arrow.")
    private @Nullable Path cells;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description =
                    "Report for a browser: the result in words, charts and a table to search, in one .html file that"
                            + " needs nothing else.")
    private @Nullable Path report;

    @Option(
            names = "--figures",
            paramLabel = "DIR",
            description = "Write the report's charts to this folder, each as .svg and as .png.")
    private @Nullable Path figures;

    @Option(
            names = "--self-test",
            paramLabel = "DRAWS",
            converter = StudyRateCommand.DrawsConverter.class,
            description =
                    "Also run rowwise evaluate with this number of draws: the accuracy of the method on panels like this"
                            + " one with known effects; in summary, report and JSON.")
    private @Nullable Integer selfTest;

    @Option(
            names = "--check",
            description =
                    "Also run rowwise check with its defaults: whether the effects can be believed, by outcomes that the"
                            + " fit does not see; in summary, report and JSON.")
    private boolean check;

    @Option(
            names = "--calibrate",
            description =
                    "Widen all intervals by the factor that rowwise check finds for pretended treatments; the result says"
                            + " so. Implies --check.")
    private boolean calibrate;

    @Option(
            names = "--predict",
            description =
                    "Add columns predicted_ate...: the factor model's prediction for a unit that lacks an arm, from its"
                            + " other outcomes and from the other units. A prediction, not an estimate.")
    private boolean predict;

    @Option(names = "--checkpoint", paramLabel = "FILE", description = OptionText.CHECKPOINT + ".")
    private @Nullable Path checkpoint;

    private int pictures;

    @Option(names = "--quiet", description = "Print no summary.")
    private boolean quiet;

    @Option(
            names = "--verbose",
            description = "Print each pass of the fit to standard error, and the stack trace of a failure.")
    private boolean verbose;

    @SuppressWarnings("NullAway.Init") // set before the first task
    private Progress progress;

    EstimateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        boolean toStandardOutput = output != null && output.toString().equals("-");
        OutputFile file = output == null || toStandardOutput
                ? null
                : OutputFile.check("--output", output, inputOptions.input(), FORMATS);
        OutputFile cellFile =
                cells == null ? null : OutputFile.check("--cells", cells, inputOptions.input(), CellFiles.FORMATS);
        OutputFile reportFile =
                report == null ? null : OutputFile.check("--report", report, inputOptions.input(), ReportFile.FORMATS);
        rejectSame("--output", file, "--cells", cellFile);
        rejectSame("--output", file, "--report", reportFile);
        rejectSame("--cells", cellFile, "--report", reportFile);
        if (predict) {
            estimatorOptions.checkPredicts();
        }
        Path folder = figures;
        if (folder != null) {
            FigureFiles.check("--figures", folder);
        }
        checkCheckpoint();
        averageOptions.check(inputOptions.source());
        totalOptions.check(inputOptions.source());
        if (averageOptions.hasAttributes()) {
            estimatorOptions.checkTakesAttributes();
        }
        EstimatorRun.Fit method = estimatorOptions.fit(confidenceLevel, cells != null, checkpoint, this::resumed);
        EstimatorRun.Fit spectral = estimatorOptions.accompanyingSpectral(confidenceLevel);
        progress = new Progress(terminal, !quiet);
        try (PanelInput input = inputOptions.read(
                progress,
                estimatorOptions.threads(),
                Stream.concat(averageOptions.columns().stream(), totalOptions.columns().stream())
                        .toList(),
                averageOptions.conditions())) {
            estimatorOptions.check(input.panel());
            averageOptions.check(input);
            estimatorOptions.useAttributes(averageOptions.attributes(input));
            Panel panel = leftOutOptions.apply(input.panel());
            totalOptions.check(input, panel);
            if (check || calibrate) {
                estimatorOptions.checkCheckable(panel);
            }
            if (cellFile != null) {
                CellFiles.check(input.panel());
            }
            tell(() -> "read " + input.panel().observedCells() + " outcomes in " + input.seconds() + " s");
            long start = System.nanoTime();
            UnitEffects fitted =
                    progress.during("fitting", () -> fit(data -> method.of(data, watch("fitting")), panel));
            double seconds = (System.nanoTime() - start) / 1e9;
            tell(() -> "fitted in " + seconds + " s by " + fitted.provenance().method() + ", "
                    + fitted.provenance().options()
                    + ", backend " + fitted.provenance().backend() + " "
                    + fitted.provenance().backendVersion()
                    + ", data hash " + fitted.provenance().dataHash());
            // The spectral method and the tests of the panel take as long as a fit: only if somebody sees them.
            boolean isShown = !quiet
                    || reportFile != null
                    || figures != null
                    || (file != null && file.format() == OutputFile.Format.JSON);
            PanelChecks checks = calibrate || (check && isShown) ? check(fitted) : null;
            UnitEffects effects = calibrate ? calibrated(fitted, checks) : fitted;
            ShownTotals totals = progress.during("summing", () -> totals(effects, input));
            AddedColumns added = new AddedColumns(predict, totals == null ? null : totals.totals());
            Diagnosis diagnosis =
                    isShown ? diagnose(effects, spectral, input, checks).withTotals(totals) : null;
            if (cellFile != null) {
                progress.during("writing " + Quoted.plain(String.valueOf(cells)), () -> {
                    CellFiles.write(cellFile, effects, inputOptions.textCells(), estimatorOptions.threads());
                    return 0;
                });
            }
            if (reportFile != null && diagnosis != null) {
                progress.during("writing " + Quoted.plain(String.valueOf(report)), () -> {
                    ReportFile.write(reportFile, effects, diagnosis, input, added);
                    return 0;
                });
            }
            if (folder != null && diagnosis != null) {
                pictures = progress.during(
                        "drawing", () -> FigureFiles.write("--figures", folder, effects, diagnosis, input));
            }
            if (file != null) {
                EffectFiles.write(
                        file,
                        effects,
                        diagnosis,
                        input,
                        seconds,
                        added,
                        inputOptions.textCells(),
                        estimatorOptions.threads());
            } else if (toStandardOutput) {
                EffectFiles.writeCsv(
                        terminal.out(), effects, added, inputOptions.textCells(), estimatorOptions.threads());
            }
            if (!quiet && diagnosis != null) {
                PrintStream summary = toStandardOutput ? terminal.err() : terminal.out();
                summary.print(
                        EffectsSummary.of(effects, diagnosis, input, seconds, written(effects), terminal.columns()));
                summary.flush();
            }
        }
        // A table that did not arrive is written again from the checkpoint.
        if (!terminal.out().checkError()) {
            deleteCheckpoint();
        }
        return ExitCode.OK;
    }

    private FitListener watch(String work) {
        return new FitWatch(progress, work, verbose);
    }

    private PanelChecks check(UnitEffects fitted) {
        PanelCheck made = estimatorOptions.check(confidenceLevel);
        return progress.during("checking", () -> {
            try {
                return made.run(fitted, progress::rename);
            } catch (NotIdentifiedException e) {
                throw notIdentified(String.valueOf(e.getMessage()));
            }
        });
    }

    private static UnitEffects calibrated(UnitEffects fitted, @Nullable PanelChecks checks) {
        CoverageCheck coverage = Objects.requireNonNull(checks).pretendedAdoption();
        if (coverage.verdict() == Verdict.NOT_MADE) {
            throw new UserInputException("--calibrate: " + coverage.conclusion() + "; leave the option out");
        }
        return fitted.widened(coverage.widening());
    }

    private @Nullable ShownTotals totals(UnitEffects effects, PanelInput input) {
        return totalOptions.isAsked()
                ? totalOptions.compute(
                        effects, input, averageOptions.decidingGroups(effects, input), estimatorOptions.threads())
                : null;
    }

    private Diagnosis diagnose(
            UnitEffects effects, EstimatorRun.@Nullable Fit spectral, PanelInput input, @Nullable PanelChecks checks) {
        UnitEffects other = spectral == null
                ? null
                : progress.during(
                        "fitting the spectral method",
                        () -> spectral.of(effects.panel(), watch("fitting the spectral method")));
        Diagnosis diagnosis = progress.during(
                "checking",
                () -> Diagnosis.of(effects, other, estimatorOptions.algebra(), estimatorOptions.seed())
                        .withChecks(checks)
                        .withAverages(averageOptions.compute(effects, other, input, estimatorOptions.threads())));
        Integer draws = selfTest;
        if (draws == null) {
            return diagnosis;
        }
        PanelEvaluation evaluation = estimatorOptions.evaluation(confidenceLevel, draws);
        return diagnosis.withSelfTest(progress.during(
                "self-test",
                () -> evaluation.run(effects.panel(), draw -> {
                    progress.rename("self-test, draw " + draw + " of " + draws);
                    progress.reached(draw / (draws + 1.0));
                })));
    }

    private void checkCheckpoint() {
        Path file = checkpoint;
        if (file == null) {
            return;
        }
        estimatorOptions.checkKeepsCheckpoints();
        OutputFile.checkPlace("--checkpoint", file, inputOptions.input());
        OutputFile.deleteLeftovers(file);
        if (output != null && OutputFile.isSame(file, output)) {
            throw new UserInputException("--output and --checkpoint name the same file; name two");
        }
        if (cells != null && OutputFile.isSame(file, cells)) {
            throw new UserInputException("--cells and --checkpoint name the same file; name two");
        }
        if (report != null && OutputFile.isSame(file, report)) {
            throw new UserInputException("--report and --checkpoint name the same file; name two");
        }
    }

    private void resumed(int iterations) {
        progress.say("resumes after iteration " + iterations + ", from " + Quoted.line(String.valueOf(checkpoint)));
    }

    private void deleteCheckpoint() {
        if (checkpoint == null) {
            return;
        }
        try {
            Files.deleteIfExists(checkpoint);
        } catch (IOException e) {
            terminal.err()
                    .println("rowwise: " + Quoted.line(checkpoint.toString())
                            + ": of no more use, but not deleted; delete it");
        }
    }

    private static void rejectSame(String one, @Nullable OutputFile first, String other, @Nullable OutputFile second) {
        if (first != null && second != null && first.isSame(second)) {
            throw new UserInputException(one + " and " + other + " name the same file; name two");
        }
    }

    private UnitEffects fit(Function<Panel, UnitEffects> method, Panel panel) {
        UnitEffects effects;
        try {
            effects = method.apply(panel);
        } catch (NotIdentifiedException e) {
            throw notIdentified(String.valueOf(e.getMessage()));
        }
        if (effects.effects().stream().noneMatch(unit -> unit.ate().isAvailable())) {
            throw notIdentified(
                    effects.warnings().stream().map(Warning::message).collect(Collectors.joining("; ")));
        }
        return effects;
    }

    private NotIdentifiedException notIdentified(String reason) {
        return new NotIdentifiedException(inputOptions.name() + ": no effect can be estimated: " + reason);
    }

    private List<String> written(UnitEffects effects) {
        List<String> written = new ArrayList<>();
        if (output != null) {
            written.add((output.toString().equals("-") ? "standard output" : Quoted.line(output.toString())) + ", "
                    + effects.effects().size() + " rows");
            if (predict) {
                written.add("with predictions, which are no estimates, for "
                        + effects.predictions().size() + " rows without an estimate");
            }
        }
        if (cells != null) {
            written.add(Quoted.line(cells.toString()) + ", "
                    + (long) effects.panel().units() * effects.panel().periods() + " rows, one per cell");
        }
        if (figures != null) {
            written.add(Quoted.line(figures.toString()) + ", " + pictures + " pictures, each as .svg and .png");
        }
        if (report != null) {
            written.add(Quoted.line(report.toString()) + ", a report to open in a browser");
        }
        return written.isEmpty()
                ? List.of("no file: --output effects.csv writes the table (.parquet, .json)")
                : written;
    }

    private void tell(Supplier<String> what) {
        if (verbose) {
            progress.say(what.get());
        }
    }

    @Override
    public boolean isVerbose() {
        return verbose;
    }

    static final class LevelConverter implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            try {
                return EstimatorChoice.confidenceLevel(NumberParser.decimal(text));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
