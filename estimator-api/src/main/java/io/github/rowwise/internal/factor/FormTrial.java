package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.factor.kernel.Dimensions;

/**
 * Decides whether a smaller form of the model is as good as a larger one.
 *
 * <p>The smaller form is fitted for a few passes from the state of the larger one. It is kept if the evidence then falls by no
 * more than a penalty, the half of the logarithm of the number of units for each parameter that is left out (BIC; Schwarz 1978,
 * doi:10.1214/aos/1176344136). An effect coefficient counts as a mean and a variance, and an onset coefficient also as its
 * covariances with the level and the effect, because it is mostly these that a panel without a build-up uses it for. Only units
 * that were observed with and without treatment count.
 */
final class FormTrial {

    private static final int MOST_PASSES = 6;
    private static final double PARAMETERS_PER_COEFFICIENT = 2;
    private static final double PARAMETERS_PER_ONSET = 4;

    /** A fall of the evidence beyond this many penalties plus {@link #HOPELESS} ends a trial after one pass. */
    private static final double HOPELESS_PENALTIES = 4;

    private static final double HOPELESS = 50;

    private final double penalty;
    private final int mostPasses;
    private int passes;
    private double evidence = Double.NaN;
    private double gain = Double.NaN;

    /** What a pass shows. */
    enum Verdict {
        ACCEPTED,
        REJECTED,
        OPEN
    }

    FormTrial(double penalty, int mostPasses) {
        this.penalty = penalty;
        this.mostPasses = mostPasses;
    }

    /** Returns the trial of a form with fewer effect coefficients. */
    static FormTrial of(Dimensions larger, Dimensions smaller, int units) {
        int fewer = larger.coefficients() - smaller.coefficients();
        return new FormTrial(.5 * PARAMETERS_PER_COEFFICIENT * fewer * Math.log(1.0 + units), MOST_PASSES);
    }

    /** Returns the trial of the form without onset terms. */
    static FormTrial ofOnsets(Dimensions larger, int units) {
        int fewer = larger.treatments() * larger.onsets();
        return new FormTrial(.5 * PARAMETERS_PER_ONSET * fewer * Math.log(1.0 + units), MOST_PASSES);
    }

    /** Returns the value of the chi-square statistic of the mean onset from which onset terms are kept without a trial. */
    static double onsetThreshold(Dimensions size, int units) {
        return size.treatments() * size.onsets() * Math.log(2.0 + units);
    }

    /** Judges the evidence of the smaller form after one more pass. */
    Verdict judge(double larger, double smaller) {
        double previous = evidence;
        evidence = smaller;
        gain = larger - smaller;
        passes++;
        if (smaller >= larger - penalty) {
            return Verdict.ACCEPTED;
        }
        if (passes >= mostPasses || (passes == 1 && gain > HOPELESS_PENALTIES * penalty + HOPELESS)) {
            return Verdict.REJECTED;
        }
        boolean isOutOfReach = passes > 1 && smaller + (smaller - previous) * (mostPasses - passes) < larger - penalty;
        return isOutOfReach ? Verdict.REJECTED : Verdict.OPEN;
    }

    /** Returns the gain of the evidence that the larger form brought, at the last pass of the trial. */
    double gain() {
        return gain;
    }
}
