package io.github.rowwise.internal.average;

import java.util.List;

/**
 * Average effects of groups of units, in scaled outcomes, and the errors of their averages and differences. Groups are counted from 0 and
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

    /**
     * Returns the average over the units of some groups together, minus that over those of others. Estimates that are shrunk
     * towards those of other units are corrected for it, so that an average over units that differ from the others is not biased
     * towards them.
     *
     * @param plus groups; those whose average is over nothing do not count, but one has to
     * @param minus other groups, or none
     */
    Combination combine(int arm, int average, int[] plus, int[] minus);

    /**
     * Draws effects from the fitted prior and estimates them again, to see what a choice by the estimates promises too much.
     *
     * @param arm 1 or more
     * @param seed of the draws
     * @return empty if the units were not grouped by their estimates, or are so many that the prior is known
     */
    default List<GainDraw> draws(int arm, long seed) {
        return List.of();
    }

    /**
     * An average or a difference of two.
     *
     * @param value the average or the difference
     * @param variance its sampling variance; NaN if it is not known
     * @param sharedVariance the part of the variance that comes from errors that units share, such as those of the periods
     * @param degreesOfFreedom of Student's t distribution
     */
    record Combination(double value, double variance, double sharedVariance, double degreesOfFreedom) {}
}
