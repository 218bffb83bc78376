package io.github.rowwise.averages;

import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.internal.average.BetweenGroups;
import io.github.rowwise.internal.average.GroupSums;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Turns sums of groups into averages and contrasts with standard errors, in units of the outcome. */
final class AverageComputation {

    private static final String[] NOTHING = {
        "no unit is estimable", "no selected cell in the arm", "no selected control cell", "no selected cell in the arm"
    };

    /** Below this share, what shrinkage leaves of a group says too little of the differences between groups. */
    private static final double LEAST_RETAINED = 0.05;

    private final GroupSums sums;
    private final double scale;

    /** By which standard errors are multiplied. */
    private final double widening;

    /** By treatment: why nothing of the arm was estimated, or {@code null}. */
    private final List<@Nullable Estimate> unavailable;

    AverageComputation(GroupSums sums, double scale, double widening, List<@Nullable Estimate> unavailable) {
        this.widening = widening;
        this.sums = sums;
        this.scale = scale;
        this.unavailable = unavailable;
    }

    private interface Estimator {
        Estimate of(int average);
    }

    private AverageEffects averages(int arm, int units, Estimator estimator) {
        Estimate nothing = unavailable.get(arm - 1);
        if (nothing != null) {
            return new AverageEffects(arm, nothing, nothing, nothing, nothing, 0);
        }
        return new AverageEffects(
                arm, estimator.of(0), estimator.of(1), estimator.of(2), estimator.of(GroupSums.OVER_CELLS), units);
    }

    int units(int arm, int group) {
        return sums.units(arm, 0, group);
    }

    /** Returns the averages over all groups. */
    AverageEffects overall(int arm) {
        int units = 0;
        for (int group = 0; group < sums.groups(); group++) {
            units += units(arm, group);
        }
        return averages(arm, units, average -> overall(arm, average));
    }

    private Estimate overall(int arm, int average) {
        return estimate(arm, average, shares(arm, average, -1));
    }

    /** Returns the averages of a group. */
    AverageEffects group(int arm, int group) {
        return averages(arm, units(arm, group), average -> {
            double[] coefficients = new double[sums.groups()];
            coefficients[group] = sums.weight(arm, average, group) > 0 ? 1 : 0;
            return estimate(arm, average, coefficients);
        });
    }

    /** Returns the averages of a group minus those over the units of all others. */
    AverageEffects contrast(int arm, int group) {
        int units = overall(arm).units();
        return averages(arm, units, average -> {
            double[] others = shares(arm, average, group);
            double[] coefficients = new double[sums.groups()];
            boolean isAny = false;
            for (int k = 0; k < others.length; k++) {
                coefficients[k] = -others[k];
                isAny |= others[k] > 0;
            }
            coefficients[group] = 1;
            return isAny && sums.weight(arm, average, group) > 0
                    ? estimate(arm, average, coefficients)
                    : Estimate.unavailable("no group to compare with: " + NOTHING[average]);
        });
    }

    /** Returns the averages of a group minus those of another one. */
    AverageEffects contrast(int arm, int group, int other) {
        return averages(arm, units(arm, group) + units(arm, other), average -> {
            double[] coefficients = new double[sums.groups()];
            coefficients[group] = 1;
            coefficients[other] = -1;
            return sums.weight(arm, average, group) > 0 && sums.weight(arm, average, other) > 0
                    ? estimate(arm, average, coefficients)
                    : Estimate.unavailable("no group to compare with: " + NOTHING[average]);
        });
    }

    /** Returns the shares of the groups in the average over all of them but one; all 0 if it is over nothing. */
    private double[] shares(int arm, int average, int excluded) {
        double[] shares = new double[sums.groups()];
        double total = 0;
        for (int group = 0; group < shares.length; group++) {
            shares[group] = group == excluded ? 0 : sums.weight(arm, average, group);
            total += shares[group];
        }
        for (int group = 0; group < shares.length && total > 0; group++) {
            shares[group] /= total;
        }
        return shares;
    }

    private Estimate estimate(int arm, int average, double[] coefficients) {
        for (double coefficient : coefficients) {
            if (coefficient != 0) {
                return estimate(sums.combine(arm, average, coefficients));
            }
        }
        return Estimate.unavailable(NOTHING[average]);
    }

    private Estimate estimate(GroupSums.Combination of) {
        return Estimate.of(of.value() / scale, widening * Math.sqrt(of.variance()) / scale, of.degreesOfFreedom());
    }

    /**
     * Returns the averages over all groups with the groups as the units of variation.
     *
     * <p>The variance is that between the groups plus the part of the sampling variance that all groups share, and at least the
     * variance with single units. A group's deviation is divided by the share of it that shrinkage retained.
     */
    AverageEffects overallByGroup(int arm) {
        int units = overall(arm).units();
        return averages(arm, units, average -> overallByGroup(arm, average));
    }

    private Estimate overallByGroup(int arm, int average) {
        double[] all = shares(arm, average, -1);
        int[] present =
                IntStream.range(0, all.length).filter(group -> all[group] > 0).toArray();
        if (present.length == 0) {
            return Estimate.unavailable(NOTHING[average]);
        }
        GroupSums.Combination byUnit = sums.combine(arm, average, all);
        if (present.length < 2) {
            return Estimate.withoutStandardError(byUnit.value() / scale);
        }
        double[] shares = new double[present.length];
        double[] deviations = new double[present.length];
        for (int k = 0; k < present.length; k++) {
            int group = present[k];
            shares[k] = all[group];
            deviations[k] = (sums.value(arm, average, group) - byUnit.value())
                    / Math.max(LEAST_RETAINED, sums.retained(arm, average, group));
        }
        BetweenGroups between = BetweenGroups.of(shares, deviations);
        // What differs between groups of the errors that units share is in the variance between groups already.
        double shared = byUnit.sharedVariance();
        for (int k = 0; k < present.length && shared > 0; k++) {
            double[] deviation = all.clone();
            for (int group = 0; group < deviation.length; group++) {
                deviation[group] = (group == present[k] ? 1 : 0) - deviation[group];
            }
            shared -=
                    between.factors()[k] * sums.combine(arm, average, deviation).sharedVariance();
        }
        double variance = between.variance() + Math.max(0, shared);
        // NaN, without standard errors of units, compares as false.
        variance = byUnit.variance() > variance ? byUnit.variance() : variance;
        double freedom = Math.min(present.length - 1.0, between.degreesOfFreedom());
        return Estimate.of(
                byUnit.value() / scale,
                widening * Math.sqrt(variance) / scale,
                byUnit.degreesOfFreedom() < freedom ? byUnit.degreesOfFreedom() : freedom);
    }
}
