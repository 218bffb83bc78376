package io.github.rowwise.cli;

import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.cli.output.OutputFile;
import io.github.rowwise.cli.output.table.SimulationFiles;
import io.github.rowwise.cli.value.Choice;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.simulation.PanelSimulation;
import io.github.rowwise.simulation.SimulatedPanel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rowwise simulate}. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        sortOptions = false,
        header = {"Draws a panel whose true effects are known, to try the estimators on.", ""},
        footer = {
            "",
            "Example:",
            "  rowwise simulate --units 300 --periods 200 --assignment blocks \\",
            "      --output panel.csv --truth truth.csv",
            "  rowwise estimate panel.csv --output effects.csv"
        })
@SuppressWarnings("NullAway.Init") // picocli sets what has a default or is required
final class SimulateCommand implements Callable<Integer>, Failures.Verbose {

    private static final List<OutputFile.Format> FORMATS = List.of(OutputFile.Format.CSV, OutputFile.Format.PARQUET);

    private final Terminal terminal;

    @Option(
            names = "--units",
            paramLabel = "N",
            defaultValue = "200",
            description = "Units (default: ${DEFAULT-VALUE}).")
    private int units;

    @Option(
            names = "--periods",
            paramLabel = "M",
            defaultValue = "200",
            description = "Periods (default: ${DEFAULT-VALUE}).")
    private int periods;

    @Option(
            names = "--rank",
            paramLabel = "R",
            defaultValue = "3",
            description = "Factors behind the untreated outcomes (default: ${DEFAULT-VALUE}).")
    private int rank;

    @Option(
            names = "--noise",
            paramLabel = "SD",
            defaultValue = "0.5",
            description = "Standard deviation of the noise (default: ${DEFAULT-VALUE}).")
    private double noise;

    @Option(
            names = "--baseline",
            paramLabel = "MEAN",
            defaultValue = "3",
            description = "Mean of the untreated outcomes (default: ${DEFAULT-VALUE}).")
    private double baseline;

    @Option(
            names = "--effect",
            paramLabel = "MEAN",
            defaultValue = "1",
            description = "Average effect (default: ${DEFAULT-VALUE}).")
    private double effect;

    @Option(
            names = "--spread",
            paramLabel = "SD",
            defaultValue = "0.5",
            description = "How much effects vary between units and periods (default: ${DEFAULT-VALUE}).")
    private double spread;

    @Option(
            names = "--assignment",
            paramLabel = "HOW",
            defaultValue = "by-unit",
            converter = Assignments.class,
            completionCandidates = Assignments.class,
            description = "How treatment is assigned: by-unit, rare, by-period, confounded, blocks, staggered (default:"
                    + " ${DEFAULT-VALUE}).")
    private PanelSimulation.Assignment assignment;

    @Option(
            names = "--noise-form",
            paramLabel = "FORM",
            defaultValue = "iid",
            converter = NoiseForms.class,
            completionCandidates = NoiseForms.class,
            description = "How the noise is distributed: iid, unequal (between units), t3 (heavy tails), ar1"
                    + " (autoregressive) (default: ${DEFAULT-VALUE}).")
    private PanelSimulation.NoiseForm noiseForm;

    @Option(
            names = "--missing",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "Share of outcomes missing at random (default: ${DEFAULT-VALUE}).")
    private double missing;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            required = true,
            description = "The panel, one row per unit and period: .csv or .parquet.")
    private Path output;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description = "The true effects, one row per unit: .csv or .parquet.")
    private @Nullable Path truth;

    @Option(names = "--quiet", description = "Print nothing.")
    private boolean quiet;

    @Option(names = "--verbose", description = "Print the stack trace of a failure.")
    private boolean verbose;

    SimulateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        OutputFile panelFile = OutputFile.check("--output", output, null, FORMATS);
        OutputFile truthFile = truth == null ? null : OutputFile.check("--truth", truth, null, FORMATS);
        if (truth != null
                && truth.toAbsolutePath()
                        .normalize()
                        .equals(output.toAbsolutePath().normalize())) {
            throw new UserInputException("--output and --truth name the same file; name two");
        }
        Progress progress = new Progress(terminal, !quiet);
        SimulatedPanel simulated = progress.during("drawing", this::draw);
        progress.during("writing " + output, () -> {
            SimulationFiles.writePanel(panelFile, simulated);
            return 0;
        });
        if (truthFile != null) {
            SimulationFiles.writeTruth(truthFile, simulated);
        }
        if (!quiet) {
            terminal.out()
                    .println(output + ": " + units + " units x " + periods + " periods, assigned "
                            + assignment.label() + ", seed " + seed
                            + (truth == null ? "" : "; true effects in " + truth));
        }
        return ExitCode.OK;
    }

    private SimulatedPanel draw() {
        try {
            return PanelSimulation.withDefaults()
                    .withSize(units, periods)
                    .withRank(rank)
                    .withNoise(noise)
                    .withNoiseForm(noiseForm)
                    .withBaseline(baseline)
                    .withEffect(effect, spread)
                    .withMissing(missing)
                    .withAssignment(assignment)
                    .withSeed(seed)
                    .generate();
        } catch (InvalidPanelException e) {
            throw new UserInputException("no such panel was drawn: " + e.getMessage() + "; draw a larger one", e);
        } catch (IllegalArgumentException e) {
            throw new UserInputException("no such panel: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean isVerbose() {
        return verbose;
    }

    static final class Assignments extends Choice<PanelSimulation.Assignment> {
        Assignments() {
            super(List.of(PanelSimulation.Assignment.values()), PanelSimulation.Assignment::label);
        }
    }

    static final class NoiseForms extends Choice<PanelSimulation.NoiseForm> {
        NoiseForms() {
            super(List.of(PanelSimulation.NoiseForm.values()), PanelSimulation.NoiseForm::label);
        }
    }
}
