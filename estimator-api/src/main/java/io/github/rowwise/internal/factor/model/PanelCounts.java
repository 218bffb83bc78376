package io.github.rowwise.internal.factor.model;

import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.Sums;
import java.util.Arrays;

/**
 * What the passes share of a panel: counts of each unit, and where the outcomes lie.
 *
 * @param view the panel
 * @param cells observed cells of each unit
 * @param runs stretches of each unit without a gap: a gap restarts the noise's correlation
 * @param allCells observed cells of all units
 * @param periodCells observed cells of each period
 * @param armCells observed cells of each unit in each arm, unit after unit
 * @param shift mean of the scaled outcomes, taken away before everything else
 * @param variance variance of the scaled outcomes; 1 where they are all the same
 * @param correlated whether noise is serially correlated
 */
public record PanelCounts(
        PanelView view,
        int[] cells,
        int[] runs,
        double allCells,
        int[] periodCells,
        int[] armCells,
        double shift,
        double variance,
        boolean correlated) {

    /** Smallest innovation variance and smallest prior variance, as shares of the outcomes' variance. */
    static final double LEAST_SHARE = 1e-14;

    private static final int LARGE = 1 << 20;

    /** Two light passes. */
    public static PanelCounts of(PanelView view, boolean correlated) {
        int[] cells = new int[view.units()];
        int[] runs = new int[view.units()];
        int[] armCells = new int[view.units() * view.arms()];
        double scale = view.scale();
        double[] total = view.runner()
                .reduceBlocks(
                        () -> NO_SCRATCH,
                        (scratch, block) -> {
                            int m = block.columns();
                            double[] sums = new double[m + 2];
                            for (int row = 0; row < block.rows(); row++) {
                                int unit = block.firstRow() + row;
                                boolean before = false;
                                for (int at = row * m; at < (row + 1) * m; at++) {
                                    byte arm = block.arms()[at];
                                    boolean seen = arm != RowBlock.MISSING;
                                    cells[unit] += seen ? 1 : 0;
                                    if (seen) {
                                        armCells[unit * view.arms() + arm]++;
                                    }
                                    runs[unit] += seen && !before ? 1 : 0;
                                    sums[m] += block.outcomes()[at] * scale;
                                    sums[at - row * m] += seen ? 1 : 0;
                                    before = seen;
                                }
                                sums[m + 1] += cells[unit];
                            }
                            return sums;
                        },
                        Sums::add);
        int m = view.periods();
        int[] periodCells = new int[m];
        Arrays.setAll(periodCells, j -> (int) total[j]);
        double shift = total[m] / total[m + 1];
        double[] squares = view.runner()
                .reduceBlocks(
                        () -> NO_SCRATCH,
                        (scratch, block) -> {
                            double sum = 0;
                            for (int at = 0; at < block.arms().length; at++) {
                                double deviation = block.outcomes()[at] * scale - shift;
                                sum += block.arms()[at] == RowBlock.MISSING ? 0 : deviation * deviation;
                            }
                            return new double[] {sum};
                        },
                        Sums::add);
        double variance = squares[0] / total[m + 1];
        return new PanelCounts(
                view, cells, runs, total[m + 1], periodCells, armCells, shift, variance > 0 ? variance : 1, correlated);
    }

    private static final PassScratch NO_SCRATCH = new PassScratch() {};

    /** Units whose rows are here: the length of n-vectors. */
    public int units() {
        return view.units();
    }

    /** n. */
    public int allUnits() {
        return view.allUnits();
    }

    public PassRunner runner() {
        return view.runner();
    }

    public int periods() {
        return view.periods();
    }

    /** Whether a pass takes so long that room on {@link io.github.rowwise.internal.factor.kernel.CacheLines} for its kernels, which takes a while to make, pays. */
    public boolean isLarge() {
        return (long) units() * periods() >= LARGE;
    }

    /** Arms besides control. */
    public int treatments() {
        return view.arms() - 1;
    }

    public int cells(int unit, int arm) {
        return armCells[unit * view.arms() + arm];
    }

    public double leastNoise() {
        return LEAST_SHARE * variance;
    }
}
