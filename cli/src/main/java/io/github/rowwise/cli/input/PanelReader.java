package io.github.rowwise.cli.input;

import io.github.rowwise.InvalidPanelException;
import io.github.rowwise.Panel;
import io.github.rowwise.PanelCells;
import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.TableWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads a file in long form, one row a unit and period, into a panel. */
public final class PanelReader {

    private static final int MOST_LEVELS = 1000;
    private static final long BYTES_PER_CELL = 10;

    private final PanelSource source;
    private final Database database;

    private PanelReader(PanelSource source, Database database) {
        this.source = source;
        this.database = database;
    }

    /**
     * Reads a panel.
     *
     * @param source what to read
     * @param threads how many threads to use, 0 for as many as there are cores; the panel is the same for any number
     * @return the panel and what is worth knowing of how it was read
     * @throws RefusedException where the file is not a panel, with what to do
     */
    public static PanelInput read(PanelSource source, int threads) {
        long start = System.nanoTime();
        checkFile(source);
        try (Database database = Database.open(threads)) {
            return new PanelReader(source, database).read(start);
        }
    }

    private static void checkFile(PanelSource source) {
        Path file = source.file();
        if (!Files.exists(file)) {
            throw new RefusedException(source.name() + ": no such file; relative names start from "
                    + Path.of("").toAbsolutePath());
        }
        if (Files.isDirectory(file)) {
            throw new RefusedException(source.name() + ": a folder, not a file; name the file that holds the panel");
        }
        if (!Files.isReadable(file)) {
            throw new RefusedException(source.name() + ": may not be read; give yourself the permission");
        }
    }

    private PanelInput read(long start) {
        TableSource table = switch (InputFormat.of(source.file())) {
            case CSV -> new CsvSource(source.file(), ',');
            case TSV -> new CsvSource(source.file(), '\t');
            case PARQUET -> new ParquetSource(source.file(), database);
            case JSON_LINES -> new JsonLinesSource(source.file(), database);
        };
        Observations observations = new Observations(database, source, table);
        ObservationChecks checks = new ObservationChecks(database, source, observations);
        checks.run();
        List<String> units = units();
        PeriodOrder periods = PeriodOrder.of(texts("SELECT DISTINCT time FROM observation"));
        ArmLevels arms = arms();
        code("period_code", periods.codes());
        code("arm_code", arms.codes());
        checkMemory(units.size(), periods.names().size());
        Panel panel = fill(units, periods.names(), arms.names(), checks);
        long rows = observations.count(-1);
        LeftOut leftOut = new LeftOut(
                (long) units.size() * periods.names().size() - rows,
                observations.count(Observations.EMPTY),
                observations.count(Observations.NA),
                observations.count(Observations.NAN),
                observations.count(Observations.NULL_TEXT));
        List<String> warnings = periods.warning().isEmpty() ? List.of() : List.of(periods.warning());
        double seconds = (System.nanoTime() - start) / 1e9;
        return new PanelInput(panel, source, rows, periods.kind(), leftOut, warnings, seconds);
    }

    /** Numbers the units in the order in which the file names them first. */
    private List<String> units() {
        database.execute("CREATE TABLE unit_code AS SELECT unit AS text,"
                + " (row_number() OVER (ORDER BY min(rowid)) - 1)::INTEGER AS code FROM observation GROUP BY unit");
        return texts("SELECT text FROM unit_code ORDER BY code");
    }

    private ArmLevels arms() {
        List<String> levels = texts("SELECT treatment FROM observation WHERE status = " + Observations.NUMBER
                + " GROUP BY treatment ORDER BY min(rowid) LIMIT " + (MOST_LEVELS + 1));
        if (levels.isEmpty()) {
            throw new RefusedException(
                    source.name() + ", column " + Shown.value(source.columns().outcome())
                            + ": every outcome is missing; name the column of the outcomes with --outcome");
        }
        if (levels.size() > MOST_LEVELS) {
            throw new RefusedException(
                    source.name() + ", column " + Shown.value(source.columns().treatment())
                            + ": more than " + MOST_LEVELS + " levels, such as " + Shown.list(levels.subList(0, 3))
                            + "; name the column of the treatment with --treatment");
        }
        return ArmLevels.of(levels, source);
    }

    private void code(String name, Map<String, Integer> codes) {
        database.execute("CREATE TABLE " + name + " (text VARCHAR, code INTEGER)");
        try (TableWriter writer = database.writer(name)) {
            codes.forEach((text, code) -> {
                writer.text(text);
                writer.whole(code);
                writer.endRow();
            });
        }
    }

    private void checkMemory(long units, long periods) {
        long need = units * periods * BYTES_PER_CELL;
        long have = Runtime.getRuntime().maxMemory();
        if (need > have) {
            throw new RefusedException(String.format(
                    Locale.ROOT,
                    "%s: %,d units and %,d periods make %,d cells, which need %.1f GiB of memory where Java has %.1f; are"
                            + " --unit and --time the right columns? If so, set ROWWISE_JAVA_OPTIONS=-Xmx%dg",
                    source.name(),
                    units,
                    periods,
                    units * periods,
                    need / 0x1p30,
                    have / 0x1p30,
                    (long) Math.ceil(2 * need / 0x1p30)));
        }
    }

    private Panel fill(List<String> units, List<String> periods, List<String> arms, ObservationChecks checks) {
        try {
            PanelCells cells = Panel.cells(units, periods, arms);
            database.query(
                    "SELECT u.code, t.code, coalesce(a.code, -1), coalesce(o.outcome, 'nan'::DOUBLE)"
                            + " FROM observation o JOIN unit_code u ON o.unit = u.text"
                            + " JOIN period_code t ON o.time = t.text LEFT JOIN arm_code a ON o.treatment = a.text",
                    // An arm without an outcome says nothing: such a cell is the same as one without a row.
                    row -> {
                        double outcome = row.getDouble(4);
                        cells.set(row.getInt(1), row.getInt(2), Double.isNaN(outcome) ? -1 : row.getInt(3), outcome);
                    });
            return cells.build();
        } catch (InvalidPanelException e) {
            checks.refuseDuplicates(units, periods);
            throw new RefusedException(source.name() + ": " + Shown.line(String.valueOf(e.getMessage())), e);
        }
    }

    private List<String> texts(String question) {
        List<String> texts = new ArrayList<>();
        database.query(question, row -> texts.add(row.getString(1)));
        return texts;
    }
}
