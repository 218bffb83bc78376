/**
 * Which units to treat next. {@link io.github.rowwise.targeting.Targeting} orders units by their expected gain and chooses as many as a
 * budget allows. {@link io.github.rowwise.targeting.RankingTest} tests within the panel whether the order is worth anything.
 *
 * <pre>{@code
 * TargetPlan plan = Targeting.withDefaults().withBudget(Budget.units(20)).plan(effects);
 * System.out.println(plan.totalGain());
 * }</pre>
 */
@NullMarked
package io.github.rowwise.targeting;

import org.jspecify.annotations.NullMarked;
