/**
 * Averages of effects over chosen units and periods, with weights, and by group. {@link
 * io.github.rowwise.averages.EffectAverages} computes them for a result.
 *
 * <pre>{@code
 * EffectAverages averages = EffectAverages.of(effects).withWeights(population);
 * System.out.println(averages.over(CellSelection.all().withPeriods("2024-01", "2024-06")).att());
 * System.out.println(averages.byGroup(region).contrast("north", "south").ate());
 * }</pre>
 */
@NullMarked
package io.github.rowwise.averages;

import org.jspecify.annotations.NullMarked;
