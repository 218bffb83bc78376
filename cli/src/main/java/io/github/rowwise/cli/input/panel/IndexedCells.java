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
import java.util.stream.LongStream;

/** The cells of the file by number of unit, period and arm. */
final class IndexedCells {

    private static final String FROM =
            " FROM observation o JOIN unit_code u ON o.unit = u.value JOIN period_code t ON o.time = t.value";
    // An arm without an outcome carries no information: such a cell equals one without a row, and has its status
    // instead.
    private static final String CELLS = "SELECT u.code AS unit, t.code AS period,"
            + " (CASE WHEN o.outcome IS NULL THEN -1 - o.status::INTEGER ELSE coalesce(a.code, -1) END)::INTEGER AS arm,"
            + " coalesce(o.outcome, 'nan'::DOUBLE) AS outcome" + FROM
            + " LEFT JOIN arm_code a ON o.treatment = a.value";

    private final Database database;
    private final PanelSource source;
    private final ObservationView observations;
    private final List<String> units;
    private final List<String> periods;
    private final TreeMap<Long, String> firstMissing = new TreeMap<>();

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
    }

    /** Hands over every cell, in any order. */
    void each(CellSink sink) {
        long[] count = new long[1];
        rejectingDuplicates(() -> observations.reading(() -> {
            count[0] = query(CELLS, sink);
        }));
        requireSameFile(count[0] == observations.count());
    }

    /**
     * Hands over unit after unit. Where the file has the units' rows far apart, its cells are first put on the disk, and
     * fetched as many units at a time as may be held.
     *
     * @param sink takes the units
     * @param most how many units may be held at a time
     */
    void byUnit(UnitRows sink, int most) {
        UnitRowAssembler assembly = new UnitRowAssembler(
                Arrays.stream(numbers("size")).mapToInt(Math::toIntExact).toArray(), periods.size(), sink);
        rejectingDuplicates(() -> {
            if (UnitRowAssembler.mostHeld(numbers("first"), numbers("last")) <= most) {
                observations.reading(() -> query(CELLS, assembly));
                return;
            }
            observations.reading(() -> database.createOnDisk("cell", CELLS));
            for (int unit = 0; unit < units.size(); unit += most) {
                query("SELECT * FROM cell WHERE unit BETWEEN " + unit + " AND " + (unit + most - 1L), assembly);
            }
        });
        requireSameFile(assembly.isDone());
    }

    private long query(String question, CellSink sink) {
        long[] count = new long[1];
        database.query(question, row -> {
            int unit = row.getInt(1);
            int period = row.getInt(2);
            int arm = row.getInt(3);
            if (arm < -1) {
                note(cell(unit, period), MissingCells.reason(-1 - arm));
            }
            sink.set(unit, period, Math.max(arm, -1), row.getDouble(4));
            count[0]++;
        });
        return count[0];
    }

    private long cell(int unit, int period) {
        return (long) unit * periods.size() + period;
    }

    private void note(long cell, String reason) {
        if (firstMissing.size() < MissingCells.MOST_LISTED || cell < firstMissing.lastKey()) {
            firstMissing.put(cell, reason);
            if (firstMissing.size() > MissingCells.MOST_LISTED) {
                firstMissing.pollLastEntry();
            }
        }
    }

    /** Of the cells that have a row but no outcome, the reasons of the first; once all were handed over. */
    SortedMap<Long, String> firstMissing() {
        return Collections.unmodifiableSortedMap(firstMissing);
    }

    /**
     * Hands over every cell without an outcome.
     *
     * @param panel the panel that was made of the cells
     * @param sink takes the cells
     */
    void missingCells(Panel panel, MissingCellSink sink) {
        MissingCellsWalk walk = new MissingCellsWalk(panel, MissingCells.NO_ROW, sink, Long.MAX_VALUE);
        if (observations.count() > observations.count(ObservationView.NUMBER)) {
            observations.reading(() -> database.query(
                    "SELECT u.code AS unit, t.code AS period, o.status::INTEGER" + FROM + " WHERE o.status <> "
                            + ObservationView.NUMBER + " ORDER BY ALL",
                    row -> walk.to(cell(row.getInt(1), row.getInt(2)), MissingCells.reason(row.getInt(3)))));
        }
        walk.toTheEnd();
    }

    /** A number of each unit. */
    private long[] numbers(String column) {
        LongStream.Builder numbers = LongStream.builder();
        database.query("SELECT " + column + " FROM unit_code ORDER BY code", row -> numbers.add(row.getLong(1)));
        return numbers.build().toArray();
    }

    private void requireSameFile(boolean isSame) {
        if (!isSame) {
            throw new UserInputException(
                    source.name() + ": the second time it was read it had other rows than the first;"
                            + " let it rest meanwhile, and write --where so that it always chooses the same rows");
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

    /** Rejects two rows that speak of one cell, naming the pair that is complete first in the file. */
    private void rejectDuplicates() {
        List<Long> found = new ArrayList<>();
        String cells = "SELECT u.code AS unit, t.code AS period, o.row AS row" + FROM;
        database.query(
                "SELECT unit, period, rows[1], rows[2], count(*) OVER () FROM (SELECT unit, period,"
                        + " list_sort(list(row)) AS rows FROM (" + cells + ") SEMI JOIN (SELECT unit, period FROM ("
                        + cells + ") GROUP BY unit, period HAVING count(*) > 1) USING (unit, period)"
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
                    + Quoted.value(periods.get(found.get(1).intValue())) + "; keep one of them"
                    + (others > 0 ? " (and " + others + " more such pairs)" : ""));
        }
    }
}
