package io.github.rowwise;

import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;

/**
 * A method that estimates the effects of every unit of a panel.
 *
 * <p>{@link FactorModelEstimator} and {@link SpectralEstimator} implement it. A service can depend on this interface and be
 * tested with a lambda that returns a result made by hand ({@link UnitEffects#builder}); such a method can also take part in a
 * {@link io.github.rowwise.evaluation.PanelEvaluation}. Implementations should be safe for use by several threads and return
 * the same effects for the same panel.
 *
 * <pre class="example">{@code
 * Estimator cautious = new Estimator() {
 *     @Override
 *     public UnitEffects fit(Panel data) {
 *         return UnitEffects.builder(data).method(name()).build(); // no estimate of any unit
 *     }
 *
 *     @Override
 *     public String name() {
 *         return "no answer";
 *     }
 * };
 * }</pre>
 */
@FunctionalInterface
public interface Estimator {

    /**
     * Estimates every unit's effects.
     *
     * @param panel the data
     * @return effects of every unit and arm; units that lack an arm come with a reason and without a number
     * @throws NotIdentifiedException if the assignment identifies no effect
     */
    UnitEffects fit(Panel panel);

    /**
     * Returns the name of the method, for tables and logs.
     *
     * @return such as {@code factor model}; {@code unnamed estimator} unless overridden
     */
    default String name() {
        return "unnamed estimator";
    }
}
