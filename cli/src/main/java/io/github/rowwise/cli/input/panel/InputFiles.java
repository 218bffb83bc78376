package io.github.rowwise.cli.input.panel;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.input.InputFormat;
import io.github.rowwise.cli.input.PanelColumns;
import io.github.rowwise.cli.input.PanelOrigin;
import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.input.TableSource;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.cli.input.csv.CsvSource;
import io.github.rowwise.cli.input.csv.JsonLinesSource;
import io.github.rowwise.cli.input.database.DuckDbFile;
import io.github.rowwise.cli.input.database.JdbcQuery;
import io.github.rowwise.cli.input.database.ParquetFile;
import io.github.rowwise.internal.text.Quoted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The files of an input: none, one, or two in wide form. Parquet files are read by a process that starts at once. */
final class InputFiles implements AutoCloseable {

    /** The database takes a time and a memory that grow with the square of the columns. */
    static final int MAX_COLUMNS = 5_000;

    private final PanelSource source;
    private final Map<Path, ParquetFile> parquet = new LinkedHashMap<>();

    private InputFiles(PanelSource source) {
        this.source = source;
    }

    /**
     * Opens the files.
     *
     * @throws UserInputException if the format of one is unknown
     */
    static InputFiles open(PanelSource source, int threads) {
        InputFiles files = new InputFiles(source);
        String condition = (Objects.requireNonNullElse(source.where(), "") + " "
                        + String.join(" ", source.cellConditions()))
                .toLowerCase(Locale.ROOT);
        try {
            for (Path file : files.files()) {
                if (InputFormat.of(file) == InputFormat.PARQUET && !files.parquet.containsKey(file)) {
                    files.parquet.put(file, ParquetFile.open(file, threads, files.wanted(), condition));
                }
            }
            return files;
        } catch (RuntimeException | Error e) {
            files.close();
            throw e;
        }
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (Path file : new Path[] {source.origin().file(), source.origin().treatments()}) {
            if (file != null) {
                files.add(file);
            }
        }
        return files;
    }

    /** Returns the columns that are used, apart from those of the condition, or {@code null} for all. */
    private @Nullable Set<String> wanted() {
        if (source.origin().treatments() != null) {
            return null;
        }
        PanelColumns columns = source.columns();
        Set<String> wanted = new TreeSet<>();
        for (String name : List.of(columns.unit(), columns.time(), columns.outcome(), columns.treatment())) {
            wanted.add(name.toLowerCase(Locale.ROOT));
        }
        source.unitColumns().forEach(column -> wanted.add(column.name().toLowerCase(Locale.ROOT)));
        return wanted;
    }

    /** Returns the input as one table. From then on, the database reads these files only. */
    TableSource table(Database database) {
        PanelOrigin origin = source.origin();
        database.readOnly(files().stream()
                .map(file -> parquet.containsKey(file) ? parquet.get(file).copy() : file)
                .toList());
        Path file = origin.file();
        if (file == null) {
            return JdbcQuery.copy(source, database);
        }
        InputFormat format = InputFormat.of(file);
        if (origin.query() != null && format != InputFormat.DUCKDB) {
            throw new UserInputException(origin.name()
                    + ": --query is for DuckDB files and --jdbc; select rows of other files with --where");
        }
        Path treatments = origin.treatments();
        if (treatments != null) {
            return WideTables.join(source, database, singleTable(file, database), singleTable(treatments, database));
        }
        return format == InputFormat.DUCKDB ? DuckDbFile.open(origin, database) : singleTable(file, database);
    }

    /** Opens a file that is a single table. */
    private TableSource singleTable(Path file, Database database) {
        ParquetFile started = parquet.get(file);
        InputFormat format = InputFormat.of(file);
        Character separator = source.rules().separator();
        if (separator != null && format != InputFormat.CSV && format != InputFormat.TSV) {
            throw new UserInputException(
                    Quoted.line(file.toString()) + ": --separator is for CSV and TSV; leave it out");
        }
        TableSource table = started != null
                ? started.table(database)
                : switch (format) {
                    case CSV -> new CsvSource(file, separator == null ? ',' : separator);
                    case TSV -> new CsvSource(file, separator == null ? '\t' : separator);
                    case JSON_LINES -> new JsonLinesSource(file, database);
                    case DUCKDB ->
                        throw new UserInputException(Quoted.line(file.toString())
                                + ": --treatments is for tables in CSV, TSV, Parquet or JSON lines");
                    case PANEL_FILE ->
                        throw new UserInputException(Quoted.line(file.toString())
                                + ": a panel file already; pack the table from which it was created");
                    case PARQUET -> throw new IllegalStateException("not opened: " + file);
                };
        int columns = table.columns().size();
        if (columns > MAX_COLUMNS) {
            throw new UserInputException(Quoted.line(file.toString()) + ": " + columns + " columns, more than "
                    + MAX_COLUMNS + "; "
                    + (source.origin().treatments() == null
                            ? "keep those of the unit, the time, the outcome and the treatment"
                            : "write one row for each unit and period, and leave --treatments out"));
        }
        return table;
    }

    @Override
    public void close() {
        parquet.values().forEach(ParquetFile::close);
    }
}
