package io.github.rowwise.simulation;

import io.github.rowwise.effects.LowRankMatrix;
import io.github.rowwise.panel.Panel;

/**
 * A simulated panel with its truth. Immutable: the arrays are copied on the way in and out, so keep what an accessor returns
 * instead of calling it in a loop.
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
public record SimulatedPanel(Panel panel, double[] ate, double[] att, double[] atu, LowRankMatrix effects) {

    /**
     * Copies the arrays.
     *
     * @param panel the panel, with the arms control and treated
     * @param ate true ATE_i of each unit
     * @param att true ATT_i of each unit, NaN where it has none
     * @param atu true ATU_i of each unit, NaN where it has none
     * @param effects the true effect matrix M, units by periods
     */
    public SimulatedPanel {
        ate = ate.clone();
        att = att.clone();
        atu = atu.clone();
    }

    /**
     * Returns the true ATE_i: each unit's effect averaged over all periods.
     *
     * @return a new array, one entry per unit
     */
    @Override
    public double[] ate() {
        return ate.clone();
    }

    /**
     * Returns the true ATT_i: each unit's effect averaged over its observed treated periods.
     *
     * @return a new array, one entry per unit, NaN where it has none
     */
    @Override
    public double[] att() {
        return att.clone();
    }

    /**
     * Returns the true ATU_i: each unit's effect averaged over its observed control periods.
     *
     * @return a new array, one entry per unit, NaN where it has none
     */
    @Override
    public double[] atu() {
        return atu.clone();
    }

    /**
     * Describes the panel.
     *
     * @return its size and arms
     */
    @Override
    public String toString() {
        return "simulated " + panel;
    }
}
