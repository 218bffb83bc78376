package io.github.rowwise.targeting;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.internal.stats.StudentT;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Area of the order by one half, scored in the other, averaged over both ways.
 *
 * <p>Of n units in order, the area is the average over k of the mean score of the first k minus the mean score of all. It is the sum
 * over units of {@code w_k score / n} with {@code w_k = 1/k + ... + 1/n - 1} for the unit in place k; the weights sum to zero. Units
 * that are tied have the average of their weights.
 */
final class CrossFit {

    private static final int LEAST_UNITS = 10;

    private CrossFit() {}

    static RankingArea of(HalfScores first, HalfScores second, boolean isLessBetter, int guard) {
        int[] both = IntStream.range(0, first.scores().length)
                .filter(unit -> !Double.isNaN(first.scores()[unit]) && !Double.isNaN(second.scores()[unit]))
                .toArray();
        int n = both.length;
        if (n < LEAST_UNITS) {
            return RankingArea.untested(
                    (n == 0 ? "no unit was" : n == 1 ? "only 1 unit was" : "only " + n + " units were")
                            + " seen with and without treatment in both halves of the periods, where it takes "
                            + LEAST_UNITS);
        }
        double sign = isLessBetter ? -1 : 1;
        double[] terms = new double[n];
        add(terms, pick(first.effects(), both, sign), pick(second.scores(), both, sign));
        add(terms, pick(second.effects(), both, sign), pick(first.scores(), both, sign));
        double mean = Arrays.stream(terms).sum() / n;
        double squares = 0;
        for (double term : terms) {
            squares += (term - mean) * (term - mean);
        }
        Estimate area = Estimate.of(mean, Math.sqrt(squares / (n - 1.0) / n), n - 1.0);
        double pValue = area.hasStandardError()
                ? oneSided(mean / area.standardError(), area.degreesOfFreedom())
                : mean > 0 ? 0 : 1;
        return new RankingArea(area, pValue, n, guard);
    }

    private static double oneSided(double t, double freedom) {
        double half = StudentT.twoSidedTail(t, freedom) / 2;
        return t > 0 ? half : 1 - half;
    }

    private static double[] pick(double[] values, int[] units, double sign) {
        return Arrays.stream(units).mapToDouble(unit -> sign * values[unit]).toArray();
    }

    /** Adds half of each unit's term of the area. */
    private static void add(double[] terms, double[] order, double[] scores) {
        double[] weights = weights(order);
        double mean = Arrays.stream(scores).sum() / scores.length;
        for (int k = 0; k < terms.length; k++) {
            terms[k] += weights[k] * (scores[k] - mean) / 2;
        }
    }

    /** Returns the weight of each unit, ordered by falling values. */
    static double[] weights(double[] values) {
        int n = values.length;
        double[] byPlace = new double[n];
        double tail = 0;
        for (int place = n; place >= 1; place--) {
            tail += 1.0 / place;
            byPlace[place - 1] = tail - 1;
        }
        Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(k -> -values[k]));
        double[] weights = new double[n];
        int from = 0;
        while (from < n) {
            int to = from;
            double sum = 0;
            while (to < n && values[order[to]] == values[order[from]]) {
                sum += byPlace[to++];
            }
            for (int k = from; k < to; k++) {
                weights[order[k]] = sum / (to - from);
            }
            from = to;
        }
        return weights;
    }
}
