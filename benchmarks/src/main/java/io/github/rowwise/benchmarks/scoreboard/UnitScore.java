package io.github.rowwise.benchmarks.scoreboard;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.Interval;
import io.github.rowwise.evaluation.Accuracy;
import java.util.List;

/**
 * How close estimates of units are to the truth, summed over draws.
 *
 * @param accuracy errors, ranks and coverage
 * @param intervalScore sum over draws of the mean score of the 95 % intervals (Gneiting and Raftery 2007,
 *     doi:10.1198/016214506000001437): their width, and 40 times the distance to a truth outside. Less is better; NaN without
 *     intervals
 * @param seconds sum over draws of the time of the fits
 */
record UnitScore(Accuracy accuracy, double intervalScore, double seconds) {

    static final double LEVEL = 0.95;

    /** Scores estimates without intervals. */
    static UnitScore of(double[] estimates, double[] truth, double seconds) {
        return new UnitScore(Accuracy.of(estimates, truth), Double.NaN, seconds);
    }

    /** Scores estimates with intervals. A unit without an estimate, an interval or a truth does not count. */
    static UnitScore of(List<Estimate> estimates, double[] truth, double seconds) {
        double sum = 0;
        int count = 0;
        for (int k = 0; k < truth.length; k++) {
            if (estimates.get(k).hasStandardError() && !Double.isNaN(truth[k])) {
                sum += score(estimates.get(k).interval(LEVEL), truth[k]);
                count++;
            }
        }
        return new UnitScore(Accuracy.of(estimates, truth, LEVEL), sum / count, seconds);
    }

    static double score(Interval interval, double truth) {
        double outside = Math.max(0, Math.max(interval.lower() - truth, truth - interval.upper()));
        return interval.upper() - interval.lower() + 2 / (1 - LEVEL) * outside;
    }

    UnitScore plus(UnitScore other) {
        return new UnitScore(
                accuracy.plus(other.accuracy), intervalScore + other.intervalScore, seconds + other.seconds);
    }

    double meanIntervalScore() {
        return intervalScore / accuracy.draws();
    }

    double meanSeconds() {
        return seconds / accuracy.draws();
    }
}
