package io.github.rowwise.cli.input;

import io.github.rowwise.cli.database.Database;
import java.util.List;

/** Refuses rows that cannot be a cell of a panel, naming the lines. */
final class ObservationChecks {

    private static final int PLACES = 3;

    private final Database database;
    private final PanelSource source;
    private final Observations observations;

    ObservationChecks(Database database, PanelSource source, Observations observations) {
        this.database = database;
        this.source = source;
        this.observations = observations;
    }

    /** Everything that can be seen without the panel. */
    void run() {
        if (observations.count(-1) == 0) {
            throw new RefusedException(source.name() + ": no row is left by --where "
                    + Shown.value(String.valueOf(source.where())) + "; loosen the condition");
        }
        refuse("unit IS NULL OR unit = ''", source.columns().unit(), "no unit; every row needs the name of its unit");
        refuse(
                "time IS NULL OR lower(trim(time)) IN " + Observations.MISSING_TEXTS,
                source.columns().time(),
                "no time; every row needs its period");
        for (String column : List.of("unit", "time")) {
            refuse(
                    "contains(" + column + ", chr(0))",
                    column.equals("unit")
                            ? source.columns().unit()
                            : source.columns().time(),
                    "a NUL byte; the file is damaged or not text: write it again as UTF-8");
        }
        refuseOutcomes(Observations.TEXT, "is not a number; write a number with a decimal point, or leave it empty");
        refuseOutcomes(Observations.INFINITE, "is infinite or too large; write a finite number, or leave it empty");
        refuse(
                "status = " + Observations.NUMBER + " AND (treatment IS NULL OR lower(trim(treatment)) IN "
                        + Observations.MISSING_TEXTS + ")",
                source.columns().treatment(),
                "no treatment although there is an outcome; fill it in, or empty the outcome too");
    }

    private void refuse(String condition, String column, String reason) {
        List<Long> rows = observations.find(condition, PLACES);
        if (!rows.isEmpty()) {
            throw new RefusedException(observations.place(rows) + ", column " + Shown.value(column) + ": " + reason
                    + more(condition, rows));
        }
    }

    private void refuseOutcomes(int status, String reason) {
        String condition = "status = " + status;
        List<Long> rows = observations.find(condition, PLACES);
        if (!rows.isEmpty()) {
            String values = Shown.list(rows.stream()
                    .map(observations::outcomeText)
                    .map(Shown::value)
                    .toList());
            throw new RefusedException(observations.place(rows) + ", column "
                    + Shown.value(source.columns().outcome()) + ": " + values + " "
                    + (rows.size() == 1
                            ? reason
                            : reason.replaceFirst("^is ", "are ").replace("are not a number", "are not numbers"))
                    + more(condition, rows));
        }
    }

    private String more(String condition, List<Long> shown) {
        if (shown.size() < PLACES) {
            return "";
        }
        long[] all = new long[1];
        database.query("SELECT count(*) FROM observation WHERE " + condition, row -> all[0] = row.getLong(1));
        return all[0] > shown.size() ? " (and " + (all[0] - shown.size()) + " more)" : "";
    }

    /** Refuses two rows that speak of one cell, naming the pair that is complete first in the file. */
    void refuseDuplicates(List<String> units, List<String> periods) {
        database.query(
                "SELECT u, t, rows[1], rows[2], count(*) OVER () FROM (SELECT u.code AS u, t.code AS t,"
                        + " list_sort(list(o.rowid)) AS rows FROM observation o JOIN unit_code u ON o.unit = u.text"
                        + " JOIN period_code t ON o.time = t.text GROUP BY u.code, t.code HAVING count(*) > 1)"
                        + " ORDER BY rows[2] LIMIT 1",
                row -> {
                    long others = row.getLong(5) - 1;
                    throw new RefusedException(observations.place(List.of(row.getLong(3), row.getLong(4)))
                            + ": two rows for unit " + Shown.value(units.get(row.getInt(1))) + " and period "
                            + Shown.value(periods.get(row.getInt(2))) + "; keep one of them"
                            + (others > 0 ? " (and " + others + " more such pairs)" : ""));
                });
    }
}
