package io.github.rowwise.spark.panel;

import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.tables.MissingCodes;
import io.github.rowwise.tables.OptionNaming;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The times and levels of a table, and the faults of its rows, from one pass before the panel is made. */
final class TableProfile implements Serializable {

    private static final long serialVersionUID = 1L;

    static final int MOST_LEVELS = 1000;
    static final int MOST_PERIODS = 1_000_000;
    private static final int PLACES = 3;

    /** The faults of a row. */
    private enum Fault {
        UNIT,
        TIME,
        NUL_UNIT,
        NUL_TIME,
        TEXT,
        INFINITE,
        NO_FLOAT,
        TREATMENT
    }

    /** The profile of no rows. */
    static final byte[] NOTHING = JavaSerialization.of(new TableProfile());

    private final HashSet<String> times = new HashSet<>();
    private final HashSet<String> levels = new HashSet<>();
    private final EnumMap<Fault, Long> counts = new EnumMap<>(Fault.class);
    /** The first places by name, so that the order of the rows does not matter, each with its value after a NUL. */
    private final EnumMap<Fault, TreeSet<String>> places = new EnumMap<>(Fault.class);

    private long rows;

    /** Returns the profile of a partition's rows. */
    static FlatMapFunction<Iterator<Row>, byte[]> ofRows(boolean isText, OutcomeStorage storage) {
        return rows -> {
            TableProfile census = new TableProfile();
            rows.forEachRemaining(row -> census.add(row, isText, storage));
            return List.of(JavaSerialization.of(census)).iterator();
        };
    }

    static byte[] merge(byte[] first, byte[] second) {
        TableProfile sum = (TableProfile) JavaSerialization.read(first);
        sum.add((TableProfile) JavaSerialization.read(second));
        return JavaSerialization.of(sum);
    }

    private void add(Row row, boolean isText, OutcomeStorage storage) {
        rows++;
        String unit = row.getString(0);
        String time = row.getString(1);
        if (unit == null || unit.isEmpty()) {
            note(Fault.UNIT, row, "");
        } else if (unit.indexOf('\0') >= 0) {
            note(Fault.NUL_UNIT, row, "");
        }
        if (OutcomeStatus.isMissing(time)) {
            note(Fault.TIME, row, "");
        } else if (time.indexOf('\0') >= 0) {
            note(Fault.NUL_TIME, row, "");
        } else if (times.size() <= MOST_PERIODS) {
            times.add(time);
        }
        switch (OutcomeStatus.of(row, 2, isText)) {
            case MISSING -> {}
            case TEXT -> note(Fault.TEXT, row, row.getString(2));
            case INFINITE -> note(Fault.INFINITE, row, String.valueOf(row.get(2)));
            case NUMBER -> {
                if (storage == OutcomeStorage.FLOAT && !isFloat(OutcomeStatus.number(row, 2, isText))) {
                    note(Fault.NO_FLOAT, row, String.valueOf(row.get(2)));
                }
                String level = row.getString(3);
                if (OutcomeStatus.isMissing(level)) {
                    note(Fault.TREATMENT, row, "");
                } else if (levels.size() <= MOST_LEVELS) {
                    levels.add(level);
                }
            }
        }
    }

    private static boolean isFloat(double outcome) {
        double size = Math.abs((float) outcome);
        return outcome == 0 || (size <= Float.MAX_VALUE && size >= Float.MIN_NORMAL);
    }

    private void note(Fault fault, Row row, String value) {
        counts.merge(fault, 1L, Long::sum);
        keep(fault, place(row.getString(0), row.getString(1)) + '\0' + Quoted.value(value));
    }

    private void keep(Fault fault, String place) {
        TreeSet<String> kept = places.computeIfAbsent(fault, key -> new TreeSet<>());
        kept.add(place);
        if (kept.size() > PLACES) {
            kept.pollLast();
        }
    }

    private static String place(@Nullable String unit, @Nullable String time) {
        String where = unit == null || unit.isEmpty() ? "a row without a unit" : "unit " + Quoted.value(unit);
        return OutcomeStatus.isMissing(time) ? where : where + " in period " + Quoted.value(String.valueOf(time));
    }

    private void add(TableProfile other) {
        rows += other.rows;
        addUpTo(MOST_PERIODS, times, other.times);
        addUpTo(MOST_LEVELS, levels, other.levels);
        other.counts.forEach((fault, count) -> counts.merge(fault, count, Long::sum));
        other.places.forEach((fault, kept) -> kept.forEach(place -> keep(fault, place)));
    }

