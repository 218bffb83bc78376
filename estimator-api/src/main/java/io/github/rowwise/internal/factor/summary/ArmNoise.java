package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.factor.kernel.CellBits;
import io.github.rowwise.internal.factor.model.PanelCounts;
import java.util.Arrays;

/**
 * Variance of the innovations by arm, relative to control, and its effect on the variance of a unit's effect. Treatment may make
 * outcomes noisier, and a unit with few treated cells does not show it by itself. The model has one noise variance per unit;
 * estimates keep its weights.
 *
 * @param scales by arm, 1 for control; 1 or more, because too long an interval does less harm than one that is too short
 */
record ArmNoise(double[] scales) {

    /** Weight of the value 1, in cells. */
    private static final double PRIOR_CELLS = 20;

    /** An excess counts only as far as it exceeds this many standard errors. */
    private static final double NOTICED = 3;

    /**
     * Compares the arms.
     *
     * @param squares by arm: sum over cells of the squared innovations of variance one
     * @param expected by arm: what the sum would be if all arms had the noise of the unit
     */
    static ArmNoise of(double[] squares, double[] expected) {
        double[] scales = new double[squares.length];
        double control = (squares[0] + PRIOR_CELLS) / (expected[0] + PRIOR_CELLS);
        for (int arm = 0; arm < scales.length; arm++) {
            double ratio = (squares[arm] + PRIOR_CELLS) / (expected[arm] + PRIOR_CELLS) / control;
            double error = Math.sqrt(2 / (expected[arm] + PRIOR_CELLS) + 2 / (expected[0] + PRIOR_CELLS));
            scales[arm] = arm == 0 ? 1 : 1 + Math.max(0, ratio - 1 - NOTICED * error * ratio);
        }
        return new ArmNoise(scales);
    }

    /**
     * Adds the innovations of a unit that was seen under control and in another arm.
     *
     * @param innovations 0 for missing cells
     * @param parameters by arm: effective number of parameters of the effects of the arm, and for control of the levels, which
     *     all cells share
     */
    static void add(
            double[] innovations,
            CellBits bits,
            PanelCounts panel,
            int unit,
            double[] parameters,
            double[] squares,
            double[] expected) {
        int cells = panel.cells()[unit];
        if (panel.cells(unit, 0) == 0 || panel.cells(unit, 0) == cells) {
            return;
        }
        double share = Math.max(0, 1 - parameters[0] / cells);
        for (int arm = 0; arm < squares.length; arm++) {
            squares[arm] += squares(innovations, bits, arm);
            expected[arm] += Math.max(0, share * panel.cells(unit, arm) - (arm == 0 ? 0 : parameters[arm]));
        }
    }

    /**
     * Returns the change of the variance of a linear combination of a unit's innovations. The noise variance of the unit is that
     * of all its cells, so that it is too large for control cells if it is too small for the others.
     *
     * @param weights of the innovations of variance one; 0 for missing cells
     */
    double change(double[] weights, CellBits bits, PanelCounts panel, int unit) {
        if (Arrays.stream(scales).allMatch(scale -> scale == 1)) {
            return 0;
        }
        double total = 0;
        for (int arm = 0; arm < scales.length; arm++) {
            total += scales[arm] * panel.cells(unit, arm);
        }
        double control = panel.cells()[unit] / total;
        double change = 0;
        for (int arm = 0; arm < scales.length; arm++) {
            change += (scales[arm] * control - 1) * squares(weights, bits, arm);
        }
        return change;
    }

    private static double squares(double[] values, CellBits bits, int arm) {
        double sum = 0;
        for (int word = 0; word < bits.of(arm).length; word++) {
            for (int remaining = bits.of(arm, word); remaining != 0; remaining &= remaining - 1) {
                double value = values[word * CellBits.WORD + Integer.numberOfTrailingZeros(remaining)];
                sum += value * value;
            }
        }
        return sum;
    }
}
