package io.github.rowwise.totals;

import io.github.rowwise.panel.Panel;

/**
 * Sums of the outcomes of each unit in each arm.
 *
 * @param sums by arm and unit, of outcomes or of their exponentials
 * @param cells by arm and unit: number of observed cells
 */
record OutcomeSums(double[][] sums, int[][] cells) {

    static OutcomeSums of(Panel panel, OutcomeScale scale) {
        double[][] sums = new double[panel.arms()][panel.units()];
        int[][] cells = new int[panel.arms()][panel.units()];
        panel.forEachRow((unit, outcomes, arms) -> {
            for (int period = 0; period < outcomes.length; period++) {
                int arm = arms[period];
                if (arm >= 0) {
                    sums[arm][unit] += scale == OutcomeScale.LOG ? Math.exp(outcomes[period]) : outcomes[period];
                    cells[arm][unit]++;
                }
            }
        });
        return new OutcomeSums(sums, cells);
    }
}
