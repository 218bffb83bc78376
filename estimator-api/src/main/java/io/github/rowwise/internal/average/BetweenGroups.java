package io.github.rowwise.internal.average;

/**
 * The variance of a weighted average of groups from the differences between the groups, which include all that their units have in
 * common.
 *
 * <p>Let group g have average t_g and share p_g of the weights, and let the average over groups be {@code t = sum p_g t_g}. The
 * variance of t is estimated by
 *
 * <pre>
 * sum_g a_g (t_g - t)^2      a_g = p_g^2 / (1 - 2 p_g + sum_h p_h^2)
 * </pre>
 *
 * <p>which has no bias if the averages have the same variance; with equal shares it is the variance of the averages over their
 * number. The degrees of freedom are those of this quadratic form for normal averages (Satterthwaite), the number of groups minus
 * one with equal shares. Source: Bell and McCaffrey (2002), Survey Methodology 28(2), 169-181, for a mean.
 *
 * @param variance of the average
 * @param degreesOfFreedom of Student's t distribution
 * @param factors a_g
 */
public record BetweenGroups(double variance, double degreesOfFreedom, double[] factors) {

    /**
     * Computes the variance.
     *
     * @param shares p_g, which sum to 1; at least two
     * @param deviations t_g - t
     */
    public static BetweenGroups of(double[] shares, double[] deviations) {
        int groups = shares.length;
        double squares = 0;
        for (double share : shares) {
            squares += share * share;
        }
        double[] a = new double[groups];
        double variance = 0;
        for (int g = 0; g < groups; g++) {
            a[g] = shares[g] * shares[g] / (1 - 2 * shares[g] + squares);
            variance += a[g] * deviations[g] * deviations[g];
        }
        // Let A be the diagonal matrix of a, M = I - 1 p', and B = M'AM = A - a p' - p a' + (sum a) p p'.
        double sum = 0;
        double trace = 0;
        double frobenius = 0;
        for (double value : a) {
            sum += value;
        }
        for (int g = 0; g < groups; g++) {
            for (int h = 0; h < groups; h++) {
                double entry = sum * shares[g] * shares[h] - a[g] * shares[h] - a[h] * shares[g] + (g == h ? a[g] : 0);
                trace += g == h ? entry : 0;
                frobenius += entry * entry;
            }
        }
        return new BetweenGroups(variance, trace * trace / frobenius, a);
    }
}
