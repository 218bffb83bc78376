package io.github.rowwise.internal.stats;

/**
 * Student's t distribution.
 *
 * <p>Computes the regularised incomplete beta function as a continued fraction with Lentz's method (Numerical Recipes,
 * 3rd edition, section 6.4). The relative error is about 1e-12. It grows above a million degrees of freedom, to about
 * 1e-8 at 1e9.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // The coefficients keep their published digits.
public final class StudentT {

    private static final double[] LANCZOS = {
        0.99999999999980993,
        676.5203681218851,
        -1259.1392167224028,
        771.32342877765313,
        -176.61502916214059,
        12.507343278686905,
        -0.13857109526572012,
        9.9843695780195716e-6,
        1.5056327351493116e-7
    };

    /** Stands for more degrees of freedom, infinitely many included, which differ from it by less than rounding does. */
    private static final double MOST_FREEDOM = 1e9;

    private StudentT() {}

    /** Returns P(|T| &gt; |t|). */
    public static double twoSidedTail(double t, double degreesOfFreedom) {
        return twoSidedTail(t, degreesOfFreedom, logNorm(degreesOfFreedom));
    }

    /** The same with the {@link #logNorm} of the degrees of freedom, for a caller who needs several tails with them. */
    public static double twoSidedTail(double t, double degreesOfFreedom, double logNorm) {
        double square = t * t;
        if (Double.isInfinite(square)) {
            return 0;
        }
        double finite = Math.min(degreesOfFreedom, MOST_FREEDOM);
        return incompleteBeta(finite / 2, finite / (finite + square), square / (finite + square), logNorm);
    }

    /** Part of the density's norm that depends on the degrees of freedom alone. */
    public static double logNorm(double degreesOfFreedom) {
        return logGammaRatio(Math.min(degreesOfFreedom, MOST_FREEDOM) / 2);
    }

    /** Returns t with P(T &lt;= t) = probability, for probabilities of at least 0.5. */
    public static double quantile(double probability, double degreesOfFreedom) {
        return twoSidedQuantile(2 * (1 - probability), degreesOfFreedom);
    }

    /** Returns t with P(|T| &gt; t) = tail, by Newton's method within a bracket. */
    public static double twoSidedQuantile(double tail, double degreesOfFreedom) {
        double low = 0;
        double high = Double.MAX_VALUE;
        double t = 2;
        for (int step = 0; step < 2000; step++) {
            double excess = twoSidedTail(t, degreesOfFreedom) - tail;
            if (excess > 0) {
                low = t;
            } else {
                high = t;
            }
            double next = t + excess / (2 * density(t, degreesOfFreedom));
            if (!(next > low && next < high)) {
                next = high == Double.MAX_VALUE ? 2 * t : (low + high) / 2;
            }
            if (Math.abs(next - t) <= 4 * Math.ulp(t)) {
                return next;
            }
            t = next;
        }
        return t;
    }

    private static double density(double t, double degreesOfFreedom) {
        double finite = Math.min(degreesOfFreedom, MOST_FREEDOM);
        double power = -(finite + 1) / 2 * Math.log1p(t * t / finite);
        return Math.exp(power + logGammaRatio(finite / 2)) / Math.sqrt(Math.PI * finite);
    }

    /** Returns I_x(a, 1/2), given y = 1 - x to full accuracy and the logarithm of Gamma(a + 1/2) / Gamma(a). */
    private static double incompleteBeta(double a, double x, double y, double logGammaRatio) {
        if (x <= 0) {
            return 0;
        }
        if (y <= 0) {
            return 1;
        }
        double b = 0.5;
        double logX = y < 0.5 ? Math.log1p(-y) : Math.log(x);
        double front = Math.exp(a * logX + b * Math.log(y) + logGammaRatio) / Math.sqrt(Math.PI);
        return x < (a + 1) / (a + b + 2) ? front * fraction(a, b, x) / a : 1 - front * fraction(b, a, y) / b;
    }

    /**
     * Returns log Gamma(a + 1/2) - log Gamma(a). For large a the difference cancels, so an asymptotic series is used.
     */
    private static double logGammaRatio(double a) {
        if (a < 10) {
            return logGamma(a + 0.5) - logGamma(a);
        }
        double z = 1 / (a * a);
        double series = -1.0 / 8 + z * (1.0 / 192 + z * (-1.0 / 640 + z * (17.0 / 14336 + z * (-31.0 / 18432))));
        return 0.5 * Math.log(a) + series / a;
    }

    private static double fraction(double a, double b, double x) {
        double tiny = 1e-300;
        double c = 1;
        double d = 1 / awayFromZero(1 - (a + b) * x / (a + 1), tiny);
        double result = d;
        for (int k = 1; k < 100_000; k++) {
            double even = k * (b - k) * x / ((a + 2 * k - 1) * (a + 2 * k));
            d = 1 / awayFromZero(1 + even * d, tiny);
            c = awayFromZero(1 + even / c, tiny);
            result *= d * c;
            double odd = -(a + k) * (a + b + k) * x / ((a + 2 * k) * (a + 2 * k + 1));
            d = 1 / awayFromZero(1 + odd * d, tiny);
            c = awayFromZero(1 + odd / c, tiny);
            double factor = d * c;
            result *= factor;
            if (Math.abs(factor - 1) < 1e-16) {
                break;
            }
        }
        return result;
    }

    private static double awayFromZero(double value, double tiny) {
        return Math.abs(value) < tiny ? tiny : value;
    }

    /** Lanczos approximation (g = 7, 9 terms). */
    private static double logGamma(double x) {
        if (x < 0.5) {
            return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
        }
        double shifted = x - 1;
        double sum = LANCZOS[0];
        for (int k = 1; k < LANCZOS.length; k++) {
            sum += LANCZOS[k] / (shifted + k);
        }
        double t = shifted + 7.5;
        return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
    }
}
