package io.github.rowwise.effects;

/**
 * How a unit's ATE_i depends on the rank: what it would be with one factor fewer and with one more in every arm. An
 * effect that jumps between them rests on the choice of rank.
 *
 * <pre class="example">{@code
 * UnitEffects fitted =
 *         SpectralEstimator.withDefaults().withNeighbouringRanks(true).fit(panel);
 * for (NeighbouringRanks ranks : fitted.neighbouringRanks()) {
 *     System.out.println(ranks.unit() + " " + ranks.oneFewer() + " " + ranks.oneMore());
 * }
 * }</pre>
 *
 * @param unit name of the unit
 * @param arm the arm, 1 or more
 * @param oneFewer ATE_i with one factor fewer; an arm of rank 0 stays at 0
 * @param oneMore ATE_i with one factor more; an arm of full rank stays there
 */
public record NeighbouringRanks(String unit, int arm, Estimate oneFewer, Estimate oneMore) {}
