package io.github.rowwise.cli;

import io.github.rowwise.cli.input.JdbcUrl;
import io.github.rowwise.cli.input.PanelColumns;
import io.github.rowwise.cli.input.PanelOrigin;
import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.input.TableRules;
import io.github.rowwise.cli.input.UnitColumnSpec;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.input.panel.PanelReader;
import io.github.rowwise.cli.output.OutputFile;
import io.github.rowwise.cli.output.csv.TextCells;
import io.github.rowwise.cli.output.table.MissingCellFiles;
import io.github.rowwise.cli.value.Choice;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.tables.AbsentRows;
import io.github.rowwise.tables.MissingCodes;
import io.github.rowwise.tables.OptionText;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The input and its columns. */
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
            "--covariates",
            "--missing",
            "--absent-rows",
            "--separator",
            "--decimal",
            "--storage");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(
            paramLabel = "INPUT",
            arity = "0..1",
            description =
                    "The panel, one row per unit and period: CSV, TSV or JSON lines, possibly compressed by gzip or"
                            + " Zstandard, Parquet, a DuckDB file, or a panel file made by rowwise pack; the ending says"
                            + " which. Not with --jdbc.")
    private @Nullable Path input;

    @Option(
            names = "--query",
            paramLabel = "SQL",
            description = "SELECT with the panel's columns, for a database or a DuckDB file with several tables.")
    private @Nullable String query;

    @Option(
            names = "--jdbc",
            paramLabel = "URL",
            description = "Read the result of --query from this database instead of a file, such as"
                    + " jdbc:postgresql://localhost/sales?user=ann. The password is read from the environment variable"
                    + " ROWWISE_JDBC_PASSWORD or, for PostgreSQL, from ~/.pgpass. ROWWISE_CLASS_PATH names the jars of"
                    + " other drivers.")
    private @Nullable String jdbc;

    @Option(
            names = "--unit",
            paramLabel = "COLUMN",
            defaultValue = "unit",
            description = OptionText.UNIT + " (default: ${DEFAULT-VALUE}).")
    private String unit;

    @Option(
            names = "--time",
            paramLabel = "COLUMN",
            defaultValue = "time",
            description = OptionText.TIME + " (default: ${DEFAULT-VALUE}).")
    private String time;

    @Option(
            names = "--outcome",
            paramLabel = "COLUMN",
            defaultValue = "outcome",
            description = OptionText.OUTCOME + " (default: ${DEFAULT-VALUE}).")
    private String outcome;

    @Option(
            names = "--treatment",
            paramLabel = "COLUMN",
            defaultValue = "treatment",
            description = OptionText.TREATMENT + " (default: ${DEFAULT-VALUE}).")
    private String treatment;

    @Option(names = "--covariates", paramLabel = "COLUMNS", split = ",", description = OptionText.COVARIATES + ".")
    private List<String> covariates = List.of();

    @Option(
            names = "--treatments",
            paramLabel = "FILE",
            description =
                    "For tables with one row per unit and one column per period: INPUT has the outcomes and this file"
                            + " the treatments of the same units and periods. The column names above are then only used in"
                            + " the results.")
    private @Nullable Path treatments;

    @Option(names = "--control", paramLabel = "LEVEL", description = OptionText.CONTROL + ".")
    private @Nullable String control;

    @Option(names = "--where", paramLabel = "SQL", description = OptionText.WHERE + ".")
    private @Nullable String where;

    @Option(names = "--missing", paramLabel = "CODES", description = OptionText.MISSING + ".")
    private List<String> missing = List.of();

    @Option(
            names = "--absent-rows",
            paramLabel = "MEANING",
            defaultValue = "missing",
            converter = AbsentRowsChoice.class,
            completionCandidates = AbsentRowsChoice.class,
            description = OptionText.ABSENT_ROWS + " (default: ${DEFAULT-VALUE}).")
    private AbsentRows absentRows;

    @Option(
            names = "--separator",
            paramLabel = "CHAR",
            description = "What separates the values of a CSV or TSV file: one character, such as ';', or tab (default:"
                    + " a comma in .csv, a tab in .tsv).")
    private @Nullable String separator;

    @Option(
            names = "--decimal",
            paramLabel = "CHAR",
            defaultValue = ".",
            description =
                    "Decimal mark of numbers in CSV, TSV and JSON lines: '.' or ','. With a comma, numbers have no"
                            + " points (default: ${DEFAULT-VALUE}).")
    private String decimal;

    @Option(
            names = "--missing-cells",
            paramLabel = "FILE",
            description =
                    "Table of the cells without an outcome, one row per cell: unit, time and reason; .csv or .parquet.")
    private @Nullable Path missingCells;

    @Option(
            names = "--defuse-formulas",
            description = "In CSV files that are written, put an apostrophe before names that a spreadsheet program may"
                    + " take for formulas, such as =1+1, and quote all names.")
    private boolean defuseFormulas;

    @Option(
            names = "--storage",
            paramLabel = "KIND",
            defaultValue = "double",
            converter = Storages.class,
            completionCandidates = Storages.class,
            description = OptionText.STORAGE + " (default: ${DEFAULT-VALUE}).")
    private OutcomeStorage storage;

    PanelSource source() {
        return source(List.of(), List.of());
    }

    private PanelSource source(List<UnitColumnSpec> unitColumns, List<String> conditions) {
        PanelSource source = new PanelSource(
                origin(),
                new PanelColumns(unit, time, outcome, treatment),
                control,
                where,
                storage,
                rules(),
                covariates(),
                unitColumns,
                conditions);
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
        rejectSamePlace("--missing-cells", missingCells, "--treatments");
        return source;
    }

    /** Rejects another option that names the same file. Commands check INPUT themselves. */
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

    private List<String> covariates() {
        List<String> names = covariates.stream().map(String::strip).toList();
        for (String name : names) {
            if (name.isEmpty() || Collections.frequency(names, name) > 1) {
                throw new UserInputException("--covariates " + Quoted.plain(String.join(",", covariates)) + ": "
                        + (name.isEmpty() ? "an empty name" : Quoted.value(name) + " is there twice")
                        + "; give names of columns separated by commas");
            }
            if (List.of(unit, time, outcome, treatment).contains(name)) {
                throw new UserInputException("--covariates: " + Quoted.value(name)
                        + " is the column of the unit, the time, the outcome or the treatment; a covariate is another"
                        + " column");
            }
        }
        if (!names.isEmpty() && absentRows.isZero()) {
            throw new UserInputException("--absent-rows " + absentRows.label()
                    + " with --covariates: an absent row has no covariates; add the rows to the table, or leave one of"
                    + " the options out");
        }
        return names;
    }

    private TableRules rules() {
        try {
            return new TableRules(
                    MissingCodes.of("--missing", missing),
                    separator == null ? null : TableRules.separator(separator),
                    TableRules.decimalComma(decimal),
                    absentRows);
        } catch (IllegalArgumentException e) {
            throw new UserInputException(String.valueOf(e.getMessage()), e);
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
            throw new UserInputException("--treatments is for two files; a query has one row per unit and period");
        }
        return new PanelOrigin(input, treatments, jdbc == null ? null : new JdbcUrl(jdbc), query);
    }

    /** Returns the file that must not be overwritten, or {@code null} if the input is no file. */
    @Nullable
    Path input() {
        return input;
    }

    /** Returns the input's name in messages. */
    String name() {
        return Quoted.plain(origin().label());
    }

    /** Returns the file for the cells without an outcome, or {@code null}. */
    @Nullable
    OutputFile missingCellsFile() {
        return missingCells == null
                ? null
                : OutputFile.check("--missing-cells", missingCells, input, MissingCellFiles.FORMATS);
    }

    /** Returns how names are written to CSV files. */
    TextCells textCells() {
        return defuseFormulas ? TextCells.DEFUSED : TextCells.AS_IS;
    }

    /** Reads the panel. The caller closes it. */
    PanelInput read(Progress progress, int threads) {
        return read(progress, threads, List.of(), List.of());
    }

    /** Reads the panel, further columns with one value per unit, and the cells of conditions. The caller closes it. */
    PanelInput read(Progress progress, int threads, List<UnitColumnSpec> unitColumns, List<String> conditions) {
        PanelSource source = source(unitColumns, conditions);
        OutputFile file = missingCellsFile();
        return progress.during(
                "reading " + name(),
                () -> file == null
                        ? PanelReader.read(source, threads, null)
                        : MissingCellFiles.write(file, textCells(), sink -> PanelReader.read(source, threads, sink)));
    }

    static final class AbsentRowsChoice extends Choice<AbsentRows> {
        AbsentRowsChoice() {
            super(List.of(AbsentRows.values()), AbsentRows::label);
        }
    }

    static final class Storages extends Choice<OutcomeStorage> {
        Storages() {
            super(List.of(OutcomeStorage.values()), kind -> kind.name().toLowerCase(Locale.ROOT));
        }
    }
}
