package io.github.rowwise.effects;

import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.pass.Sums;
import io.github.rowwise.panel.Grade;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Averages of independent estimates over all units, those of other shards included. */
final class WeightedAverage {

    private WeightedAverage() {}

    /** The averages of every arm over the units that have an estimate. */
    static List<AverageEffects> byArm(List<UnitEffect> effects, int arms, PassRunner runner) {
        List<AverageEffects> byArm = new ArrayList<>();
        for (int arm = 1; arm < arms; arm++) {
            int index = arm;
            List<UnitEffect> own = effects.stream()
                    .filter(effect -> effect.arm() == index && effect.grade() != Grade.NOT_ESTIMABLE)
                    .toList();
            List<UnitEffect> treated =
                    own.stream().filter(effect -> effect.att().isAvailable()).toList();
            List<Estimate> att = treated.stream().map(UnitEffect::att).toList();
            double[] cells =
                    treated.stream().mapToDouble(UnitEffect::treatedPeriods).toArray();
            byArm.add(new AverageEffects(
                    arm,
                    WeightedAverage.of(available(own, UnitEffect::ate), runner),
                    WeightedAverage.of(att, runner),
                    WeightedAverage.of(available(own, UnitEffect::atu), runner),
                    WeightedAverage.of(att, cells, runner),
                    runner.allReduce(own.size(), Math::addExact)));
        }
        return List.copyOf(byArm);
    }

    private static List<Estimate> available(List<UnitEffect> effects, Function<UnitEffect, Estimate> estimand) {
        return effects.stream().map(estimand).filter(Estimate::isAvailable).toList();
    }

    /** The plain average. */
    static Estimate of(List<Estimate> estimates, PassRunner runner) {
        double[] equal = new double[estimates.size()];
        Arrays.fill(equal, 1);
        return of(estimates, equal, runner);
    }

    /** The weighted average. An estimate without a standard error counts with the average variance of the others. */
    static Estimate of(List<Estimate> estimates, double[] weights, PassRunner runner) {
        double largestHere = 0;
        for (Estimate estimate : estimates) {
            largestHere = estimate.hasStandardError() ? Math.max(largestHere, estimate.standardError()) : largestHere;
        }
        double largest = runner.allReduce(largestHere, Math::max);
        // Relative to the largest, because fourth powers of outcomes of 1e-100 or 1e100 vanish or overflow.
        double sum = 0;
        double total = 0;
        double squares = 0;
        double variances = 0;
        double spread = 0;
        double known = 0;
        for (int k = 0; k < weights.length; k++) {
            Estimate estimate = estimates.get(k);
            double square = weights[k] * weights[k];
            sum += weights[k] * estimate.value();
            total += weights[k];
            squares += square;
            if (estimate.hasStandardError()) {
                double relative = estimate.standardError() / largest;
                double variance = square * relative * relative;
                variances += variance;
                spread += variance * variance / estimate.degreesOfFreedom();
                known += square;
            }
        }
        double[] all = runner.allReduce(new double[] {sum, total, squares, variances, spread, known}, Sums::add);
        return of(largest, all[0], all[1], all[2], all[3], all[4], all[5]);
    }

    private static Estimate of(
            double largest, double sum, double total, double squares, double variances, double spread, double known) {
        if (total == 0) {
            return Estimate.unavailable("no unit is estimable");
        }
        double mean = sum / total;
        if (known == 0) {
            return Estimate.withoutStandardError(mean);
        }
        double variance = variances / known * squares / (total * total);
        return Estimate.of(mean, largest * Math.sqrt(variance), variances * variances / spread);
    }
}
