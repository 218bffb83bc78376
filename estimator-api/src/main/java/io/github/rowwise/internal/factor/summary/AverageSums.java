package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.factor.kernel.CellBits;
import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.pass.UnitCells;
import io.github.rowwise.internal.pass.RowBlock;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Sums for the average effects over units.
 *
 * <p>The errors of different units are correlated where they come from the prior mean and from the factors. Therefore
 * these components are added up before they are squared.
 */
final class AverageSums implements Serializable {

    private static final long serialVersionUID = 1;

    private final Dimensions size;
    private final int periods;
    private final double[][] values;
    private final double[][] unitVariances;
    private final double[][][] sensitivities;
    private final double[][] effects;
    private final double[][] weights;

    /** By treatment: sums of the units' uncertainty, from which the variance of the average in any period follows. */
    private final double[][] covarianceSums;

    private final double[][] sensitivitySums;
    private final EventTimeSums[] eventTimes;

    /**
     * By period, then by treatment and average (ATT, ATU, over cells): the sum of d_a over the units whose average
     * includes the period, each divided by the number of cells of the unit's average. The average over cells has weight
     * 1 per cell.
     */
    private final double[] shares;

    /** By treatment and average: the sum of the weights of the units' cells, by period. */
    private final double[][][] cellWeights;

    /** Number of parameters that all units share. */
    private final int parameters;

    /** Sums over selected cells. */
    private final SelectedSums selected;

    AverageSums(Dimensions size, int periods, int parameters) {
        this(size, periods, parameters, 0);
    }

    /**
     * Creates sums over nothing.
     *
     * @param parameters number of parameters that all units share
     * @param groups number of groups of the averages over selected cells
     */
    AverageSums(Dimensions size, int periods, int parameters, int groups) {
        this.parameters = parameters;
        int treatments = size.treatments();
        this.size = size;
        this.periods = periods;
        this.values = new double[treatments][FactorEffects.AVERAGES];
        this.unitVariances = new double[treatments][FactorEffects.AVERAGES];
        this.sensitivities = new double[treatments][FactorEffects.AVERAGES][parameters];
        this.effects = new double[treatments][size.effects()];
        this.weights = new double[treatments][FactorEffects.AVERAGES];
        this.covarianceSums = new double[treatments][size.effects() * size.effects()];
        this.sensitivitySums = new double[treatments][parameters * size.effects()];
        this.eventTimes = new EventTimeSums[treatments];
        Arrays.setAll(eventTimes, treatment -> new EventTimeSums(size, parameters));
        this.shares = new double[periods * shareWidth(size)];
        this.cellWeights = new double[treatments][FactorEffects.AVERAGES][periods];
        this.selected = new SelectedSums(size, periods, parameters, groups);
    }

    SelectedSums selected() {
        return selected;
    }

    /** Returns the number of entries per period of {@link #shares}. */
    static int shareWidth(Dimensions size) {
        return (FactorEffects.AVERAGES - 1) * size.treatments() * size.effects();
    }

    /** Returns the index of an arm's average, from ATT (1) on, within a period of {@link #shares}. */
    static int shareStart(Dimensions size, int arm, int average) {
        return ((FactorEffects.AVERAGES - 1) * (arm - 1) + average - 1) * size.effects();
    }

    /** Adds a unit to one of the averages. */
    void add(int arm, int average, double weight, double value, double variance, double[] sensitivity, double[] d) {
        weights[arm - 1][average] += weight;
        values[arm - 1][average] += weight * value;
        unitVariances[arm - 1][average] += weight * weight * variance;
        Vectors.addScaled(sensitivities[arm - 1][average], 0, sensitivity, 0, weight, sensitivity.length);
        if (average == 0) {
            Vectors.add(effects[arm - 1], d);
        }
    }

    /**
     * Adds the weights of a unit's cells in its value to one of the averages.
     *
     * @param cells by slot
     */
    void addCells(int arm, int average, double weight, double[] cells, UnitCells units, int unit) {
        units.addToPeriods(unit, weight, cells, cellWeights[arm - 1][average]);
    }

    /** Adds a unit's effects in an arm by period, at an average time since the start. */
    void add(int arm, EffectUncertainty uncertainty) {
        Vectors.add(covarianceSums[arm - 1], uncertainty.unitCovariance);
        Vectors.add(sensitivitySums[arm - 1], uncertainty.sensitivity);
    }

    /** Returns the sums of an arm by event time. */
    EventTimeSums eventTimes(int arm) {
        return eventTimes[arm - 1];
    }

