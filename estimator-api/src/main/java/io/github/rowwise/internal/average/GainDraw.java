package io.github.rowwise.internal.average;

/**
 * A drawn truth and what would be estimated from data that it generates, prior included, in scaled outcomes.
 *
 * @param promised posterior mean of each unit's effect; NaN for units without a group
 * @param actual the drawn effect
 */
public record GainDraw(double[] promised, double[] actual) {}
