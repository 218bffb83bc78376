package io.github.rowwise.cli.input.panel;

import io.github.rowwise.panel.Panel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Numbers of cells without an outcome, by reason.
 *
 * @param noRow cells without a row in the input
 * @param empty cells whose outcome is empty
 * @param na cells whose outcome is the text NA
 * @param nan cells whose outcome is NaN
 * @param nullText cells whose outcome is the text null
 * @param code cells whose outcome is another code for a missing value
 * @param covariate cells with an outcome but without a covariate
 * @param unexplained missing cells of a panel file, which does not store reasons
 * @param zeroRows cells without a row that count as an outcome of 0; these are not missing
 * @param excludedRows rows excluded by the user's condition; these are not cells
 * @param firstReasons reasons of the first cells that have a row, by unit * periods + period
 */
public record MissingCells(
        long noRow,
        long empty,
        long na,
        long nan,
        long nullText,
        long code,
        long covariate,
        long unexplained,
        long zeroRows,
        long excludedRows,
        SortedMap<Long, String> firstReasons) {

    static final int MAX_LISTED = 1000;
    static final String NO_ROW = "no row";
    static final String UNEXPLAINED = "missing";

    private static final Map<Integer, String> REASONS = Map.of(
            OutcomeStatus.EMPTY, "outcome empty",
            OutcomeStatus.NA, "outcome NA",
            OutcomeStatus.NAN, "outcome NaN",
            OutcomeStatus.NULL_TEXT, "outcome null",
            OutcomeStatus.CODE, "outcome code for missing",
            OutcomeStatus.COVARIATE_MISSING, "covariate missing");

    /** Returns the missing cells of a panel file. */
    static MissingCells unexplained(long cells) {
        return new MissingCells(0, 0, 0, 0, 0, 0, 0, cells, 0, 0, new TreeMap<>());
    }

    /** Returns the reason for a status of the outcome. */
    static String reason(int status) {
        return REASONS.getOrDefault(status, UNEXPLAINED);
    }

    /**
     * Returns the number of missing cells.
     *
     * @return the sum over the reasons
     */
    public long total() {
        return noRow + empty + na + nan + nullText + code + covariate + unexplained;
    }

    /**
     * Returns the number of cells for each reason.
     *
     * @return the numbers by reason, in a fixed order
     */
    public Map<String, Long> reasons() {
        Map<String, Long> reasons = new LinkedHashMap<>();
        reasons.put(NO_ROW, noRow);
        reasons.put(reason(OutcomeStatus.EMPTY), empty);
        reasons.put(reason(OutcomeStatus.NA), na);
        reasons.put(reason(OutcomeStatus.NAN), nan);
        reasons.put(reason(OutcomeStatus.NULL_TEXT), nullText);
        if (code > 0) {
            reasons.put(reason(OutcomeStatus.CODE), code);
        }
        if (covariate > 0) {
            reasons.put(reason(OutcomeStatus.COVARIATE_MISSING), covariate);
        }
        if (unexplained > 0) {
            reasons.put(UNEXPLAINED, unexplained);
        }
        return reasons;
    }

    /**
     * Lists the first 1000 missing cells.
     *
     * @param panel the panel to which these counts belong
     * @param sink receives the cells
     */
    public void list(Panel panel, MissingCellSink sink) {
        MissingCellLister lister =
                new MissingCellLister(panel, unexplained > 0 ? UNEXPLAINED : NO_ROW, sink, MAX_LISTED);
        firstReasons.forEach(lister::report);
        lister.finish();
    }
}
