package io.github.rowwise.evaluation;

import io.github.rowwise.panel.Panel;
import java.util.Objects;

/**
 * The simplest estimate of a unit's effect: its mean outcome in an arm less its mean outcome under control.
 *
 * <p>For comparison. It needs treatment that has nothing to do with what else moves outcomes in time.
 *
 * <pre class="example">{@code
 * double[] byUnit = DifferenceOfMeans.effects(panel, 1); // NaN where a unit lacks an arm
 * }</pre>
 */
public final class DifferenceOfMeans {

    private DifferenceOfMeans() {}

    /**
     * Estimates every unit's effect.
     *
     * @param panel any panel
     * @param arm the arm, 1 or more
     * @return one effect a unit, NaN where the unit lacks the arm or control
     * @throws IndexOutOfBoundsException if there is no such arm
     */
    public static double[] effects(Panel panel, int arm) {
        Objects.checkIndex(arm - 1, panel.arms() - 1);
        double[] effects = new double[panel.units()];
        for (int unit = 0; unit < effects.length; unit++) {
            double[] sums = new double[panel.arms()];
            int[] cells = new int[panel.arms()];
            for (int period = 0; period < panel.periods(); period++) {
                if (panel.isObserved(unit, period)) {
                    sums[panel.arm(unit, period)] += panel.outcome(unit, period);
                    cells[panel.arm(unit, period)]++;
                }
            }
            effects[unit] = sums[arm] / cells[arm] - sums[0] / cells[0];
        }
        return effects;
    }
}
