package io.github.rowwise.cli.input.panel;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.DatabaseException;
import io.github.rowwise.cli.database.TableWriter;
import io.github.rowwise.cli.input.InputFormat;
import io.github.rowwise.cli.input.PanelOrigin;
import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.input.TableSource;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.cli.input.csv.CsvSource;
import io.github.rowwise.cli.input.csv.JsonLinesSource;
import io.github.rowwise.cli.input.database.DuckDbFile;
import io.github.rowwise.cli.input.database.JdbcQuery;
import io.github.rowwise.cli.input.database.ParquetSource;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PeriodOrder;
import io.github.rowwise.tables.ArmLevels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A file in long form that was looked through: the names of its panel are known and its cells can be read. */
final class LongTable implements AutoCloseable {

    private static final int MOST_LEVELS = 1000;

    private final PanelSource source;
    private final Database database;
    private final ObservationView observations;
    private final List<String> units;
    private final PeriodOrder periods;
    private final List<String> arms;

    private LongTable(PanelSource source, Database database) {
        this.source = source;
        this.database = database;
        observations = new ObservationView(database, source, table(source, database));
        new ObservationChecks(source, observations).run();
        units = units();
        periods = PeriodOrder.of(texts("SELECT CAST(time AS VARCHAR) FROM census WHERE what = 'time' ORDER BY first"));
        ArmLevels levels = levels();
        arms = levels.names();
        code("period_code", "time", periods.codes());
        code("arm_code", "treatment", levels.codes());
    }

    private static TableSource table(PanelSource source, Database database) {
        PanelOrigin origin = source.origin();
        Path file = origin.file();
        if (file == null) {
            return JdbcQuery.copy(source, database);
        }
        InputFormat format = InputFormat.of(file);
        if (origin.query() != null && format != InputFormat.DUCKDB) {
            throw new UserInputException(origin.name()
                    + ": --query is for DuckDB files and --jdbc; choose rows of other files with --where");
        }
        Path treatments = origin.treatments();
        if (treatments != null) {
            return WideTables.join(source, database, plain(file, database), plain(treatments, database));
        }
        return format == InputFormat.DUCKDB ? DuckDbFile.open(origin, database) : plain(file, database);
    }

    /** A file that is one table. */
    private static TableSource plain(Path file, Database database) {
        return switch (InputFormat.of(file)) {
            case CSV -> new CsvSource(file, ',');
            case TSV -> new CsvSource(file, '\t');
            case PARQUET -> new ParquetSource(file, database);
            case JSON_LINES -> new JsonLinesSource(file, database);
            case DUCKDB ->
                throw new UserInputException(Quoted.line(file.toString())
                        + ": --treatments is for tables in CSV, TSV, Parquet or JSON lines");
            case PANEL_FILE ->
                throw new UserInputException(
                        Quoted.line(file.toString()) + ": a panel file already; pack the table that it was made from");
        };
    }

    /**
     * Looks through a file.
     *
     * @param source the file
     * @param threads how many threads to use, 0 for as many as there are cores; nothing depends on it
     * @throws UserInputException where the file is not a panel, with what to do
     */
    static LongTable open(PanelSource source, int threads) {
        Database database;
        try {
            database = Database.open(threads);
        } catch (DatabaseException e) {
            throw e.isDiskFull()
                    ? TableSource.noSpace(source.name(), e)
                    : new UserInputException(source.name() + ": cannot be read: " + Quoted.line(e.firstLine()), e);
        }
        try {
            return new LongTable(source, database);
        } catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }

    /** The units in the order in which the file names them first. */
    List<String> unitNames() {
        return units;
    }

    /** The periods in the order of time. */
    List<String> periodNames() {
        return periods.names();
    }

    /** The arms, control first. */
    List<String> armNames() {
        return arms;
    }

    private MissingCells missingCells(IndexedCells cells) {
        return new MissingCells(
                (long) units.size() * periods.names().size() - observations.count(),
                observations.count(ObservationView.EMPTY),
                observations.count(ObservationView.NA),
                observations.count(ObservationView.NAN),
                observations.count(ObservationView.NULL_TEXT),
                0,
                observations.rowsExcluded(),
                cells.firstMissing());
    }

    /** What is worth knowing of how a panel was read from here. */
    PanelInput input(Panel panel, IndexedCells cells, double seconds) {
        String warning = periods.warning();
        return new PanelInput(
                panel,
                null,
                source,
                observations.count(),
                periods.kind(),
                missingCells(cells),
                warning.isEmpty() ? List.of() : List.of(warning),
                seconds);
    }

    /** The cells, once for all that is done with them. */
    IndexedCells cells() {
        return new IndexedCells(database, source, observations, units, periods.names());
    }

    private List<String> units() {
        database.execute("CREATE TABLE unit_code AS SELECT unit AS value, first, last, size,"
                + " (row_number() OVER (ORDER BY first) - 1)::INTEGER AS code FROM census WHERE what = 'unit'");
        return texts("SELECT CAST(value AS VARCHAR) FROM unit_code ORDER BY code");
    }

    private ArmLevels levels() {
        List<String> levels =
                texts("SELECT CAST(treatment AS VARCHAR) FROM census WHERE what = 'treatment' AND status = "
                        + ObservationView.NUMBER + " ORDER BY first LIMIT " + (MOST_LEVELS + 1));
        if (levels.isEmpty()) {
            throw new UserInputException(
                    source.name() + ", column " + Quoted.value(source.columns().outcome())
                            + ": every outcome is missing; name the column of the outcomes with --outcome");
        }
        if (levels.size() > MOST_LEVELS) {
            throw new UserInputException(
                    source.name() + ", column " + Quoted.value(source.columns().treatment())
                            + ": more than " + MOST_LEVELS + " levels, such as " + Quoted.list(levels.subList(0, 3))
                            + "; name the column of the treatment with --treatment");
        }
        return ArmLevels.of(
                levels,
                source.control(),
                source.name() + ", column " + Quoted.value(source.columns().treatment()) + ": ",
                "--control ");
    }

    /** Makes a table of each value of a column and its number. */
    private void code(String name, String column, Map<String, Integer> codes) {
        database.execute("CREATE TABLE " + name + "_text (text VARCHAR, code INTEGER)");
        try (TableWriter writer = database.writer(name + "_text")) {
            codes.forEach((text, code) -> {
                writer.text(text);
                writer.whole(code);
                writer.endRow();
            });
        }
        database.execute("CREATE TABLE " + name + " AS SELECT DISTINCT c." + column + " AS value, t.code FROM census c"
                + " JOIN " + name + "_text t ON CAST(c." + column + " AS VARCHAR) = t.text WHERE what = '" + column
                + "'");
    }

    private List<String> texts(String question) {
        List<String> texts = new ArrayList<>();
        database.query(question, row -> texts.add(row.getString(1)));
        return texts;
    }

    @Override
    public void close() {
        database.close();
    }
}
