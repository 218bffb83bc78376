package io.github.rowwise.targeting;

import io.github.rowwise.internal.stats.StudentT;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Posterior probabilities that units are among the best. Each unit's posterior is taken as Student's t, independent of the others:
 * what errors of units share moves all of them alike and changes the order little.
 *
 * <p>The probability of a unit given the values of the others is that of exceeding their N-th largest, which is exact. It is averaged
 * over draws of the others, so that few draws suffice.
 */
final class BestProbabilities {

    private static final long TAILS = 4_000_000;
    private static final int MOST_DRAWS = 1000;
    private static final int LEAST_DRAWS = 20;

    private BestProbabilities() {}

    /**
     * Computes the probabilities.
     *
     * @param means of the posteriors
     * @param errors their scales, above 0
     * @param freedom their degrees of freedom, possibly infinite
     * @param best N, 1 or more
     */
    static double[] of(double[] means, double[] errors, double[] freedom, int best, long seed) {
        int units = means.length;
        double[] result = new double[units];
        if (best >= units) {
            Arrays.fill(result, 1);
            return result;
        }
        int draws = (int) Math.max(LEAST_DRAWS, Math.min(MOST_DRAWS, TAILS / units));
        double[] logNorms = new double[units];
        Arrays.setAll(logNorms, unit -> StudentT.logNorm(freedom[unit]));
        SplittableRandom random = new SplittableRandom(seed);
        double[] drawn = new double[units];
        double[] rising = new double[units];
        for (int draw = 0; draw < draws; draw++) {
            for (int unit = 0; unit < units; unit++) {
                drawn[unit] = means[unit] + errors[unit] * student(freedom[unit], random);
            }
            System.arraycopy(drawn, 0, rising, 0, units);
            Arrays.sort(rising);
            double last = rising[units - best];
            double next = rising[units - best - 1];
            for (int unit = 0; unit < units; unit++) {
                // Without a unit of the best, the next one takes its place.
                double threshold = drawn[unit] >= last ? next : last;
                double distance = (means[unit] - threshold) / errors[unit];
                double tail = StudentT.twoSidedTail(distance, freedom[unit], logNorms[unit]) / 2;
                result[unit] += (distance > 0 ? 1 - tail : tail) / draws;
            }
        }
        return result;
    }

    /** Draws from Student's t distribution. Source: Bailey (1994), doi:10.1090/S0025-5718-1994-1219702-8. */
    private static double student(double freedom, SplittableRandom random) {
        if (Double.isInfinite(freedom)) {
            return random.nextGaussian();
        }
        double u;
        double w;
        do {
            u = 2 * random.nextDouble() - 1;
            double v = 2 * random.nextDouble() - 1;
            w = u * u + v * v;
        } while (w >= 1 || w == 0);
        // w^(-2 / freedom) - 1, without cancellation.
        return u * Math.sqrt(freedom * Math.expm1(-2 / freedom * Math.log(w)) / w);
    }
}
