package io.github.rowwise.cli.study;

/**
 * Measurements on panels of one size.
 *
 * @param units number of units n
 * @param periods number of periods m
 * @param draws number of simulated panels
 * @param trueRanks errors with the true rank in each arm
 * @param oneMore errors with one more factor in the treated arm
 */
public record RatePoint(int units, int periods, int draws, Errors trueRanks, Errors oneMore) {

    /**
     * Errors over all draws.
     *
     * @param worstRow average over draws of the largest row error, {@code max_i ||M^_i - M_i||_2 / sqrt(m)}
     * @param rowAverage root mean squared error of the row averages
     */
    public record Errors(double worstRow, double rowAverage) {}

    /**
     * Returns the rate of the guarantee.
     *
     * @return {@code sqrt(1/n + n/m^2)}
     */
    public double rate() {
        return Math.sqrt(1.0 / units + (double) units / periods / periods);
    }
}
