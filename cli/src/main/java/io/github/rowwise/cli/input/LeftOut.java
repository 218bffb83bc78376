package io.github.rowwise.cli.input;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many cells of the panel have no outcome, and why.
 *
 * @param noRow the file has no row for this unit and period
 * @param empty the outcome is empty
 * @param na the outcome is the text NA
 * @param nan the outcome is NaN
 * @param nullText the outcome is the text null
 * @param unexplained a panel file does not say why
 */
public record LeftOut(long noRow, long empty, long na, long nan, long nullText, long unexplained) {

    /**
     * Returns the number of cells left out.
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
        reasons.put("no row", noRow);
        reasons.put("outcome empty", empty);
        reasons.put("outcome NA", na);
        reasons.put("outcome NaN", nan);
        reasons.put("outcome null", nullText);
        if (unexplained > 0) {
            reasons.put("missing", unexplained);
        }
        return reasons;
    }
}
