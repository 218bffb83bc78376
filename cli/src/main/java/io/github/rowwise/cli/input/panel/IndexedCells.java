package io.github.rowwise.cli.input.panel;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.Panel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Reads the cells of the input, with units, periods and arms replaced by their indexes. */
final class IndexedCells {

    private static final String FROM =
            " FROM observation o JOIN unit_code u ON o.unit = u.value JOIN period_code t ON o.time = t.value";
    // The arm of a cell without an outcome is not used, so the column holds -1 minus the status of the outcome instead.
    private static final String CELLS_BEGIN = "SELECT u.code AS unit, t.code AS period,"
            + " (CASE WHEN o.outcome IS NULL THEN -1 - o.status::INTEGER ELSE coalesce(a.code, -1) END)::INTEGER AS arm,"
            + " coalesce(o.outcome, 'nan'::DOUBLE) AS outcome";

    private static final double[] NO_COVARIATES = {};

    private final Database database;
    private final PanelSource source;
    private final ObservationView observations;
    private final List<String> units;
    private final List<String> periods;
    private final TreeMap<Long, String> firstReasons = new TreeMap<>();
    private final ZeroRows zeros;
    private final String cells;

    IndexedCells(
            Database database,
            PanelSource source,
            ObservationView observations,
            List<String> units,
            List<String> periods) {
        this.database = database;
        this.source = source;
        this.observations = observations;
        this.units = units;
        this.periods = periods;
        this.zeros = new ZeroRows(source, units);
        this.cells = CELLS_BEGIN
                + IntStream.range(0, source.covariates().size())
                        .mapToObj(k -> ", coalesce(o." + ObservationView.covariate(k) + ", 'nan'::DOUBLE) AS "
                                + ObservationView.covariate(k))
                        .collect(Collectors.joining())
                + FROM + " LEFT JOIN arm_code a ON o.treatment = a.value";
    }

    /** Reads all cells, in any order. */
    void forEachCell(CellSink sink) {
        if (zeros.isWanted()) {
            // A unit has to be complete before its absent rows can be filled.
            int[] unit = new int[1];
            forEachUnit((arms, outcomes, covariates) -> addAll(unit[0]++, arms, outcomes, sink), Integer.MAX_VALUE);
            return;
        }
        long[] count = new long[1];
        rejectingDuplicates(() -> observations.explainingErrors(() -> {
            count[0] = query(cells, sink);
        }));
        requireSameFile(count[0] == observations.count());
    }

    private static void addAll(int unit, byte[] arms, double[] outcomes, CellSink sink) {
        for (int period = 0; period < arms.length; period++) {
            sink.set(unit, period, arms[period], outcomes[period], NO_COVARIATES);
        }
    }

    /** Returns the number of cells without a row that count as 0, after all cells have been read. */
    long zeroCells() {
        return zeros.filled();
    }

    /**
     * Reads all cells, unit by unit. If the rows of the units are far apart in the input, the cells are first written to the
     * disk and then read in batches of units.
     *
     * @param sink receives the units
     * @param maxUnits the maximum number of units in memory
     */
    void forEachUnit(UnitRows sink, int maxUnits) {
        UnitRowAssembler assembler = new UnitRowAssembler(
                Arrays.stream(numbers("size")).mapToInt(Math::toIntExact).toArray(),
                periods.size(),
                source.covariates().size(),
                sink,
                zeros);
        rejectingDuplicates(() -> {
            if (UnitRowAssembler.maxOpenUnits(numbers("first"), numbers("last")) <= maxUnits) {
                observations.explainingErrors(() -> query(cells, assembler));
                return;
            }
            observations.explainingErrors(() -> database.createOnDisk("cell", cells));
            for (int unit = 0; unit < units.size(); unit += maxUnits) {
                query("SELECT * FROM cell WHERE unit BETWEEN " + unit + " AND " + (unit + maxUnits - 1L), assembler);
            }
        });
        requireSameFile(assembler.isComplete());
    }

