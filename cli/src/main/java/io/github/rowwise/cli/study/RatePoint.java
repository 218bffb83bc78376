package io.github.rowwise.cli.study;

/**
 * What was measured on panels of one size.
 *
 * @param units n
 * @param periods m
 * @param draws number of panels drawn
 * @param trueRanks with the true rank in each arm
 * @param oneMore with one factor more in the treated arm
 */
public record RatePoint(int units, int periods, int draws, Errors trueRanks, Errors oneMore) {

    /**
     * Errors over the draws.
     *
     * @param worstRow largest row error, {@code max_i ||M^_i - M_i||_2 / sqrt(m)}, on average over draws
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
