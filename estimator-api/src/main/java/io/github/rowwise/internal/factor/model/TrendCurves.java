package io.github.rowwise.internal.factor.model;

/**
 * The curves of the units' trends: cosines of increasing frequency, {@code sqrt(2) cos(pi l (j - 1/2) / m)} for l = 1, 2,
 * ... and the periods j = 1, ..., m. They are orthogonal to each other and to a constant, with mean square 1.
 *
 * <p>The coefficients of a random walk on these curves have variances that fall as {@code 1 / l^2}. A few of them carry nearly
 * all of its slow movement.
 */
public final class TrendCurves {

    private static final int MOST = 6;

    /** There is at most one curve per this many periods. */
    private static final int PERIODS_PER_CURVE = 6;

    private TrendCurves() {}

    /** Returns the number of curves for a panel. */
    public static int count(int periods) {
        return Math.max(1, Math.min(MOST, periods / PERIODS_PER_CURVE));
    }

    static double[][] of(int count, int periods) {
        double[][] curves = new double[count][periods];
        for (int l = 0; l < count; l++) {
            for (int j = 0; j < periods; j++) {
                curves[l][j] = Math.sqrt(2) * Math.cos(Math.PI * (l + 1) * (j + .5) / periods);
            }
        }
        return curves;
    }
}
