/**
 * Simulated panels whose true effects are known.
 *
 * <p>Start with {@link io.github.rowwise.simulation.PanelSimulation}.
 *
 * <pre>{@code
 * SimulatedPanel simulated = PanelSimulation.withDefaults().withSize(200, 100).generate();
 * }</pre>
 */
@NullMarked
package io.github.rowwise.simulation;

import org.jspecify.annotations.NullMarked;
