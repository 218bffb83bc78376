package io.github.rowwise.tables;

import java.util.Locale;

/**
 * What a unit and period without a row mean.
 *
 * <p>Zero suits tables that have rows only where something happened, such as sales. The outcome is 0 then, but the treatment
 * has to be known. With {@link #ZERO} a unit may change its treatment once at most. Before and after the change its treatment is
 * that of its other rows. Between the last row before and the first row after the change it is not known, and the cell stays
 * missing. With {@link #ZERO_CONTROL} the user knows that nothing was treated where there is no row.
 */
public enum AbsentRows {
    /** A missing cell. */
    MISSING,
    /** An outcome of 0, under the treatment of the unit's other rows. */
    ZERO,
    /** An outcome of 0 under control. */
    ZERO_CONTROL;

    /** What {@link #fill} returns if the treatment is not known. */
    public static final int UNKNOWN = -1;

    /**
     * Returns the name of the value.
     *
     * @return such as {@code zero-control}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns whether cells without a row get outcomes.
     *
     * @return false for missing cells
     */
    public boolean isZero() {
        return this != MISSING;
    }

    /**
     * Fills the cells of a unit that have no row with outcomes of 0.
     *
     * @param arms arms of the cells; those without an arm are negative
     * @param outcomes outcomes of the cells
     * @param first index of the unit's first cell
     * @param periods number of its cells
     * @param absent the mark of a cell without a row
     * @return the number of cells that were filled, or {@link #UNKNOWN} if the unit changes its treatment more than once
     */
    public int fill(byte[] arms, double[] outcomes, int first, int periods, byte absent) {
        if (this == MISSING) {
            return 0;
        }
        if (this == ZERO_CONTROL) {
            return fillControl(arms, outcomes, first, periods, absent);
        }
        int known = -1;
        int before = -1;
        int after = -1;
        int earliest = -1;
        for (int cell = first; cell < first + periods; cell++) {
            if (arms[cell] >= 0) {
                if (known >= 0 && arms[known] != arms[cell]) {
                    if (after >= 0) {
                        return UNKNOWN;
                    }
                    before = known;
                    after = cell;
                }
                earliest = known < 0 ? cell : earliest;
                known = cell;
            }
        }
        int filled = 0;
        for (int cell = first; known >= 0 && cell < first + periods; cell++) {
            boolean isChanging = after >= 0 && cell > before && cell < after;
            if (arms[cell] == absent && !isChanging) {
                arms[cell] = after >= 0 && cell > after ? arms[known] : arms[earliest];
                outcomes[cell] = 0;
                filled++;
            }
        }
        return filled;
    }

    private static int fillControl(byte[] arms, double[] outcomes, int first, int periods, byte absent) {
        int filled = 0;
        for (int cell = first; cell < first + periods; cell++) {
            if (arms[cell] == absent) {
                arms[cell] = 0;
                outcomes[cell] = 0;
                filled++;
            }
        }
        return filled;
    }

    /**
     * Returns the message about a unit whose treatment is not known where it has no row.
     *
     * @param option what precedes the value of the option, such as {@code "--absent-rows "}
     * @param unit the unit, in quotes
     * @return one line
     */
    public static String unknown(String option, String unit) {
        return option + ZERO.label() + ": unit " + unit
                + " changes its treatment more than once, so its treatment is not known where it has no row; add these rows,"
                + " with their treatment and an outcome of 0, or write " + option + ZERO_CONTROL.label()
                + " if nothing is treated where there is no row";
    }
}
