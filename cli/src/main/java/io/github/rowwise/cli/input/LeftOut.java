package io.github.rowwise.cli.input;

/**
 * How many cells of the panel have no outcome, and why.
 *
 * @param noRow the file has no row for this unit and period
 * @param empty the outcome is empty
 * @param na the outcome is the text NA
 * @param nan the outcome is NaN
 * @param nullText the outcome is the text null
 */
public record LeftOut(long noRow, long empty, long na, long nan, long nullText) {

    /**
     * Returns the number of cells left out.
     *
     * @return the sum over the reasons
     */
    public long total() {
        return noRow + empty + na + nan + nullText;
    }
}
