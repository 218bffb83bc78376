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

    private static final int[] NONE = {};

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
        return estimate(arm, average, present(arm, average, -1), NONE);
    }

    /** Returns the averages of a group. */
    AverageEffects group(int arm, int group) {
        return averages(
                arm,
                units(arm, group),
                average -> estimate(arm, average, isPresent(arm, average, group) ? new int[] {group} : NONE, NONE));
    }

    /** Returns the averages of a group minus those over the units of all others. */
    AverageEffects contrast(int arm, int group) {
        int units = overall(arm).units();
        return averages(arm, units, average -> contrast(arm, average, group, present(arm, average, group)));
    }

    /** Returns the averages of a group minus those of another one. */
    AverageEffects contrast(int arm, int group, int other) {
        return averages(
                arm,
                units(arm, group) + units(arm, other),
                average -> contrast(arm, average, group, isPresent(arm, average, other) ? new int[] {other} : NONE));
    }

    private Estimate contrast(int arm, int average, int group, int[] others) {
        return isPresent(arm, average, group) && others.length > 0
                ? estimate(arm, average, new int[] {group}, others)
                : Estimate.unavailable("no group to compare with: " + NOTHING[average]);
    }

    private boolean isPresent(int arm, int average, int group) {
        return sums.weight(arm, average, group) > 0;
    }

    /** Returns the groups that an average has, but one. */
    private int[] present(int arm, int average, int excluded) {
        return IntStream.range(0, sums.groups())
                .filter(group -> group != excluded && isPresent(arm, average, group))
                .toArray();
    }

    private Estimate estimate(int arm, int average, int[] plus, int[] minus) {
        return plus.length == 0
                ? Estimate.unavailable(NOTHING[average])
                : estimate(sums.combine(arm, average, plus, minus));
    }

    private Estimate estimate(GroupSums.Combination of) {
        return Estimate.of(of.value() / scale, widening * Math.sqrt(of.variance()) / scale, of.degreesOfFreedom());
    }

    /**
     * Returns the averages over all groups with the groups as the units of variation.
     *
     * <p>The variance is that between the groups plus the part of the sampling variance that all groups share, and at least the
     * variance with single units.
     */
    AverageEffects overallByGroup(int arm) {
        int units = overall(arm).units();
        return averages(arm, units, average -> overallByGroup(arm, average));
    }

    private Estimate overallByGroup(int arm, int average) {
        int[] present = present(arm, average, -1);
        if (present.length == 0) {
            return Estimate.unavailable(NOTHING[average]);
        }
        GroupSums.Combination byUnit = sums.combine(arm, average, present, NONE);
        if (present.length < 2) {
            return Estimate.withoutStandardError(byUnit.value() / scale);
        }
        double[] shares = new double[present.length];
        double[] deviations = new double[present.length];
        double total = 0;
        for (int group : present) {
            total += sums.weight(arm, average, group);
        }
        for (int k = 0; k < present.length; k++) {
            shares[k] = sums.weight(arm, average, present[k]) / total;
            deviations[k] =
                    sums.combine(arm, average, new int[] {present[k]}, NONE).value() - byUnit.value();
        }
        BetweenGroups between = BetweenGroups.of(shares, deviations);
        // What differs between groups of the errors that units share is in the variance between groups already.
        double shared = byUnit.sharedVariance();
        for (int k = 0; k < present.length && shared > 0; k++) {
            double difference = sums.combine(arm, average, new int[] {present[k]}, present(arm, average, present[k]))
                    .sharedVariance();
            // A group minus all is (1 - share) times the group minus all others.
            shared -= between.factors()[k] * (1 - shares[k]) * (1 - shares[k]) * difference;
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
