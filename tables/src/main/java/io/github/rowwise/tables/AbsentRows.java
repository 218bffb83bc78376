package io.github.rowwise.tables;

/**
 * What a unit and period without a row mean.
 *
 * <p>Zero suits tables that have rows only where something happened, such as sales. The outcome is 0 then, but the treatment
 * has to be known: a unit may change its treatment once at most. Before and after the change its treatment is that of its other
 * rows. Between the last row before and the first row after the change it is not known, and the cell stays missing.
 */
public enum AbsentRows {
    /** A missing cell. */
    MISSING,
    /** An outcome of 0, under the treatment of the unit's other rows. */
    ZERO;

    /** What {@link #fill} returns if the treatment is not known. */
    public static final int UNKNOWN = -1;

    /**
     * Returns the name of the value.
     *
     * @return {@code missing} or {@code zero}
     */
    public String label() {
        return this == MISSING ? "missing" : "zero";
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
    public static int fill(byte[] arms, double[] outcomes, int first, int periods, byte absent) {
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

    /**
     * Returns the message about a unit whose treatment is not known where it has no row.
     *
     * @param option the option and its value, such as {@code --absent-rows zero}
     * @param unit the unit, in quotes
     * @return one line
     */
    public static String unknown(String option, String unit) {
        return option + ": unit " + unit
                + " changes its treatment more than once, so its treatment is not known where it has"
                + " no row; add these rows, with their treatment and an outcome of 0, or leave the option out";
    }
}
