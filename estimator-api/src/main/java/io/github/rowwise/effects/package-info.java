/**
 * Results: the effects of every unit, their estimates and intervals, and the completed outcomes.
 *
 * <p>Start with {@link io.github.rowwise.effects.UnitEffects}, which every estimator returns. It can be detached from its panel,
 * saved and loaded, or made by hand ({@link io.github.rowwise.effects.UnitEffects#builder}).
 *
 * <pre>{@code
 * for (UnitEffect effect : effects.effects()) {
 *     System.out.println(effect.unit() + " " + effect.ate() + " q " + effect.qValue());
 * }
 * effects.save(Path.of("fit.effects"));
 * }</pre>
 */
@NullMarked
package io.github.rowwise.effects;

import org.jspecify.annotations.NullMarked;
