package io.github.rowwise.cli;

import io.github.rowwise.OutcomeStorage;
import io.github.rowwise.cli.input.PanelColumns;
import io.github.rowwise.cli.input.PanelInput;
import io.github.rowwise.cli.input.PanelReader;
import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.input.RefusedException;
import io.github.rowwise.cli.input.Shown;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The file and its columns. */
@SuppressWarnings("NullAway.Init") // picocli sets what has a default
final class InputOptions {

    private static final List<String> OF_TABLES =
            List.of("--unit", "--time", "--outcome", "--treatment", "--control", "--where", "--storage");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(
            paramLabel = "INPUT",
            description = "The panel, one row a unit and period: .csv, .tsv, .jsonl (also .gz, .zst) or .parquet; or a"
                    + " panel file made by rowwise pack, .rowwise.")
    private Path input;

    @Option(
            names = "--unit",
            paramLabel = "COLUMN",
            defaultValue = "unit",
            description = "Column of the unit (default: ${DEFAULT-VALUE}).")
    private String unit;

    @Option(
            names = "--time",
            paramLabel = "COLUMN",
            defaultValue = "time",
            description = "Column of the period: whole numbers, dates, timestamps or text (default: ${DEFAULT-VALUE}).")
    private String time;

    @Option(
            names = "--outcome",
            paramLabel = "COLUMN",
            defaultValue = "outcome",
            description = "Column of the outcome; empty, NA or NaN where it is missing (default: ${DEFAULT-VALUE}).")
    private String outcome;

    @Option(
            names = "--treatment",
            paramLabel = "COLUMN",
            defaultValue = "treatment",
            description = "Column of the treatment: 0/1, true/false, or levels with --control (default:"
                    + " ${DEFAULT-VALUE}).")
    private String treatment;

    @Option(
            names = "--control",
            paramLabel = "LEVEL",
            description = "The level of the treatment that is no treatment. Not needed for 0/1 and true/false.")
    private @Nullable String control;

    @Option(
            names = "--where",
            paramLabel = "SQL",
            description = "Use only rows that meet this condition on the file's columns, such as \"week <= 52\".")
    private @Nullable String where;

    @Option(
            names = "--storage",
            paramLabel = "KIND",
            defaultValue = "double",
            converter = Storages.class,
            completionCandidates = Storages.class,
            description =
                    "How outcomes are kept: double, or float, which takes 5 bytes a cell instead of 9 and rounds them"
                            + " to 7 digits (default: ${DEFAULT-VALUE}).")
    private OutcomeStorage storage;

    PanelSource source() {
        PanelSource source =
                new PanelSource(input, new PanelColumns(unit, time, outcome, treatment), control, where, storage);
        if (source.isPanelFile()) {
            for (String option : OF_TABLES) {
                if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                    throw new RefusedException(Shown.line(input.toString()) + ": " + option
                            + " is for tables; a panel file has its units, periods, arms and storage already: leave the"
                            + " option out, or give it to rowwise pack when the file is made");
                }
            }
        }
        return source;
    }

    Path input() {
        return input;
    }

    /** Reads the panel, which is to be closed. */
    PanelInput read(Progress progress, int threads) {
        PanelSource source = source();
        return progress.during("reading " + Shown.plain(input.toString()), () -> PanelReader.read(source, threads));
    }

    static final class Storages extends Choice<OutcomeStorage> {
        Storages() {
            super(List.of(OutcomeStorage.values()), kind -> kind.name().toLowerCase(Locale.ROOT));
        }
    }
}
