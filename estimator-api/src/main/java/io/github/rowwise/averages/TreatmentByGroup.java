package io.github.rowwise.averages;

import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.Panel;

/**
 * How far treatment is decided by group: the share of the variance of treatment between the units of a period that is a difference
 * between groups (adjusted R squared of the arms on the groups, by period).
 */
final class TreatmentByGroup {

    private TreatmentByGroup() {}

    /**
     * Computes the share.
     *
     * @param groupOf group of each unit, or -1
     * @return at most 1; 0 where treatment is the same in all groups, up to chance; NaN if no group has two units in a period
     */
    static double share(Panel panel, int groups, int[] groupOf) {
        int arms = panel.arms();
        int periods = panel.periods();
        int[][] counts = new int[groups][periods * arms];
        for (RowBlock block : InternalPanels.blocks(panel)) {
            for (int row = 0; row < block.rows(); row++) {
                int group = groupOf[block.firstRow() + row];
                for (int j = 0; j < periods && group >= 0; j++) {
                    byte arm = block.arms()[row * periods + j];
                    if (arm != RowBlock.MISSING) {
                        counts[group][j * arms + arm]++;
                    }
                }
            }
        }
        double[] within = new double[2];
        double[] all = new double[2];
        for (int j = 0; j < periods; j++) {
            double[] total = new double[arms];
            for (int[] of : counts) {
                double[] here = new double[arms];
                for (int arm = 0; arm < arms; arm++) {
                    here[arm] = of[j * arms + arm];
                    total[arm] += here[arm];
                }
                add(here, within);
            }
            add(total, all);
        }
        return 1 - within[0] / within[1] / (all[0] / all[1]);
    }

    /** Adds the sum of squares of the indicators of the arms about their means, and its degrees of freedom. */
    private static void add(double[] counts, double[] target) {
        double cells = 0;
        double squares = 0;
        for (double count : counts) {
            cells += count;
            squares += count * count;
        }
        if (cells > 0) {
            target[0] += cells - squares / cells;
            target[1] += cells - 1;
        }
    }
}
