package io.github.rowwise.cli;

import io.github.rowwise.cli.input.PanelColumns;
import io.github.rowwise.cli.input.PanelSource;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The file and its columns. */
@SuppressWarnings("NullAway.Init") // picocli sets what has a default
final class InputOptions {

    @Parameters(
            paramLabel = "INPUT",
            description = "The panel, one row a unit and period: .csv, .tsv, .jsonl (also .gz, .zst) or .parquet.")
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

    PanelSource source() {
        return new PanelSource(input, new PanelColumns(unit, time, outcome, treatment), control, where);
    }

    Path input() {
        return input;
    }
}
