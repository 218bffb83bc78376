package io.github.rowwise.averages;

import io.github.rowwise.effects.AverageEffects;

/**
 * The average effects of an arm in one group of units, and how they differ from those of all other groups together.
 *
 * <pre class="example">{@code
 * UnitColumn region = UnitColumn.ofTexts("region", List.of("north", "south", "north"));
 * GroupAverage north = EffectAverages.of(effects).byGroup(region).averages(1).get(0);
 * System.out.println(north.averages().ate() + ", than elsewhere " + north.contrast().ate());
 * }</pre>
 *
 * @param group name of the group
 * @param units number of its units
 * @param averages average effects over its units
 * @param contrast these averages minus the averages over the units of all other groups; its number of units is that of both
 */
public record GroupAverage(String group, int units, AverageEffects averages, AverageEffects contrast) {}
