package io.github.rowwise.internal.factor.pass;

/**
 * The onset terms: functions of the number of periods k since a unit entered an arm, {@code 1 - exp(-k / tau)}. They are 0 at
 * the first period and approach 1, one quickly and one slowly, so that a sum of them follows an effect that builds up or wears
 * off.
 */
public final class OnsetCurves {

    /** Number of terms per treatment. */
    public static final int COUNT = 2;

    /** The time constants, as shares of the number of periods. */
    private static final double[] SHARES = {.05, .3};

    private OnsetCurves() {}

    /** Returns the terms by number of periods since the start, from 0 to {@code periods - 1}. */
    public static double[][] of(int periods) {
        double[][] curves = new double[COUNT][periods];
        for (int term = 0; term < COUNT; term++) {
            for (int k = 0; k < periods; k++) {
                curves[term][k] = 1 - Math.exp(-k / (SHARES[term] * periods));
            }
        }
        return curves;
    }
}
