package io.github.rowwise.internal.average;

import io.github.rowwise.internal.stats.EffectEstimates;
import java.util.List;

/**
 * Averages of units whose errors are independent. An estimate without a variance counts with the average variance of all others.
 */
public final class IndependentSums implements GroupSums {

    private static final int UNITS = 0;
    private static final int WEIGHT = 1;
    private static final int VALUE = 2;
    private static final int SQUARES = 3;
    private static final int VARIANCE = 4;
    private static final int SPREAD = 5;
    private static final int KNOWN = 6;
    private static final int SUMS = 7;

    private final int groups;

    /** By treatment, average and group. */
    private final double[][][][] sums;

    /** Largest variance, which others are relative to: fourth powers of outcomes of 1e-100 or 1e100 vanish or overflow. */
    private final double largest;

    /**
     * Sums the estimates.
     *
     * @param byArm estimates by arm, from the first treatment on; NaN where a unit has none
     * @param cells by treatment and unit: number of selected cells in the arm
     * @param selected the groups and weights
     */
    public IndependentSums(List<EffectEstimates> byArm, int[][] cells, SelectedCells selected) {
        this.groups = selected.groups();
        this.sums = new double[byArm.size()][AVERAGES][groups][SUMS];
        double largestVariance = 0;
        for (EffectEstimates estimates : byArm) {
            for (double[] variances : estimates.variances()) {
                for (double variance : variances) {
                    largestVariance = variance > largestVariance ? variance : largestVariance;
                }
            }
        }
        this.largest = largestVariance;
        for (int arm = 1; arm <= byArm.size(); arm++) {
            for (int average = 0; average < AVERAGES; average++) {
                add(byArm.get(arm - 1), cells[arm - 1], selected, sums[arm - 1][average], average);
            }
        }
    }

    private void add(EffectEstimates estimates, int[] cells, SelectedCells selected, double[][] target, int average) {
        int estimand = average == OVER_CELLS ? 1 : average;
        for (int unit = 0; unit < cells.length; unit++) {
            double value = estimates.values()[estimand][unit];
            int group = selected.groupOf()[unit];
            if (group < 0 || Double.isNaN(value)) {
                continue;
            }
            double weight = selected.weights()[unit] * (average == OVER_CELLS ? cells[unit] : 1);
            double[] of = target[group];
            of[UNITS]++;
            of[WEIGHT] += weight;
            of[VALUE] += weight * value;
            of[SQUARES] += weight * weight;
            double variance = estimates.variances()[estimand][unit] / largest;
            if (variance > 0) {
                double weighted = weight * weight * variance;
                of[VARIANCE] += weighted;
                of[SPREAD] += weighted * weighted / estimates.degreesOfFreedom()[estimand][unit];
                of[KNOWN] += weight * weight;
            }
        }
    }

    @Override
    public int groups() {
        return groups;
    }

    @Override
    public int units(int arm, int average, int group) {
        return (int) sums[arm - 1][average][group][UNITS];
    }

    @Override
    public double weight(int arm, int average, int group) {
        return sums[arm - 1][average][group][WEIGHT];
    }

    @Override
    public double value(int arm, int average, int group) {
        double[] of = sums[arm - 1][average][group];
        return of[VALUE] / of[WEIGHT];
    }

    @Override
    public double retained(int arm, int average, int group) {
        return 1;
    }

    @Override
    public Combination combine(int arm, int average, double[] coefficients) {
        double value = 0;
        double known = 0;
        double unknown = 0;
        double spread = 0;
        double variances = 0;
        double squares = 0;
        for (int group = 0; group < groups; group++) {
            double[] of = sums[arm - 1][average][group];
            variances += of[VARIANCE];
            squares += of[KNOWN];
            if (coefficients[group] != 0) {
                double factor = coefficients[group] / of[WEIGHT];
                double square = factor * factor;
                value += factor * of[VALUE];
                known += square * of[VARIANCE];
                unknown += square * (of[SQUARES] - of[KNOWN]);
                spread += square * square * of[SPREAD];
            }
        }
        // Without any known variance of these groups, the degrees of freedom are NaN, and there is no standard error.
        double variance = known + (unknown > 0 ? unknown * variances / squares : 0);
        return new Combination(value, largest * variance, 0, known * known / spread);
    }
}
