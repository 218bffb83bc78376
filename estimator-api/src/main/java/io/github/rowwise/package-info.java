/**
 * Estimators of per-unit treatment effects from panel data, their options, progress and exceptions.
 *
 * <p>Start with {@link io.github.rowwise.FactorModelEstimator}, the default method, on a {@link io.github.rowwise.panel.Panel};
 * its result is a {@link io.github.rowwise.effects.UnitEffects}. {@link io.github.rowwise.SpectralEstimator} is the published
 * method; both implement {@link io.github.rowwise.Estimator}.
 *
 * <pre>{@code
 * Panel panel = Panel.builder().addAll(observations).build();
 * UnitEffects effects = FactorModelEstimator.withDefaults().fit(panel);
 * System.out.println(effects.effect("store 7").ate());
 * }</pre>
 */
@NullMarked
package io.github.rowwise;

import org.jspecify.annotations.NullMarked;
