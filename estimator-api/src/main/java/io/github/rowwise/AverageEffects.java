package io.github.rowwise;

/**
 * The effect of one arm averaged over the estimable units, each unit with the same weight.
 *
 * @param arm the arm, 1 or more
 * @param ate average of the units' ATE_i
 * @param att average of the units' ATT_i
 * @param atu average of the units' ATU_i
 * @param units number of estimable units
 */
public record AverageEffects(int arm, Estimate ate, Estimate att, Estimate atu, int units) {}
