package io.github.rowwise.internal.pass;

/**
 * What the core sees of a panel, or of a part of it.
 *
 * @param runner the rows and sums over all units
 * @param units units whose rows are here, and so the length of n-vectors
 * @param allUnits n
 * @param periods m
 * @param arms number of arms
 * @param scale power of two that outcomes are multiplied by
 * @param hash random numbers of the cells of the units that are here
 */
public record PanelView(
        PassRunner runner, int units, int allUnits, int periods, int arms, double scale, CellHash hash) {

    /** Of a panel whose units are all here. */
    public PanelView(PassRunner runner, int units, int periods, int arms, double scale, CellHash hash) {
        this(runner, units, units, periods, arms, scale, hash);
    }

    /** The same panel, seen in one block of rows out of so many. */
    public PanelView sample(int every) {
        return new PanelView(runner.subsample(every), units, allUnits, periods, arms, scale, hash);
    }

    /** The power of two that brings the largest outcome between 1 and 2; 1 when all outcomes are zero. */
    public static double scaleFor(double largestOutcome) {
        if (largestOutcome == 0) {
            return 1;
        }
        // Its reciprocal must be finite too, because results are scaled back.
        int exponent = Math.max(-1000, Math.min(1000, Math.getExponent(largestOutcome)));
        return Math.scalb(1.0, -exponent);
    }
}
