package io.github.rowwise.internal.stats;

/**
 * The step-up procedure of Benjamini and Hochberg (1995, doi:10.1111/j.2517-6161.1995.tb02031.x), which turns p-values
 * into q-values. The p-values are supplied in descending order.
 */
public final class BenjaminiHochberg {

    private final long tests;
    private double smallest;

    /**
     * Starts the procedure.
     *
     * @param tests total number of p-values
     * @param smallest smallest q-value among the larger p-values that other instances have processed; 1 if there are
     *     none
     */
    public BenjaminiHochberg(long tests, double smallest) {
        this.tests = tests;
        this.smallest = smallest;
    }

    /**
     * Returns the q-value of the next smaller p-value.
     *
     * @param rank rank of the p-value in ascending order, from 1
     */
    public double next(double pValue, long rank) {
        smallest = Math.min(smallest, pValue * tests / rank);
        return smallest;
    }
}
