package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.stats.EffectEstimates;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Effects by arm, estimand (ATE, ATT, ATU) and unit, and their averages over units, in scaled outcomes.
 *
 * <p>Treatments are numbered from 1. The effects of a unit without cells in the treatment or under control are
 * predicted from its other cells and from the other units. An average over none of a unit's cells is NaN.
 */
public final class FactorEffects {

    /** Number of averages over units: one per estimand, and one over treated cells. */
    public static final int AVERAGES = EffectEstimates.ESTIMANDS + 1;

    /** Index of the average over treated cells, in which a unit's ATT has the number of its treated cells as weight. */
    static final int OVER_CELLS = EffectEstimates.ESTIMANDS;

    /** Fewest degrees of freedom of Student's t distribution. */
    static final double MIN_DEGREES_OF_FREEDOM = 4;

    final double[][][] values;
    final double[][][] variances;
    final double[][][] degreesOfFreedom;
    final double[][] periodVariances;
    final double[][] eventTimeVariances;

    @Nullable
    CellVariances cells;

    @Nullable
    OnsetTimes onsets;

    final double[][] averages;
    final double[][] averageVariances;
    double averageDegreesOfFreedom;

    private List<AttributeSlopes> attributes = List.of();
    private double[] covariateCoefficients = {};
    private double[] covariateVariances = {};

    FactorEffects(int treatments, int units) {
        this.values = new double[treatments][EffectEstimates.ESTIMANDS][units];
        this.variances = new double[treatments][EffectEstimates.ESTIMANDS][units];
        this.degreesOfFreedom = new double[treatments][EffectEstimates.ESTIMANDS][units];
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
     * @param degreesOfFreedom by estimand and unit
     */
    public record Contents(
            double[][][] values,
            double[][][] variances,
            double[][][] degreesOfFreedom,
            double[][] periodVariances,
            double[][] eventTimeVariances,
            double[][] averages,
            double[][] averageVariances,
            double averageDegreesOfFreedom,
            @Nullable CellVariances cells,
            @Nullable OnsetTimes onsets) {}

    /** What they consist of, with the arrays themselves. */
    public Contents contents() {
        return new Contents(
                values,
                variances,
                degreesOfFreedom,
                periodVariances,
                eventTimeVariances,
                averages,
                averageVariances,
                averageDegreesOfFreedom,
                cells,
                onsets);
    }

    /** Of what {@link #contents} returned; the arrays are kept. */
    public FactorEffects(Contents known) {
        this.values = known.values;
        this.variances = known.variances;
        this.degreesOfFreedom = known.degreesOfFreedom;
        this.periodVariances = known.periodVariances;
        this.eventTimeVariances = known.eventTimeVariances;
        this.averages = known.averages;
        this.averageVariances = known.averageVariances;
        this.averageDegreesOfFreedom = known.averageDegreesOfFreedom;
        this.cells = known.cells;
        this.onsets = known.onsets;
    }

    /** Returns the effects for the periods of the panel only, which are among those of the fit. */
    public FactorEffects at(int[] present) {
        double[][] inPeriods = Arrays.stream(periodVariances)
                .map(row -> Arrays.stream(present).mapToDouble(j -> row[j]).toArray())
                .toArray(double[][]::new);
        OnsetTimes times = onsets == null ? null : onsets.at(present);
        FactorEffects result = new FactorEffects(new Contents(
                values,
                variances,
                degreesOfFreedom,
                inPeriods,
                eventTimeVariances,
                averages,
                averageVariances,
                averageDegreesOfFreedom,
                cells == null ? null : cells.at(present, times),
                times));
        result.setCovariates(covariateCoefficients, covariateVariances);
        result.setAttributes(attributes);
        return result;
    }

    /** Sets the coefficients of the covariates and their sampling variances. */
    void setCovariates(double[] coefficients, double[] ofCoefficients) {
        covariateCoefficients = coefficients;
        covariateVariances = ofCoefficients;
    }

    void setAttributes(List<AttributeSlopes> byArm) {
        attributes = byArm;
    }

    /** Returns how effects depend on attributes, by arm from the first treatment on; empty without attributes. */
    public List<AttributeSlopes> attributes() {
        return attributes;
    }

    /** Returns the coefficient of a scaled covariate, after {@code CovariateAdjustment}. */
    public double covariateCoefficient(int covariate) {
        return covariateCoefficients[covariate];
    }

    public double covariateVariance(int covariate) {
        return covariateVariances[covariate];
    }

    /**
     * Returns the factor by which the estimation of the prior covariance increases variances: the mean of an inverse
     * Wishart distribution.
     */
    static double inflation(int coefficients, int units) {
        double free = units - coefficients - 1.0;
        double pooled = Math.min((coefficients + 1.0) / (free > 0 ? free : units), .5);
        // The period effects are estimated from the other units: of two units, from one.
        return 1 + Math.max(pooled, 1 / (units - 1.0));
    }

    /** Returns the effects by arm, from the first treatment on. The arrays are not copied. */
    public List<EffectEstimates> byArm() {
        return IntStream.range(0, values.length)
                .mapToObj(arm -> new EffectEstimates(values[arm], variances[arm], degreesOfFreedom[arm]))
                .toList();
    }

    /** Returns the degrees of freedom of Student's t distribution. */
    public double degreesOfFreedom(int arm, int estimand, int unit) {
        return degreesOfFreedom[arm - 1][estimand][unit];
    }

    /** Returns the variance of the effect in a period, averaged over the units that were requested. */
    public double periodVariance(int arm, int period) {
        return periodVariances[arm - 1][period];
    }

    /**
     * Returns the variance of the effect at an event time, averaged over the cells of the units that were requested;
     * NaN if there are none.
     *
     * @param eventTime from 0 to {@link io.github.rowwise.internal.assignment.EventTimes#FURTHEST}
     */
    public double eventTimeVariance(int arm, int eventTime) {
        return eventTimeVariances[arm - 1][eventTime];
    }

    /** Returns the variance of the effect in a cell; NaN if it was not requested. */
    public double cellVariance(int arm, int unit, int period) {
        return cells == null ? Double.NaN : cells.variance(arm, unit, period);
    }

    /** Makes all variances unknown. */
    void removeVariances() {
        for (double[][] byArm : variances) {
            for (double[] byUnit : byArm) {
                Arrays.fill(byUnit, Double.NaN);
            }
        }
        for (double[][] table : new double[][][] {periodVariances, eventTimeVariances, averageVariances}) {
            for (double[] byArm : table) {
                Arrays.fill(byArm, Double.NaN);
            }
        }
        cells = null;
    }

    /** Returns the times since the start of treatment; {@code null} without onset terms. */
    public @Nullable OnsetTimes onsets() {
        return onsets;
    }

    /** Returns the effect of a unit's average onset terms in an arm. */
    public double averageOnset(int arm, int unit, FactorState state) {
        OnsetTimes times = Objects.requireNonNull(onsets);
        int first = unit * state.size.coefficients() + state.size.firstOnset(arm);
        double sum = 0;
        for (int term = 0; term < state.size.onsets(); term++) {
            sum += times.average(arm, unit, term) * state.coefficients[first + term];
        }
        return sum;
    }

    /** Returns one of the {@link #AVERAGES} over the units that were requested. */
    public double average(int arm, int average) {
        return averages[arm - 1][average];
    }

    public double averageDegreesOfFreedom() {
        return averageDegreesOfFreedom;
    }

    public double averageVariance(int arm, int average) {
        return averageVariances[arm - 1][average];
    }
}
