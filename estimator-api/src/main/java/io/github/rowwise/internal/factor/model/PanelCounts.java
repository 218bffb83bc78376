package io.github.rowwise.internal.factor.model;

import io.github.rowwise.internal.factor.kernel.CellBits;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.Sums;
import java.util.Arrays;

/**
 * Counts and moments of a panel that all passes share.
 *
 * @param view the panel
 * @param allUnits number of units that the passes read: those of the panel, or of a sample of it
 * @param cells number of observed cells per unit
 * @param runs number of runs of consecutive observed cells per unit; the autocorrelated noise restarts at each run
 * @param allCells number of observed cells of all units
 * @param periodCells number of observed cells per period
 * @param controlCells number of observed control cells per period
 * @param armCells number of observed cells by unit, then by arm
 * @param unitScales scale of each unit, by which its outcomes are divided; empty if all are 1
 * @param shift mean of the scaled outcomes, which is subtracted first
 * @param variance variance of the scaled outcomes; 1 if they are all equal
 * @param correlated whether the noise is serially correlated
 */
public record PanelCounts(
        PanelView view,
        int allUnits,
        int[] cells,
        int[] runs,
        double allCells,
        int[] periodCells,
        int[] controlCells,
        int[] armCells,
        double[] unitScales,
        double shift,
        double variance,
        boolean correlated) {

    /** Smallest innovation variance and smallest prior variance, as shares of the outcomes' variance. */
    static final double MIN_SHARE = 1e-14;

    private static final int LARGE = 1 << 20;

    /** Computes the counts in three passes. */
    public static PanelCounts of(PanelView view, boolean correlated) {
        return of(view, UnitScales.of(view), correlated);
    }

    private static PanelCounts of(PanelView view, double[] unitScales, boolean correlated) {
        int[] cells = new int[view.units()];
        int[] runs = new int[view.units()];
        int[] armCells = new int[view.units() * view.arms()];
        double[] total = view.runner()
                .reduceBlocks(
                        () -> NO_SCRATCH,
                        (scratch, block) -> {
                            int m = block.columns();
                            double[] sums = new double[2 * m + 3];
                            sums[2 * m + 2] = block.rows();
                            for (int row = 0; row < block.rows(); row++) {
                                int unit = block.firstRow() + row;
                                double scale = scale(view, unitScales, unit);
                                boolean before = false;
                                int end = (row + 1) * m;
                                for (int at = row * m; at < end; at++) {
                                    byte arm = block.arms()[at];
                                    if (arm == RowBlock.MISSING) {
                                        before = false;
                                        at = CellBits.nextSeen(block.arms(), at, end) - 1;
                                        continue;
                                    }
                                    cells[unit]++;
                                    armCells[unit * view.arms() + arm]++;
                                    runs[unit] += before ? 0 : 1;
                                    sums[2 * m] += block.outcomes()[at] * scale;
                                    sums[at - row * m]++;
                                    sums[m + at - row * m] += arm == 0 ? 1 : 0;
                                    before = true;
                                }
                                sums[2 * m + 1] += cells[unit];
                            }
                            return sums;
                        },
                        Sums::add);
        int m = view.periods();
        int[] periodCells = new int[m];
        Arrays.setAll(periodCells, j -> (int) total[j]);
        int[] controlCells = new int[m];
        Arrays.setAll(controlCells, j -> (int) total[m + j]);
        double allCells = total[2 * m + 1];
        double shift = total[2 * m] / allCells;
        double[] squares = view.runner()
                .reduceBlocks(
                        () -> NO_SCRATCH,
                        (scratch, block) -> {
                            double sum = 0;
                            for (int row = 0; row < block.rows(); row++) {
                                double scale = scale(view, unitScales, block.firstRow() + row);
                                int end = (row + 1) * m;
                                for (int at = CellBits.nextSeen(block.arms(), row * m, end); at < end; at++) {
                                    if (block.arms()[at] == RowBlock.MISSING) {
                                        at = CellBits.nextSeen(block.arms(), at, end) - 1;
                                        continue;
                                    }
                                    double deviation = block.outcomes()[at] * scale - shift;
                                    sum += deviation * deviation;
                                }
                            }
                            return new double[] {sum};
                        },
                        Sums::add);
        double variance = squares[0] / allCells;
        return new PanelCounts(
                view,
                (int) total[2 * m + 2],
                cells,
                runs,
                allCells,
                periodCells,
                controlCells,
                armCells,
                unitScales,
                shift,
                variance > 0 ? variance : 1,
                correlated);
    }

    private static final PassScratch NO_SCRATCH = new PassScratch() {};

    private static double scale(PanelView view, double[] unitScales, int unit) {
        return unitScales.length == 0 ? view.scale() : view.scale() / unitScales[unit];
    }

    /** Returns the factor by which the outcomes of a unit are multiplied. */
    public double scale(int unit) {
        return scale(view, unitScales, unit);
    }

    /** Returns the scale of a unit, by which its results are multiplied. */
    public double unitScale(int unit) {
        return unitScales.length == 0 ? 1 : unitScales[unit];
    }

    /** Returns the counts of a sample of the rows, scaled as this panel is. Units outside the sample have no cells. */
    public PanelCounts sample(int every) {
        PanelCounts sample = of(view.sample(every), unitScales, correlated);
        return new PanelCounts(
                sample.view,
                sample.allUnits,
                sample.cells,
                sample.runs,
                sample.allCells,
                sample.periodCells,
                sample.controlCells,
                sample.armCells,
                unitScales,
                shift,
                variance,
                correlated);
    }

    /** Returns the same counts with a new runner, which reads the panel itself without absent periods. */
    public PanelCounts withRunner(PassRunner runner) {
        return new PanelCounts(
                view.withRunner(runner),
                allUnits,
                cells,
                runs,
                allCells,
                periodCells,
                controlCells,
                armCells,
                unitScales,
                shift,
                variance,
                correlated);
    }

    /** Returns the number of local units: the length of arrays with one entry per unit. */
    public int units() {
        return view.units();
    }

    public PassRunner runner() {
        return view.runner();
    }

    public int periods() {
        return view.periods();
    }

    /** Returns whether the panel is so large that aligning tables on cache lines saves more time than it takes. */
    public boolean isLarge() {
        return (long) units() * periods() >= LARGE;
    }

    /** Returns the number of arms without control. */
    public int treatments() {
        return view.arms() - 1;
    }

    public int cells(int unit, int arm) {
        return armCells[unit * view.arms() + arm];
    }

    /** Returns the {@link UnitGroup} of a unit. */
    public int group(int unit) {
        int control = cells(unit, 0);
        if (control == 0) {
            return UnitGroup.NO_CONTROL;
        }
        return control < cells[unit] ? UnitGroup.BOTH : UnitGroup.CONTROL_ONLY;
    }

    /** Returns the number of units with cells in the arm and under control, in the arm with the fewest. */
    public int fewestTreatedUnits() {
        double[] counts = new double[treatments()];
        for (int unit = 0; unit < units(); unit++) {
            for (int arm = 1; arm < view.arms(); arm++) {
                counts[arm - 1] += cells(unit, 0) > 0 && cells(unit, arm) > 0 ? 1 : 0;
            }
        }
        return (int) Arrays.stream(runner().allReduce(counts, Sums::add)).min().orElse(0);
    }

    public double minNoise() {
        return MIN_SHARE * variance;
    }
}
