package io.github.rowwise.targeting;

import io.github.rowwise.Estimator;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.LowRankMatrix;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.Panel;
import java.util.Arrays;

/**
 * What one half of the periods says of the units.
 *
 * @param effects estimated effects, by which units are ordered; NaN if the half lacks an arm of the unit
 * @param scores effects that are not shrunk: average residual of the treated cells minus that of the control cells, both against
 *     the completed outcomes under control; NaN if the half lacks an arm of the unit
 */
record HalfScores(double[] effects, double[] scores) {

    private static final int LEAST_CELLS = 2;

    /**
     * Fits one half.
     *
     * @param half 0 or 1
     * @param guard number of first periods of each block but the first that are left out
     */
    static HalfScores of(Panel panel, Estimator estimator, int arm, int half, int guard) {
        boolean[] isIn = periods(panel.periods(), half, guard);
        UnitEffects fitted = estimator.fit(InternalPanels.hiding(panel, (unit, arms) -> {
            for (int j = 0; j < arms.length; j++) {
                arms[j] = isIn[j] ? arms[j] : RowBlock.MISSING;
            }
        }));
        LowRankMatrix control = fitted.outcomeMatrix(0);
        double[] effects = new double[panel.units()];
        double[] scores = new double[panel.units()];
        Arrays.fill(effects, Double.NaN);
        Arrays.fill(scores, Double.NaN);
        panel.forEachRow((unit, outcomes, arms) -> {
            Estimate effect = fitted.effect(unit, arm).ate();
            if (!effect.isAvailable() || !control.isAvailable(unit)) {
                return;
            }
            double[] predicted = fitted.outcomeRow(unit, 0);
            double[] sums = new double[2];
            int[] cells = new int[2];
            for (int j = 0; j < arms.length; j++) {
                int side = arms[j] == 0 ? 0 : arms[j] == arm ? 1 : -1;
                if (isIn[j] && side >= 0) {
                    sums[side] += outcomes[j] - predicted[j];
                    cells[side]++;
                }
            }
            if (cells[0] >= LEAST_CELLS && cells[1] >= LEAST_CELLS) {
                effects[unit] = effect.value();
                scores[unit] = sums[1] / cells[1] - sums[0] / cells[0];
            }
        });
        return new HalfScores(effects, scores);
    }

    /** Returns which periods are in a half. */
    static boolean[] periods(int count, int half, int guard) {
        boolean[] isIn = new boolean[count];
        for (int block = half; block < RankingTest.BLOCKS; block += 2) {
            int first = (int) ((long) block * count / RankingTest.BLOCKS) + (block == 0 ? 0 : guard);
            int end = (int) ((block + 1L) * count / RankingTest.BLOCKS);
            for (int j = first; j < end; j++) {
                isIn[j] = true;
            }
        }
        return isIn;
    }
}
