package io.github.rowwise.cli;

import io.github.rowwise.NotIdentifiedException;
import io.github.rowwise.cli.estimation.EstimatorRun;
import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.OutputFile;
import io.github.rowwise.cli.output.Warnings;
import io.github.rowwise.cli.output.summary.TargetSummary;
import io.github.rowwise.cli.output.table.TargetFiles;
import io.github.rowwise.diagnostics.FitDiagnostics;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.Warning;
import io.github.rowwise.tables.OptionText;
import io.github.rowwise.targeting.RankingArea;
import io.github.rowwise.targeting.RankingTest;
import io.github.rowwise.targeting.TargetPlan;
import io.github.rowwise.targeting.Targeting;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rowwise target}. */
@Command(
        name = "target",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        sortOptions = false,
        header = {"Chooses which units to treat next.", ""},
        description = {
            "Orders units by their expected gain net of cost, chooses as many as the budget allows, and says what they gain in"
                    + " all, with an interval that holds after the choice. Tests within the panel whether the order is worth"
                    + " anything, where treatment switches on and off.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  rowwise target sales.csv --unit store --time week --outcome sales \\",
            "      --treatment promotion --budget 20 --output targets.csv",
            "  rowwise target sales.csv --unit store --time week --outcome sales \\",
            "      --treatment promotion --cost cost --value 0.3 --budget 10000"
        })
final class TargetCommand implements Callable<Integer>, Failures.Verbose {

    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private InputOptions inputOptions;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private EstimatorOptions estimatorOptions;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private TargetOptions targetOptions;

    @Option(
            names = "--confidence-level",
            paramLabel = "P",
            defaultValue = "0.95",
            converter = EstimateCommand.LevelConverter.class,
            description = OptionText.CONFIDENCE_LEVEL + " (default: ${DEFAULT-VALUE}).")
    private double confidenceLevel;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Table of the candidates in their order: .csv or .parquet; or everything as .json.")
    private @Nullable Path output;

    @Option(names = "--quiet", description = "Print no summary.")
    private boolean quiet;

    @Option(names = "--verbose", description = "Print the stack trace of a failure.")
    private boolean verbose;

    TargetCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<OutputFile.Format> formats = TargetFiles.FORMATS;
        OutputFile file = output == null ? null : OutputFile.check("--output", output, inputOptions.input(), formats);
        estimatorOptions.checkHasPosterior();
        targetOptions.budget();
        PanelSource source = inputOptions.source();
        targetOptions.check(source);
        EstimatorRun.Fit method = estimatorOptions.fit(confidenceLevel);
        Progress progress = new Progress(terminal, !quiet);
        try (PanelInput input =
                inputOptions.read(progress, estimatorOptions.threads(), targetOptions.columns(), List.of())) {
            Panel panel = input.panel();
            estimatorOptions.check(panel);
            int arm = targetOptions.arm(panel);
            Targeting targeting = targetOptions.targeting(input, arm).withSeed(estimatorOptions.seed());
            Targeting chosen =
                    estimatorOptions.threads() > 0 ? targeting.withThreads(estimatorOptions.threads()) : targeting;
            RankingTest test = RankingTest.withDefaults()
                    .withEstimator(method::of)
                    .withArm(arm)
                    .withLessBetter(targetOptions.worth() < 0);
            long start = System.nanoTime();
            progress.during("fitting", () -> {
                TargetPlan plan = plan(method, panel, chosen, progress);
                RankingArea area = test.run(plan.effects(), progress::rename);
                List<Warning> warnings = Warnings.of(plan.effects(), FitDiagnostics.of(plan.effects()), input);
                double seconds = (System.nanoTime() - start) / 1e9;
                if (file != null) {
                    TargetFiles.write(file, plan, area, warnings, inputOptions.textCells());
                }
                if (!quiet) {
                    progress.rename("writing");
                    terminal.out().print(TargetSummary.of(plan, area, warnings, input, seconds, terminal.columns()));
                }
                return plan;
            });
        }
        return ExitCode.OK;
    }

    private TargetPlan plan(EstimatorRun.Fit method, Panel panel, Targeting targeting, Progress progress) {
        UnitEffects effects;
        try {
            effects = method.of(panel, new FitWatch(progress, "fitting", false));
        } catch (NotIdentifiedException e) {
            throw new NotIdentifiedException(inputOptions.name() + ": no effect can be estimated: " + e.getMessage());
        }
        progress.rename("choosing units");
        try {
            return targeting.plan(effects);
        } catch (IllegalArgumentException e) {
            throw new UserInputException(inputOptions.name() + ": " + e.getMessage() + targetOptions.remedy(), e);
        }
    }

    @Override
    public boolean isVerbose() {
        return verbose;
    }
}
