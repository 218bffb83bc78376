package io.github.rowwise.cli;

import io.github.rowwise.cli.input.JdbcUrl;
import io.github.rowwise.cli.input.PanelColumns;
import io.github.rowwise.cli.input.PanelOrigin;
import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.input.panel.PanelReader;
import io.github.rowwise.cli.output.OutputFile;
import io.github.rowwise.cli.output.table.MissingCellFiles;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.OutcomeStorage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The file and its columns. */
@SuppressWarnings("NullAway.Init") // picocli sets what has a default
final class InputOptions {

    private static final List<String> OF_TABLES = List.of(
            "--unit",
            "--time",
            "--outcome",
            "--treatment",
            "--control",
            "--treatments",
            "--query",
            "--where",
            "--storage");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(
            paramLabel = "INPUT",
            arity = "0..1",
            description =
                    "The panel, one row a unit and period: CSV, TSV or JSON lines, each also compressed by gzip or"
                            + " Zstandard, Parquet, a DuckDB file, or a panel file made by rowwise pack; the ending tells"
                            + " which. Not with --jdbc.")
    private @Nullable Path input;

    @Option(
            names = "--query",
            paramLabel = "SQL",
            description = "What to read from a database or a DuckDB file of several tables: a SELECT with the panel's"
                    + " columns.")
    private @Nullable String query;

    @Option(
            names = "--jdbc",
            paramLabel = "URL",
            description = "Read the answer to --query from this database instead of a file, such as"
                    + " jdbc:postgresql://localhost/sales?user=ann. The password is taken from the environment variable"
                    + " ROWWISE_JDBC_PASSWORD or, by PostgreSQL, from ~/.pgpass; jars of other drivers than PostgreSQL's"
                    + " from ROWWISE_CLASS_PATH.")
    private @Nullable String jdbc;

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
            names = "--treatments",
            paramLabel = "FILE",
            description =
                    "For tables with one row a unit and one column a period: INPUT has the outcomes and this file the"
                            + " treatments, of the same units and periods. The other names are then only those in the results.")
    private @Nullable Path treatments;

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
            names = "--left-out",
            paramLabel = "FILE",
            description =
                    "Table of the cells without an outcome, one row a cell: unit, time and reason; .csv or .parquet.")
    private @Nullable Path leftOut;

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
                new PanelSource(origin(), new PanelColumns(unit, time, outcome, treatment), control, where, storage);
        if (source.origin().isPanelFile()) {
            for (String option : OF_TABLES) {
                if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                    throw new UserInputException(name() + ": " + option
                            + " is for tables; a panel file has its units, periods, arms and storage already: leave the"
                            + " option out, or give it to rowwise pack when the file is made");
                }
            }
        }
        rejectSamePlace("--treatments", treatments, "");
        rejectSamePlace("--left-out", leftOut, "--treatments");
        return source;
    }

    /** Rejects that another option writes to the place of this one; INPUT is looked after by the commands. */
    private void rejectSamePlace(String name, @Nullable Path place, String except) {
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            String other = option.longestName();
            Object value = option.getValue();
            if (place != null
                    && value instanceof Path path
                    && !other.equals(name)
                    && !other.equals(except)
                    && OutputFile.isSame(path, place)) {
                throw new UserInputException(other + " and " + name + " name the same file; name two");
            }
        }
    }

    private PanelOrigin origin() {
        if (input == null && jdbc == null) {
            throw new ParameterException(
                    spec.commandLine(), "Missing required parameter: INPUT, or --jdbc URL --query SQL for a database");
        }
        if (input != null && JdbcUrl.isJdbc(input.toString())) {
            throw new UserInputException("INPUT is a file; give the address of a database with --jdbc");
        }
        if (input != null && jdbc != null) {
            throw new UserInputException(
                    "the file " + Quoted.plain(input.toString()) + " and --jdbc: two inputs; leave one of them out");
        }
        if (jdbc != null && query == null) {
            throw new UserInputException(
                    "--jdbc without --query; say what to read, such as --query 'SELECT * FROM sales'");
        }
        if (jdbc != null && treatments != null) {
            throw new UserInputException("--treatments is for two files; a query has one row a unit and period");
        }
        return new PanelOrigin(input, treatments, jdbc == null ? null : new JdbcUrl(jdbc), query);
    }

    /** The input that must not be written over, or {@code null} where it is not a file. */
    @Nullable
    Path input() {
        return input;
    }

    /** What messages call the input. */
    String name() {
        return Quoted.plain(origin().label());
    }

    /** Where the cells without an outcome are written while the panel is read, or {@code null}. */
    @Nullable
    OutputFile leftOutFile() {
        return leftOut == null ? null : OutputFile.check("--left-out", leftOut, input, MissingCellFiles.FORMATS);
    }

    /** Reads the panel, which is to be closed. */
    PanelInput read(Progress progress, int threads) {
        PanelSource source = source();
        OutputFile file = leftOutFile();
        return progress.during(
                "reading " + name(),
                () -> file == null
                        ? PanelReader.read(source, threads, null)
                        : MissingCellFiles.write(file, sink -> PanelReader.read(source, threads, sink)));
    }

    static final class Storages extends Choice<OutcomeStorage> {
        Storages() {
            super(List.of(OutcomeStorage.values()), kind -> kind.name().toLowerCase(Locale.ROOT));
        }
    }
}
