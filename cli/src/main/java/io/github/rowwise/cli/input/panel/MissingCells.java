package io.github.rowwise.cli.input.panel;

import io.github.rowwise.panel.Panel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many cells of the panel have no outcome, and why.
 *
 * @param noRow there is no row for this unit and period
 * @param empty the outcome is empty
 * @param na the outcome is the text NA
 * @param nan the outcome is NaN
 * @param nullText the outcome is the text null
 * @param unexplained a panel file does not say why
 * @param rows rows that do not meet the user's condition; they are no cells
 * @param first the reasons of the first cells that have a row, by unit * periods + period
 */
public record MissingCells(
        long noRow,
        long empty,
        long na,
        long nan,
        long nullText,
        long unexplained,
        long rows,
        SortedMap<Long, String> first) {

    /** How many cells {@link #list} has at most. */
    public static final int MOST_LISTED = 1000;

    static final String NO_ROW = "no row";
    static final String UNEXPLAINED = "missing";

    /** Reasons by the status of an outcome. */
    private static final Map<Integer, String> REASONS = Map.of(
            ObservationView.EMPTY, "outcome empty",
            ObservationView.NA, "outcome NA",
            ObservationView.NAN, "outcome NaN",
            ObservationView.NULL_TEXT, "outcome null");

    /** What is known of a panel file. */
    static MissingCells unexplained(long cells) {
        return new MissingCells(0, 0, 0, 0, 0, cells, 0, new TreeMap<>());
    }

    /** The reason of an outcome's status. */
    static String reason(int status) {
        return REASONS.getOrDefault(status, UNEXPLAINED);
    }

    /**
     * Returns the number of missing cells.
     *
     * @return the sum over the reasons
     */
    public long total() {
        return noRow + empty + na + nan + nullText + unexplained;
    }

    /**
     * Returns the reasons in words.
     *
     * @return the cells of each reason, in a fixed order
     */
    public Map<String, Long> reasons() {
        Map<String, Long> reasons = new LinkedHashMap<>();
        reasons.put(NO_ROW, noRow);
        reasons.put(reason(ObservationView.EMPTY), empty);
        reasons.put(reason(ObservationView.NA), na);
        reasons.put(reason(ObservationView.NAN), nan);
        reasons.put(reason(ObservationView.NULL_TEXT), nullText);
        if (unexplained > 0) {
            reasons.put(UNEXPLAINED, unexplained);
        }
        return reasons;
    }

    /**
     * Passes on the first missing cells, at most {@link #MOST_LISTED}.
     *
     * @param panel the panel that these are of
     * @param sink takes the cells
     */
    public void list(Panel panel, MissingCellSink sink) {
        MissingCellsWalk walk = new MissingCellsWalk(panel, unexplained > 0 ? UNEXPLAINED : NO_ROW, sink, MOST_LISTED);
        first.forEach(walk::to);
        walk.toTheEnd();
    }
}
