package io.github.rowwise.simulation;

import java.util.SplittableRandom;

/**
 * Draws the treatment of one unit. Each method returns whether the unit is treated in the next period, and draws one
 * number.
 */
final class SimulatedTreatment {

    private static final int BLOCK_PERIODS = 10;

    private final int rank;
    private final SplittableRandom random;
    private final double propensity;
    private final int start;
    private boolean block;

    SimulatedTreatment(
            double lowestPropensity, double highestPropensity, int periods, int rank, SplittableRandom random) {
        this.rank = rank;
        this.random = random;
        this.propensity = random.nextDouble(lowestPropensity, highestPropensity);
        this.start = random.nextInt(3) == 0 ? periods : random.nextInt(1, periods);
    }

    /** With the propensity of the unit. */
    boolean byUnit() {
        return random.nextDouble() < propensity;
    }

    /** With a propensity that depends on a factor. */
    boolean byPeriod(double factor) {
        return random.nextDouble() < logistic(Math.log(propensity / (1 - propensity)) + factor);
    }

    /** With a propensity that depends on the untreated outcome. */
    boolean confounded(double untreated) {
        return random.nextDouble() < logistic(untreated / Math.sqrt(Math.max(1, rank)));
    }

    /** With the propensity of the unit, once per block of periods. */
    boolean inBlocks(int period) {
        double coin = random.nextDouble();
        if (period % BLOCK_PERIODS == 0) {
            block = coin < propensity;
        }
        return block;
    }

    /** From the unit's start on. The draw keeps the numbers of the other assignments aligned. */
    boolean staggered(int period) {
        random.nextDouble();
        return period >= start;
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