    private long query(String sql, CellSink sink) {
        long[] count = new long[1];
        double[] covariates = new double[source.covariates().size()];
        database.query(sql, row -> {
            int unit = row.getInt(1);
            int period = row.getInt(2);
            int arm = row.getInt(3);
            if (arm < -1) {
                addReason(cell(unit, period), MissingCells.reason(-1 - arm));
            }
            for (int k = 0; k < covariates.length; k++) {
                covariates[k] = row.getDouble(5 + k);
            }
            sink.set(unit, period, Math.max(arm, -1), row.getDouble(4), covariates);
            count[0]++;
        });
        return count[0];
    }

    private long cell(int unit, int period) {
        return (long) unit * periods.size() + period;
    }

    private void addReason(long cell, String reason) {
        if (firstReasons.size() < MissingCells.MAX_LISTED || cell < firstReasons.lastKey()) {
            firstReasons.put(cell, reason);
            if (firstReasons.size() > MissingCells.MAX_LISTED) {
                firstReasons.pollLastEntry();
            }
        }
    }

    /** Returns the reasons of the first cells that have a row but no outcome, after all cells have been read. */
    SortedMap<Long, String> firstReasons() {
        return Collections.unmodifiableSortedMap(firstReasons);
    }

    /**
     * Lists all cells without an outcome.
     *
     * @param panel the panel built from the cells
     * @param sink receives the cells
     */
    void listMissing(Panel panel, MissingCellSink sink) {
        MissingCellLister lister = new MissingCellLister(panel, MissingCells.NO_ROW, sink, Long.MAX_VALUE);
        if (observations.count() > observations.count(OutcomeStatus.NUMBER)) {
            observations.explainingErrors(() -> database.query(
                    "SELECT u.code AS unit, t.code AS period, o.status::INTEGER" + FROM + " WHERE o.status <> "
                            + OutcomeStatus.NUMBER + " ORDER BY ALL",
                    row -> lister.report(cell(row.getInt(1), row.getInt(2)), MissingCells.reason(row.getInt(3)))));
        }
        lister.finish();
    }

    /** Returns a numeric column of the table of units. */
    private long[] numbers(String column) {
        LongStream.Builder numbers = LongStream.builder();
        database.query("SELECT " + column + " FROM unit_code ORDER BY code", row -> numbers.add(row.getLong(1)));
        return numbers.build().toArray();
    }

    private void requireSameFile(boolean isSame) {
        if (!isSame) {
            throw new UserInputException(
                    source.name() + ": the rows differed between the first and the second time they were read;"
                            + " do not change the input during a run, and use a --where that always selects the same rows");
        }
    }

    private void rejectingDuplicates(Runnable task) {
        try {
            task.run();
        } catch (InvalidPanelException e) {
            rejectDuplicates();
            throw e;
        }
    }

    /** Rejects two rows for the same cell. The message names the pair whose second row comes first in the input. */
    private void rejectDuplicates() {
        List<Long> found = new ArrayList<>();
        String rows = "SELECT u.code AS unit, t.code AS period, o.row AS row" + FROM;
        database.query(
                "SELECT unit, period, rows[1], rows[2], count(*) OVER () FROM (SELECT unit, period,"
                        + " list_sort(list(row)) AS rows FROM (" + rows + ") SEMI JOIN (SELECT unit, period FROM ("
                        + rows + ") GROUP BY unit, period HAVING count(*) > 1) USING (unit, period)"
                        + " GROUP BY unit, period) ORDER BY rows[2] LIMIT 1",
                row -> {
                    for (int column = 1; column <= 5; column++) {
                        found.add(row.getLong(column));
                    }
                });
        if (!found.isEmpty()) {
            long others = found.get(4) - 1;
            throw new UserInputException(observations.place(found.subList(2, 4))
                    + ": two rows for unit "
                    + Quoted.value(units.get(found.get(0).intValue())) + " and period "
                    + Quoted.value(periods.get(found.get(1).intValue()))
                    + (others > 0 ? " (and " + others + " more such pairs)" : "")
                    + DuplicateRemedy.of(
                            source,
                            observations.columnsThatTellApart(),
                            periods.get(found.get(1).intValue())));
        }
    }
}