    /** Exceeds the limit by one at most: the table is rejected then. */
    private static void addUpTo(int most, Set<String> texts, Set<String> others) {
        for (String text : others) {
            if (texts.size() > most) {
                return;
            }
            texts.add(text);
        }
    }

    /** Rejects rows that cannot be cells of a panel. */
    void check(PanelColumns columns) {
        OptionNaming naming = columns.naming();
        if (rows == 0) {
            throw new InvalidPanelException("no row at all: a panel has one row per unit and period");
        }
        reject(Fault.UNIT, columns.unit(), "no unit; every row needs the name of its unit");
        reject(Fault.TIME, columns.time(), "no time; every row needs its period");
        String damaged = "a NUL byte; the table is damaged or not text: write it again as UTF-8";
        reject(Fault.NUL_UNIT, columns.unit(), damaged);
        reject(Fault.NUL_TIME, columns.time(), damaged);
        reject(
                Fault.TEXT,
                columns.outcome(),
                "not a number; write a number with a decimal point, or leave it empty"
                        + MissingCodes.proposal(naming.assignment("missing"), values(Fault.TEXT)));
        reject(
                Fault.INFINITE,
                columns.outcome(),
                "infinite or beyond 1e290 in size; write a number in another unit, or leave it empty if it is missing");
        reject(Fault.NO_FLOAT, columns.outcome(), "too large or too close to 0 for a float; store outcomes as double");
        reject(
                Fault.TREATMENT,
                columns.treatment(),
                "no treatment although there is an outcome; fill it in, empty the outcome too, or leave such rows out"
                        + " with " + naming.name("where"));
        if (levels.isEmpty()) {
            throw new InvalidPanelException("column " + Quoted.value(columns.outcome())
                    + ": every outcome is missing; name the column of the outcomes with " + naming.name("outcome"));
        }
        rejectMany(levels, MOST_LEVELS, columns.treatment(), "levels", "treatment with " + naming.name("treatment"));
        rejectMany(times, MOST_PERIODS, columns.time(), "periods", "periods with " + naming.name("time"));
    }

    private void reject(Fault fault, String column, String reason) {
        long count = counts.getOrDefault(fault, 0L);
        if (count > 0) {
            TreeSet<String> kept = Objects.requireNonNull(places.get(fault));
            List<String> wheres = new ArrayList<>();
            List<String> values = new ArrayList<>();
            for (String place : kept) {
                wheres.add(place.substring(0, place.indexOf('\0')));
                values.add(place.substring(place.indexOf('\0') + 1));
            }
            boolean hasValue = fault == Fault.TEXT || fault == Fault.INFINITE || fault == Fault.NO_FLOAT;
            String what = hasValue
                    ? String.join(", ", values)
                            + (values.size() == 1 ? " is " : " are ")
                            + (values.size() == 1 ? reason : reason.replace("not a number", "not numbers"))
                    : reason;
            throw new InvalidPanelException(String.join(", ", wheres) + ", column " + Quoted.value(column) + ": " + what
                    + (count > wheres.size() ? " (and " + (count - wheres.size()) + " more)" : ""));
        }
    }

    /** Returns the values of the first places of a fault, without their quotes. */
    private List<String> values(Fault fault) {
        return places.getOrDefault(fault, new TreeSet<>()).stream()
                .map(place -> place.substring(place.indexOf('\0') + 2, place.length() - 1))
                .toList();
    }

    private static void rejectMany(Set<String> texts, int most, String column, String what, String remedy) {
        if (texts.size() > most) {
            throw new InvalidPanelException("column " + Quoted.value(column) + ": more than " + most + " " + what
                    + ", such as "
                    + Quoted.list(texts.stream().sorted().limit(PLACES).toList())
                    + "; name the column of the " + remedy);
        }
    }

    /** Returns the texts of the times, sorted as texts. */
    List<String> times() {
        return sorted(times);
    }

    /** Returns the texts of the treatment in rows with an outcome, sorted as texts. */
    List<String> levels() {
        return sorted(levels);
    }

    long rows() {
        return rows;
    }

    private static List<String> sorted(Set<String> texts) {
        List<String> sorted = new ArrayList<>(texts);
        Collections.sort(sorted);
        return sorted;
    }
}
