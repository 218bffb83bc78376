package io.github.rowwise.effects;

/**
 * The effect of one arm averaged over the estimable units, each unit with the same weight unless stated otherwise.
 *
 * <pre class="example">{@code
 * AverageEffects averages = effects.averages(1);
 * Interval interval = averages.att().interval(0.95);
 * }</pre>
 *
 * @param arm the arm, 1 or more
 * @param ate average of the units' ATE_i
 * @param att average of the units' ATT_i
 * @param atu average of the units' ATU_i
 * @param attOverCells average over all their treated cells, so that a unit counts with its number of treated periods:
 *     the ATT as fect, gsynth and causaltensor report it
 * @param units number of estimable units
 */
public record AverageEffects(int arm, Estimate ate, Estimate att, Estimate atu, Estimate attOverCells, int units) {}
