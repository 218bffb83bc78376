package io.github.rowwise.evaluation;

import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.Panel;
import java.util.Arrays;
import java.util.Objects;

/**
 * The textbook regression y<sub>ij</sub> = a<sub>i</sub> + g<sub>j</sub> + t<sub>i</sub>(D<sub>ij</sub>) + e<sub>ij</sub> by least squares: unit and period effects, and for
 * each unit an effect t_i of each arm.
 *
 * <p>For comparison. It needs units that would all have moved in parallel. Every unit has a level of its own in each arm,
 * which least squares gives once the period effects are known; those are found by conjugate gradients, with a Jacobi
 * preconditioner, one pass over the panel a step.
 *
 * <pre class="example">{@code
 * double[] byUnit = TwoWayFixedEffects.effects(panel, 1); // NaN where a unit lacks an arm
 * }</pre>
 */
public final class TwoWayFixedEffects {

    private static final double SETTLED = 1e-12;
    private static final int MOST_STEPS = 1000;

    private final Panel panel;
    private final double scale;

    /** A unit's levels in the arms during a pass. */
    private final double[] levels;

    private final int[] cells;

    private TwoWayFixedEffects(Panel panel) {
        this.panel = panel;
        this.scale = PanelView.scaleFor(InternalPanels.largestOutcome(panel));
        this.levels = new double[panel.arms()];
        this.cells = new int[panel.arms()];
    }

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
        TwoWayFixedEffects fit = new TwoWayFixedEffects(panel);
        double[] periods = fit.periods();
        double[] effects = new double[panel.units()];
        for (RowBlock block : InternalPanels.blocks(panel)) {
            for (int row = 0; row < block.rows(); row++) {
                fit.fitLevels(block, row, periods, fit.scale);
                effects[block.firstRow() + row] = (fit.levels[arm] - fit.levels[0]) / fit.scale;
            }
        }
        return effects;
    }

    /**
     * What is left of the outcomes.
     *
     * @param deviation root mean square of the residuals of control cells, in units of the outcome
     * @param correlation of residuals in neighbouring observed periods of the same arm, 0 if it is below
     * @param variances by unit: mean square of the residuals, with the number of cells less two in the denominator
     */
    record Residuals(double deviation, double correlation, double[] variances) {}

    /** Fits the panel and summarises the residuals. */
    static Residuals residuals(Panel panel) {
        TwoWayFixedEffects fit = new TwoWayFixedEffects(panel);
        double[] periods = fit.periods();
        double[] variances = new double[panel.units()];
        double squares = 0;
        long cells = 0;
        double products = 0;
        double neighbours = 0;
        for (RowBlock block : InternalPanels.blocks(panel)) {
            for (int row = 0; row < block.rows(); row++) {
                fit.fitLevels(block, row, periods, fit.scale);
                double sum = 0;
                int count = 0;
                double before = Double.NaN;
                for (int j = 0; j < periods.length; j++) {
                    int at = row * periods.length + j;
                    byte arm = block.arms()[at];
                    if (arm == RowBlock.MISSING) {
                        before = Double.NaN;
                        continue;
                    }
                    double residual = fit.scale * block.outcomes()[at] - periods[j] - fit.levels[arm];
                    sum += residual * residual;
                    count++;
                    squares += arm == 0 ? residual * residual : 0;
                    cells += arm == 0 ? 1 : 0;
                    if (!Double.isNaN(before)) {
                        products += residual * before;
                        neighbours += (residual * residual + before * before) / 2;
                    }
                    before = residual;
                }
                variances[block.firstRow() + row] = sum / Math.max(1, count - 2) / fit.scale / fit.scale;
            }
        }
        double correlation = neighbours > 0 ? Math.max(0, products / neighbours) : 0;
        return new Residuals(Math.sqrt(squares / Math.max(1, cells)) / fit.scale, correlation, variances);
    }

    private double[] periods() {
        double[] solution = new double[panel.periods()];
        double[] weight = new double[panel.periods()];
        for (RowBlock block : InternalPanels.blocks(panel)) {
            for (int cell = 0; cell < block.arms().length; cell++) {
                weight[cell % weight.length] += block.arms()[cell] == RowBlock.MISSING ? 0 : 1;
            }
        }
        double[] residual = residualSums(solution, scale);
        double[] step = divided(residual, weight);
        double size = dot(residual, step);
        double enough = SETTLED * SETTLED * size;
        for (int k = 0; k < MOST_STEPS && size > enough; k++) {
            double[] fall = residualSums(step, 0);
            double length = -size / dot(step, fall);
            for (int j = 0; j < solution.length; j++) {
                solution[j] += length * step[j];
                residual[j] += length * fall[j];
            }
            double[] next = divided(residual, weight);
            double former = size;
            size = dot(residual, next);
            for (int j = 0; j < step.length; j++) {
                step[j] = next[j] + size / former * step[j];
            }
        }
        return solution;
    }

    /** What the period effects and the best levels leave of the outcomes, added up by period. */
    private double[] residualSums(double[] periods, double factor) {
        double[] sums = new double[periods.length];
        for (RowBlock block : InternalPanels.blocks(panel)) {
            for (int row = 0; row < block.rows(); row++) {
                fitLevels(block, row, periods, factor);
                int start = row * periods.length;
                for (int j = 0; j < periods.length; j++) {
                    byte arm = block.arms()[start + j];
                    if (arm != RowBlock.MISSING) {
                        sums[j] += factor * block.outcomes()[start + j] - periods[j] - levels[arm];
                    }
                }
            }
        }
        return sums;
    }

    /** A unit's level in each arm is the mean there of what the periods leave; NaN where it has no cell. */
    private void fitLevels(RowBlock block, int row, double[] periods, double factor) {
        Arrays.fill(levels, 0);
        Arrays.fill(cells, 0);
        int start = row * periods.length;
        for (int j = 0; j < periods.length; j++) {
            byte arm = block.arms()[start + j];
            if (arm != RowBlock.MISSING) {
                levels[arm] += factor * block.outcomes()[start + j] - periods[j];
                cells[arm]++;
            }
        }
        for (int arm = 0; arm < levels.length; arm++) {
            levels[arm] /= cells[arm];
        }
    }

    /** A period without cells keeps effect 0. */
    private static double[] divided(double[] values, double[] weights) {
        double[] result = new double[values.length];
        for (int j = 0; j < result.length; j++) {
            result[j] = weights[j] == 0 ? 0 : values[j] / weights[j];
        }
        return result;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }
}
