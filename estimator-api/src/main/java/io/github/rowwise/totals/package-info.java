/**
 * What effects amount to: in percent, in all over treated cells, and in worth, cost and return. {@link
 * io.github.rowwise.totals.EffectTotals} computes them for a result.
 *
 * <pre>{@code
 * TotalEffects totals = EffectTotals.of(effects).withScale(OutcomeScale.LOG).withValue(2.5).withCost(40).compute();
 * System.out.println(totals.arm(1).percentOverTreatedCells().orElseThrow());
 * System.out.println(totals.arm(1).netReturn().orElseThrow());
 * }</pre>
 */
@NullMarked
package io.github.rowwise.totals;

import org.jspecify.annotations.NullMarked;
