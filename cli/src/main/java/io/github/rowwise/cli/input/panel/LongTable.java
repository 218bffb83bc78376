package io.github.rowwise.cli.input.panel;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.DatabaseException;
import io.github.rowwise.cli.database.TableWriter;
import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.input.TableSource;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.internal.text.AlikeUnits;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PeriodOrder;
import io.github.rowwise.panel.UnitColumn;
import io.github.rowwise.tables.ArmLevels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** Checked input in long form. The names of units, periods and arms are known; the cells are read on demand. */
final class LongTable implements AutoCloseable {

    private static final int MAX_LEVELS = 1000;

    private final PanelSource source;
    private final Database database;
    private final InputFiles files;
    private final ObservationView observations;
    private final List<String> units;
    private final PeriodOrder periods;
    private final ArmLevels levels;
    private final List<UnitColumn> unitColumns;
    private final List<ConditionCells> conditions;

    private LongTable(PanelSource source, Database database, InputFiles files) {
        this.source = source;
        this.database = database;
        this.files = files;
        observations = new ObservationView(database, source, files.table(database));
        new ObservationChecks(source, observations).run();
        units = units();
        periods = periods();
        levels = levels();
        unitColumns = new UnitColumnReader(database, source, observations, units).read();
        code("period_code", "time", periods.codes());
        code("arm_code", "treatment", levels.codes());
        conditions = source.cellConditions().stream().map(this::conditionCells).toList();
    }

    /**
     * Opens and checks an input.
     *
     * @param source the input
     * @param threads number of threads, 0 for one per core; it does not affect the result
     * @throws UserInputException if the input is not a panel
     */
    static LongTable open(PanelSource source, int threads) {
        InputFiles files = InputFiles.open(source, threads);
        Database database;
        try {
            database = Database.open(threads);
        } catch (DatabaseException e) {
            files.close();
            throw e.isDiskFull()
                    ? TableSource.noSpace(source.name(), e)
                    : new UserInputException(source.name() + ": cannot be read: " + Quoted.line(e.firstLine()), e);
        }
        try {
            return new LongTable(source, database, files);
        } catch (RuntimeException | Error e) {
            database.close();
            files.close();
            throw e;
        }
    }

    /** Returns the units in the order of their first rows. */
    List<String> unitNames() {
        return units;
    }

    /** Returns the periods in chronological order. */
    List<String> periodNames() {
        return periods.names();
    }

    /** Returns the arms, control first. */
    List<String> armNames() {
        return levels.names();
    }

    private MissingCells missingCells(IndexedCells cells) {
        return new MissingCells(
                absentRows() - cells.zeroCells(),
                observations.count(OutcomeStatus.EMPTY),
                observations.count(OutcomeStatus.NA),
                observations.count(OutcomeStatus.NAN),
                observations.count(OutcomeStatus.NULL_TEXT),
                observations.count(OutcomeStatus.CODE),
                observations.count(OutcomeStatus.COVARIATE_MISSING),
                0,
                cells.zeroCells(),
                observations.excludedRows(),
                cells.firstReasons());
    }

    /** Describes a panel that was read from this table. */
    PanelInput input(Panel panel, IndexedCells cells, double seconds) {
        return new PanelInput(
                panel,
                null,
                source,
                observations.count(),
                periods.kind(),
                missingCells(cells),
                warnings(),
                unitColumns,
                conditions,
                seconds);
    }

    private ConditionCells conditionCells(String condition) {
        List<BitSet> cells = units.stream().map(unit -> new BitSet()).toList();
        observations.forEachCell(
                ConditionCells.OPTION,
                condition,
                row -> cells.get(row.getInt(1)).set(row.getInt(2)));
        int[] counts = cells.stream().mapToInt(BitSet::cardinality).toArray();
        long count = Arrays.stream(counts).asLongStream().sum();
        if (count == 0) {
            throw new UserInputException(source.name() + ": no row meets the condition " + ConditionCells.OPTION + " "
                    + Quoted.value(condition) + "; relax the condition");
        }
        int withCells = (int) Arrays.stream(counts).filter(own -> own > 0).count();
        return new ConditionCells(condition, count, withCells, cells);
    }

    private long absentRows() {
        return cellCount() - observations.count();
    }

    private long cellCount() {
        return (long) units.size() * periods.names().size();
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>(periods.warnings());
        List<AlikeUnits.Pair> alike = AlikeUnits.pairs(units);
        warnings.add(AlikeUnits.warning(alike, alike.size()));
        warnings.add(levels.warning());
        warnings.removeIf(String::isEmpty);
        return warnings;
    }

    /** Returns a reader of the cells. */
    IndexedCells cells() {
        return new IndexedCells(database, source, observations, units, periods.names());
    }

    private List<String> units() {
        database.execute("CREATE TABLE unit_code AS SELECT unit AS value, first, last, size,"
                + " (row_number() OVER (ORDER BY first) - 1)::INTEGER AS code FROM distinct_value WHERE what = 'unit'");
        return texts("SELECT CAST(value AS VARCHAR) FROM unit_code ORDER BY code");
    }

    private PeriodOrder periods() {
        List<String> times =
                texts("SELECT CAST(time AS VARCHAR) FROM distinct_value WHERE what = 'time' ORDER BY first");
        try {
            return source.origin().treatments() == null ? PeriodOrder.of(times) : PeriodOrder.ofColumns(times);
        } catch (InvalidPanelException e) {
            throw new UserInputException(
                    source.name() + ", column " + Quoted.value(source.columns().time()) + ": " + e.getMessage(), e);
        }
    }

    private ArmLevels levels() {
        List<String> levels =
                texts("SELECT CAST(treatment AS VARCHAR) FROM distinct_value WHERE what = 'treatment' AND status = "
                        + OutcomeStatus.NUMBER + " ORDER BY first LIMIT " + (MAX_LEVELS + 1));
        if (levels.isEmpty()) {
            throw new UserInputException(
                    source.name() + ", column " + Quoted.value(source.columns().outcome())
                            + ": every outcome is missing; name the column of the outcomes with --outcome");
        }
        if (levels.size() > MAX_LEVELS) {
            throw new UserInputException(
                    source.name() + ", column " + Quoted.value(source.columns().treatment())
                            + ": more than " + MAX_LEVELS + " levels, such as " + Quoted.list(levels.subList(0, 3))
                            + "; name the column of the treatment with --treatment");
        }
        return ArmLevels.of(
                levels,
                source.control(),
                source.name() + ", column " + Quoted.value(source.columns().treatment()) + ": ",
                "--control ");
    }

    /** Creates a table that maps the values of a column to their indexes. */
    private void code(String name, String column, Map<String, Integer> codes) {
        database.execute("CREATE TABLE " + name + "_text (text VARCHAR, code INTEGER)");
        try (TableWriter writer = database.writer(name + "_text")) {
            codes.forEach((text, code) -> {
                writer.text(text);
                writer.whole(code);
                writer.endRow();
            });
        }
        database.execute("CREATE TABLE " + name + " AS SELECT DISTINCT c." + column
                + " AS value, t.code FROM distinct_value c"
                + " JOIN " + name + "_text t ON CAST(c." + column + " AS VARCHAR) = t.text WHERE what = '" + column
                + "'");
    }

    private List<String> texts(String sql) {
        List<String> texts = new ArrayList<>();
        database.query(sql, row -> texts.add(row.getString(1)));
        return texts;
    }

    @Override
    public void close() {
        database.close();
        files.close();
    }
}