    /** Adds a unit's shares to the periods in which it is observed, with one row of shares per arm. */
    void addShares(RowBlock block, int row, double[] rows) {
        int width = shareWidth(size);
        int start = row * periods;
        for (int j = 0; j < periods; j++) {
            byte arm = block.arms()[start + j];
            if (arm == RowBlock.MISSING) {
                j = CellBits.nextSeen(block.arms(), start + j, start + periods) - start - 1;
            } else {
                Vectors.addScaled(shares, j * width, rows, arm * width, 1, width);
            }
        }
    }

    AverageSums add(AverageSums later) {
        for (int treatment = 0; treatment < weights.length; treatment++) {
            Vectors.add(values[treatment], later.values[treatment]);
            Vectors.add(unitVariances[treatment], later.unitVariances[treatment]);
            Vectors.add(effects[treatment], later.effects[treatment]);
            Vectors.add(covarianceSums[treatment], later.covarianceSums[treatment]);
            Vectors.add(sensitivitySums[treatment], later.sensitivitySums[treatment]);
            eventTimes[treatment].add(later.eventTimes[treatment]);
            Vectors.add(weights[treatment], later.weights[treatment]);
            for (int average = 0; average < FactorEffects.AVERAGES; average++) {
                Vectors.add(sensitivities[treatment][average], later.sensitivities[treatment][average]);
                Vectors.add(cellWeights[treatment][average], later.cellWeights[treatment][average]);
            }
        }
        Vectors.add(shares, later.shares);
        selected.add(later.selected);
        return this;
    }

    void finish(FactorEffects target, FactorState state, SharedUncertainty shared, SharedNoise noise, int units) {
        int p = size.coefficients();
        double inflation = FactorEffects.inflation(p - size.trends(), units);
        for (int arm = 1; arm < size.arms(); arm++) {
            double[] d = effects[arm - 1];
            // The period effects add to the variance of effects by period and event time as they add to the averages.
            double[] ratios = new double[FactorEffects.AVERAGES];
            for (int average = 0; average < FactorEffects.AVERAGES; average++) {
                double[] sensitivity = sensitivities[arm - 1][average];
                double variance = unitVariances[arm - 1][average]
                        + SmallMatrices.form(sensitivity, shared.meanCovariance(), sensitivity, parameters);
                variance *= inflation;
                if (!size.constantEffects()) {
                    variance += average == 0
                            ? SmallMatrices.form(d, shared.allPeriodsCovariance(), d, size.effects())
                            : byPeriod(state, shareStart(size, arm, average));
                }
                double ofPeriods = noise.variance(cellWeights[arm - 1][average]);
                ratios[average] = 1 + ofPeriods / Math.max(variance, Double.MIN_NORMAL);
                double weight = weights[arm - 1][average];
                target.averages[arm - 1][average] = values[arm - 1][average] / weight;
                target.averageVariances[arm - 1][average] = (variance + ofPeriods) / (weight * weight);
            }
            double[] byPeriod = periodVariances(arm, state, shared, inflation);
            double[] byEventTime = eventTimes[arm - 1].variances(state, shared, inflation);
            target.periodVariances[arm - 1] = scaled(byPeriod, ratios[0]);
            target.eventTimeVariances[arm - 1] = scaled(byEventTime, ratios[FactorEffects.OVER_CELLS]);
        }
    }

    private static double[] scaled(double[] values, double factor) {
        for (int k = 0; k < values.length; k++) {
            values[k] *= factor;
        }
        return values;
    }

    /** Returns the variance of the effect in each period, averaged over the units. */
    private double[] periodVariances(int arm, FactorState state, SharedUncertainty shared, double inflation) {
        int e = size.effects();
        int p = parameters;
        double count = weights[arm - 1][0];
        double[] sensitivity = sensitivitySums[arm - 1];
        double[] product = SmallMatrices.times(shared.meanCovariance(), sensitivity, p, p, e);
        double[] common = SmallMatrices.times(SmallMatrices.transposed(sensitivity, p, e), product, e, p, e);
        double[] variances = new double[periods];
        double[] direction = new double[e];
        for (int j = 0; j < periods; j++) {
            for (int k = 0; k < e; k++) {
                direction[k] = k == 0 ? 1 : state.latent[k - 1][j];
            }
            double variance = inflation
                    * (SmallMatrices.form(direction, covarianceSums[arm - 1], direction, e)
                            + SmallMatrices.form(direction, common, direction, e));
            variance += size.constantEffects() ? 0 : state.factorVariance(j, effects[arm - 1], 0);
            variances[j] = variance / (count * count);
        }
        return variances;
    }

    private double byPeriod(FactorState state, int start) {
        double sum = 0;
        for (int j = 0; j < periods; j++) {
            sum += state.factorVariance(j, shares, j * shareWidth(size) + start);
        }
        return sum;
    }
}
