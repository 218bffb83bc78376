package io.github.rowwise.totals;

import io.github.rowwise.effects.Estimate;

/**
 * The logarithm of a ratio of two sums over units, the outcomes under treatment over those under control, by the delta method.
 *
 * <p>A sum is a function of the effects theta_i of the units. The logarithm of the ratio therefore changes by {@code sum_i w_i
 * dtheta_i}, and its standard error is that of this weighted sum, which an {@link Averager} gives with the errors that units share.
 * On the scale of the logarithm the distribution is closer to a normal one than that of the ratio, and no interval falls below -100
 * percent.
 */
final class LogRatio {

    /** Averages the effects of units with weights. */
    @FunctionalInterface
    interface Averager {
        /** Returns the average with weights of 0 or more, one per unit; those of units without an effect do not count. */
        Estimate average(double[] weights);
    }

    private LogRatio() {}

    /**
     * Returns the ratio over cells whose outcome under treatment is known. The effect multiplies it: {@code sum_i u_i / sum_i u_i
     * exp(-theta_i)}.
     *
     * @param treated u_i: the sum of the outcomes of a unit, 0 or more
     * @param effects theta_i, NaN where there is none
     */
    static Estimate overTreatedCells(double[] treated, double[] effects, Averager averager) {
        return overLogarithms(treated, new double[treated.length], effects, averager);
    }

    /**
     * Returns the ratio over cells whose outcome is known under treatment or under control. The effect multiplies it: {@code sum_i (u_i
     * + c_i exp(theta_i)) / sum_i (u_i exp(-theta_i) + c_i)}.
     *
     * @param treated u_i: the sum of the outcomes of a unit under treatment, 0 or more
     * @param control c_i: that under control
     * @param effects theta_i, NaN where there is none
     */
    static Estimate overLogarithms(double[] treated, double[] control, double[] effects, Averager averager) {
        double under = 0;
        double without = 0;
        for (int i = 0; i < effects.length; i++) {
            if (!Double.isNaN(effects[i])) {
                under += treated[i] + raised(control[i], effects[i]);
                without += raised(treated[i], -effects[i]) + control[i];
            }
        }
        double[] weights = new double[effects.length];
        for (int i = 0; i < effects.length; i++) {
            weights[i] = Double.isNaN(effects[i])
                    ? 0
                    : raised(treated[i], -effects[i]) / without + raised(control[i], effects[i]) / under;
        }
        return of(under, without, weights, effects, averager);
    }

    /** An effect that overflows counts for nothing where there is no cell. */
    private static double raised(double sum, double effect) {
        return sum == 0 ? 0 : sum * Math.exp(effect);
    }

    /**
     * Returns the ratio over cells whose outcome is known under treatment or under control. The effect is added to it: {@code sum_i
     * (u_i + c_i + m_i theta_i) / sum_i (u_i + c_i - n_i theta_i)}.
     *
     * @param outcomes u_i + c_i: the sum of the outcomes of a unit
     * @param treatedCells n_i: number of its treated cells
     * @param controlCells m_i: number of its control cells
     * @param effects theta_i, NaN where there is none
     * @return not available unless both sums are above 0
     */
    static Estimate overLevels(
            double[] outcomes, int[] treatedCells, int[] controlCells, double[] effects, Averager averager) {
        double under = 0;
        double without = 0;
        for (int i = 0; i < effects.length; i++) {
            if (!Double.isNaN(effects[i])) {
                under += outcomes[i] + controlCells[i] * effects[i];
                without += outcomes[i] - treatedCells[i] * effects[i];
            }
        }
        if (!(under > 0 && without > 0)) {
            return Estimate.unavailable(EffectTotals.NO_BASE);
        }
        double[] weights = new double[effects.length];
        for (int i = 0; i < effects.length; i++) {
            weights[i] = Double.isNaN(effects[i]) ? 0 : treatedCells[i] / without + controlCells[i] / under;
        }
        return of(under, without, weights, effects, averager);
    }

    private static Estimate of(double under, double without, double[] weights, double[] effects, Averager averager) {
        double ratio = Math.log(under / without);
        double sum = 0;
        double plain = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                sum += weights[i];
                plain += weights[i] * effects[i];
            }
        }
        if (!Double.isFinite(ratio) || !Double.isFinite(plain)) {
            return Estimate.unavailable(
                    "the sum of the outcomes is too large for a number; is the outcome on the scale that was given?");
        }
        Estimate average = averager.average(weights);
        if (!average.isAvailable()) {
            return average;
        }
        // Averages of shrunk estimates are corrected where these units differ from the others together; so is the
        // ratio.
        double value = ratio + sum * average.value() - plain;
        return average.hasStandardError()
                ? Estimate.of(value, sum * average.standardError(), average.degreesOfFreedom())
                : Estimate.withoutStandardError(value);
    }
}
