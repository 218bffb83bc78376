package io.github.rowwise.internal.average;

/**
 * Average effects of groups of units, in scaled outcomes, and the errors of combinations of them. Groups are counted from 0 and
 * arms from 1. The averages of a group are those over the selected cells of its units: over all of them (ATE), over the cells in
 * the arm (ATT), over the control cells (ATU), each unit with its weight; and over the cells in the arm with the weight times
 * the number of these cells.
 */
public interface GroupSums {

    /** Number of averages: ATE, ATT, ATU, and over cells. */
    int AVERAGES = 4;

    /** Index of the average over cells. */
    int OVER_CELLS = 3;

    /** Returns the number of groups. */
    int groups();

    /** Returns the number of units in an average. */
    int units(int arm, int average, int group);

    /** Returns the sum of the weights in an average; 0 if it is over nothing. */
    double weight(int arm, int average, int group);

    /** Returns an average; NaN if it is over nothing. */
    double value(int arm, int average, int group);

    /**
     * Returns the share of a change of all effects in a group that its average shows, the rest of which is lost to shrinkage
     * towards the other units.
     *
     * @return from 0 to 1; 1 if estimates are not shrunk
     */
    double retained(int arm, int average, int group);

    /**
     * Returns the combination of the groups' averages with the given coefficients.
     *
     * @param coefficients one per group, 0 for a group whose average is over nothing
     */
    Combination combine(int arm, int average, double[] coefficients);

    /**
     * A linear combination of averages.
     *
     * @param value the combination
     * @param variance its sampling variance; NaN if it is not known
     * @param sharedVariance the part of the variance that comes from errors that units share, such as those of the periods
     * @param degreesOfFreedom of Student's t distribution
     */
    record Combination(double value, double variance, double sharedVariance, double degreesOfFreedom) {}
}
