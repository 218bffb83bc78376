package io.github.rowwise.internal.pass;

import java.util.stream.IntStream;

/**
 * The data of a panel, or of a shard of it, as the algorithms access it.
 *
 * @param runner passes over the rows, and sums over all units
 * @param units number of local units, whose rows the runner reads: the length of the arrays with one entry per unit
 * @param allUnits n, the number of units of the panel
 * @param periods m: the number of columns of the rows
 * @param present the columns that are periods of the panel, in increasing order; the others have no cells
 * @param arms number of arms
 * @param scale power of two by which outcomes are multiplied
 * @param adjustment how covariates are read
 * @param isAdjusted whether the rows lack what first coefficients of the covariates explain
 * @param attributes attributes of the local units
 * @param hash random numbers of the local units' cells
 */
public record PanelView(
        PassRunner runner,
        int units,
        int allUnits,
        int periods,
        int[] present,
        int arms,
        double scale,
        RowAdjustment adjustment,
        boolean isAdjusted,
        UnitAttributes attributes,
        CellHash hash) {

    /** Creates the view of a panel or a shard. */
    public PanelView(PassRunner runner, int units, int allUnits, int periods, int arms, double scale, CellHash hash) {
        this(
                runner,
                units,
                allUnits,
                periods,
                IntStream.range(0, periods).toArray(),
                arms,
                scale,
                RowAdjustment.NONE,
                false,
                UnitAttributes.NONE,
                hash);
    }

    /** Creates the view of a panel whose units are all local. */
    public PanelView(PassRunner runner, int units, int periods, int arms, double scale, CellHash hash) {
        this(runner, units, units, periods, arms, scale, hash);
    }

    /**
     * Returns a view in which absent periods are columns without cells.
     *
     * @param columns the column of each period; this view if they follow each other
     */
    public PanelView spaced(int[] columns) {
        int width = columns[columns.length - 1] + 1;
        return width == periods
                ? this
                : new PanelView(
                        spaced(runner, columns, width),
                        units,
                        allUnits,
                        width,
                        columns,
                        arms,
                        scale,
                        adjustment.spaced(columns, width),
                        isAdjusted,
                        attributes,
                        hash.spaced(columns, width));
    }

    private static PassRunner spaced(PassRunner runner, int[] columns, int width) {
        return new TransformedRunner(runner, () -> new SpacedRows(columns, width));
    }

    /** Returns the same view with a new runner, which reads the panel itself. */
    public PanelView withRunner(PassRunner other) {
        PassRunner spaced = present.length == periods ? other : spaced(other, present, periods);
        return with(isAdjusted ? adjustment.adjust(spaced) : spaced);
    }

    /** Returns a view of a subsample of the rows: one block in {@code every}. */
    public PanelView sample(int every) {
        return with(runner.subsample(every));
    }

    private PanelView with(PassRunner other) {
        return new PanelView(
                other, units, allUnits, periods, present, arms, scale, adjustment, isAdjusted, attributes, hash);
    }

    /** Returns the view with covariates, whose rows are those of this view. */
    public PanelView withCovariates(RowAdjustment covariates) {
        return new PanelView(
                runner, units, allUnits, periods, present, arms, scale, covariates, false, attributes, hash);
    }

    /** Returns the view without what first coefficients of the covariates explain of the outcomes. */
    public PanelView adjusted() {
        return covariates() == 0
                ? this
                : new PanelView(
                        adjustment.adjust(runner),
                        units,
                        allUnits,
                        periods,
                        present,
                        arms,
                        scale,
                        adjustment,
                        true,
                        attributes,
                        hash);
    }

    /** Returns the view with attributes of its units. */
    public PanelView withAttributes(UnitAttributes ofUnits) {
        return new PanelView(
                runner, units, allUnits, periods, present, arms, scale, adjustment, isAdjusted, ofUnits, hash);
    }

    /** Returns the number of covariates. */
    public int covariates() {
        return adjustment.covariates();
    }

    /** Returns the power of two that brings the largest outcome between 1 and 2; 1 if all outcomes are zero. */
    public static double scaleFor(double largestOutcome) {
        if (largestOutcome == 0) {
            return 1;
        }
        // The reciprocal must be finite too, because results are scaled back.
        int exponent = Math.max(-1000, Math.min(1000, Math.getExponent(largestOutcome)));
        return Math.scalb(1.0, -exponent);
    }
}
