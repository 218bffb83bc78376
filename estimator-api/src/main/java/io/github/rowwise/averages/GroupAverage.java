package io.github.rowwise.averages;

import io.github.rowwise.effects.AverageEffects;

/**
 * The average effects of an arm in one group of units, and how they differ from those of all other groups together.
 *
 * @param group name of the group
 * @param units number of its units
 * @param averages average effects over its units
 * @param contrast these averages minus the averages over the units of all other groups; its number of units is that of both
 */
public record GroupAverage(String group, int units, AverageEffects averages, AverageEffects contrast) {}
