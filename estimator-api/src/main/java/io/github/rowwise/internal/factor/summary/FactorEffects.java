package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.spectral.EffectPass;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Effects by arm, estimand (ATE, ATT, ATU) and unit, and their averages over units, in scaled outcomes.
 *
 * <p>Arms count from 1. A unit that lacks an arm or control has numbers too, predictions from its other cells and from the
 * other units; an average over none of its cells is 0.
 */
public final class FactorEffects {

    /** ATE, ATT and ATU. */
    public static final int ESTIMANDS = 3;

    /** Averages over units of these, and over treated cells. */
    public static final int AVERAGES = ESTIMANDS + 1;

    /** The average over treated cells, in which a unit's ATT counts with the number of its treated cells. */
    static final int OVER_CELLS = ESTIMANDS;

    final double[][][] values;
    final double[][][] variances;
    final double[][][] freedom;
    final double[][] periodVariances;
    final double[][] eventTimeVariances;

    @Nullable
    CellVariances cells;

    final double[][] averages;
    final double[][] averageVariances;
    double averageFreedom;

    FactorEffects(int treatments, int units) {
        this.values = new double[treatments][ESTIMANDS][units];
        this.variances = new double[treatments][ESTIMANDS][units];
        this.freedom = new double[treatments][ESTIMANDS][units];
        this.periodVariances = new double[treatments][];
        this.eventTimeVariances = new double[treatments][];
        this.averages = new double[treatments][AVERAGES];
        this.averageVariances = new double[treatments][AVERAGES];
    }

    /**
     * All that the effects consist of, to be written and read; arrays by arm from the first treatment on.
     *
     * @param values by estimand and unit
     * @param variances by estimand and unit
     * @param freedom by estimand and unit
     */
    public record Contents(
            double[][][] values,
            double[][][] variances,
            double[][][] freedom,
            double[][] periodVariances,
            double[][] eventTimeVariances,
            double[][] averages,
            double[][] averageVariances,
            double averageFreedom,
            @Nullable CellVariances cells) {}

    /** What they consist of, with the arrays themselves. */
    public Contents contents() {
        return new Contents(
                values,
                variances,
                freedom,
                periodVariances,
                eventTimeVariances,
                averages,
                averageVariances,
                averageFreedom,
                cells);
    }

    /** Of what {@link #contents} returned; the arrays are kept. */
    public FactorEffects(Contents known) {
        this.values = known.values;
        this.variances = known.variances;
        this.freedom = known.freedom;
        this.periodVariances = known.periodVariances;
        this.eventTimeVariances = known.eventTimeVariances;
        this.averages = known.averages;
        this.averageVariances = known.averageVariances;
        this.averageFreedom = known.averageFreedom;
        this.cells = known.cells;
    }

    /** What estimating the prior covariance adds to variances: the mean of an inverse Wishart distribution's. */
    static double inflation(int coefficients, int units) {
        double free = units - coefficients - 1.0;
        return 1 + Math.min((coefficients + 1.0) / (free > 0 ? free : units), .5);
    }

    /** The arrays themselves, by arm from the first treatment on. */
    public List<EffectPass.Effects> byArm() {
        return IntStream.range(0, values.length)
                .mapToObj(arm -> new EffectPass.Effects(values[arm], variances[arm], freedom[arm]))
                .toList();
    }

    /** Degrees of freedom of Student's t. */
    public double degreesOfFreedom(int arm, int estimand, int unit) {
        return freedom[arm - 1][estimand][unit];
    }

    /** Of the effect in a period, averaged over the units that were asked for. */
    public double periodVariance(int arm, int period) {
        return periodVariances[arm - 1][period];
    }

    /** Of the effect at an event time, 0 to the furthest, averaged over the cells of these units; NaN where there is none. */
    public double eventTimeVariance(int arm, int eventTime) {
        return eventTimeVariances[arm - 1][eventTime];
    }

    /** Of the effect in a cell, NaN unless it was asked for. */
    public double cellVariance(int arm, int unit, int period) {
        return cells == null ? Double.NaN : cells.variance(arm, unit, period);
    }

    /** One of {@link #AVERAGES} over the units that were asked for. */
    public double average(int arm, int average) {
        return averages[arm - 1][average];
    }

    public double averageDegreesOfFreedom() {
        return averageFreedom;
    }

    public double averageVariance(int arm, int average) {
        return averageVariances[arm - 1][average];
    }
}
