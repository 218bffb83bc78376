package io.github.rowwise.effects;

import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.pass.Sums;
import java.util.Arrays;
import java.util.List;

/** Averages of independent estimates over all units, those of other shards included. */
final class WeightedAverage {

    private WeightedAverage() {}

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
