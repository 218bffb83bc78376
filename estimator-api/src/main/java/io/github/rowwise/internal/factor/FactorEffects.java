package io.github.rowwise.internal.factor;

/** Effects by estimand (ATE, ATT, ATU) and unit, and their averages over units, in scaled outcomes. */
public final class FactorEffects {

    /** ATE, ATT and ATU. */
    public static final int ESTIMANDS = 3;

    final double[][] values;
    final double[][] variances;
    final double[] freedom;
    final double[] averages = new double[ESTIMANDS];
    final double[] averageVariances = new double[ESTIMANDS];
    double averageFreedom;

    FactorEffects(int units) {
        this.values = new double[ESTIMANDS][units];
        this.variances = new double[ESTIMANDS][units];
        this.freedom = new double[units];
    }

    /** What estimating the prior covariance adds to variances. */
    static double inflation(int coefficients, int units) {
        return 1 + Math.min((coefficients + 1.0) / units, .5);
    }

    public double value(int estimand, int unit) {
        return values[estimand][unit];
    }

    public double variance(int estimand, int unit) {
        return variances[estimand][unit];
    }

    /** Degrees of freedom of Student's t for the unit. */
    public double degreesOfFreedom(int unit) {
        return freedom[unit];
    }

    /** The average over the units that were asked for. */
    public double average(int estimand) {
        return averages[estimand];
    }

    public double averageDegreesOfFreedom() {
        return averageFreedom;
    }

    public double averageVariance(int estimand) {
        return averageVariances[estimand];
    }
}
