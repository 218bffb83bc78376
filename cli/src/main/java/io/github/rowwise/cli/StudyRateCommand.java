package io.github.rowwise.cli;

import io.github.rowwise.cli.figure.Figure;
import io.github.rowwise.cli.figure.RateFigure;
import io.github.rowwise.cli.output.OutputFile;
import io.github.rowwise.cli.output.table.RateTable;
import io.github.rowwise.cli.study.RatePoint;
import io.github.rowwise.cli.study.RateStudy;
import io.github.rowwise.cli.value.NumberParser;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** {@code rowwise study rate}. */
@Command(
        name = "rate",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        sortOptions = false,
        header = {"Measures how fast the worst row's error falls with the size of the panel.", ""},
        description = {
            "Draws panels of n units by m periods from the model of arXiv:2605.30319, fits the spectral method with the true"
                    + " ranks and with one more factor in the treated arm, and compares the largest error of a row with the"
                    + " rate of the paper's Corollary 3.3, sqrt(1/n + n/m^2).",
            ""
        },
        footer = {
            "",
            "Example:",
            "  rowwise study rate --largest 400 --draws 1 --output rate.csv \\",
            "      --figure rate.svg"
        })
@SuppressWarnings("NullAway.Init") // picocli sets what has a default
final class StudyRateCommand implements Callable<Integer>, Failures.Verbose {

    private final Terminal terminal;

    @Option(
            names = "--largest",
            paramLabel = "N",
            defaultValue = "3200",
            converter = LargestConverter.class,
            description = "No panel has more units or periods than this, 200 or more (default: ${DEFAULT-VALUE}).")
    private int largest;

    @Option(
            names = "--draws",
            paramLabel = "N",
            defaultValue = "4",
            converter = DrawsConverter.class,
            description = "Panels drawn of 3200 x 3200; of smaller ones up to 16 times as many (default:"
                    + " ${DEFAULT-VALUE}).")
    private int draws;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            converter = EstimatorOptions.ThreadsConverter.class,
            description = EstimatorOptions.ThreadsConverter.DESCRIPTION)
    private @Nullable Integer threads;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "The table, one row per size and choice of ranks: .csv.")
    private @Nullable Path output;

    @Option(names = "--figure", paramLabel = "FILE", description = "The picture for n = m: .svg.")
    private @Nullable Path figure;

    @Option(names = "--quiet", description = "Print no table.")
    private boolean quiet;

    @Option(names = "--verbose", description = "Print the stack trace of a failure.")
    private boolean verbose;

    StudyRateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        OutputFile table =
                output == null ? null : OutputFile.check("--output", output, null, List.of(OutputFile.Format.CSV));
        OutputFile picture =
                figure == null ? null : OutputFile.check("--figure", figure, null, List.of(OutputFile.Format.SVG));
        if (picture != null) {
            Figure.check("--figure");
        }
        Progress progress = new Progress(terminal, !quiet);
        RateStudy study = new RateStudy(
                RateStudy.grid(largest),
                draws,
                seed,
                threads == null ? Runtime.getRuntime().availableProcessors() : threads);
        List<RatePoint> points = progress.during("drawing", () -> study.run(progress::rename));
        if (table != null) {
            RateTable.write(table, points);
        }
        if (picture != null) {
            picture.write(RateFigure.of(points)::writeSvg);
        }
        if (!quiet) {
            terminal.out().print(RateTable.of(points));
        }
        return ExitCode.OK;
    }

    @Override
    public boolean isVerbose() {
        return verbose;
    }

    static final class LargestConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return Math.toIntExact(NumberParser.whole(text, 200, 100_000));
        }
    }

    static final class DrawsConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return Math.toIntExact(NumberParser.whole(text, 1, 10_000));
        }
    }
}
