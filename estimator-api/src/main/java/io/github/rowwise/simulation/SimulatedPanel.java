package io.github.rowwise.simulation;

import io.github.rowwise.effects.LowRankMatrix;
import io.github.rowwise.panel.Panel;

/**
 * A simulated panel with its truth.
 *
 * <pre class="example">{@code
 * SimulatedPanel drawn = PanelSimulation.withDefaults().generate();
 * double worst = FactorModelEstimator.withDefaults()
 *         .fit(drawn.panel())
 *         .effectMatrix()
 *         .worstRowError(drawn.effects());
 * }</pre>
 *
 * @param panel the panel, with the arms control and treated
 * @param ate each unit's true ATE_i: its effect averaged over all periods
 * @param att each unit's true ATT_i over its observed treated periods, NaN where it has none
 * @param atu each unit's true ATU_i over its observed control periods, NaN where it has none
 * @param effects the true effect matrix M, units by periods
 */
public record SimulatedPanel(Panel panel, double[] ate, double[] att, double[] atu, LowRankMatrix effects) {}
