package io.github.rowwise.internal.spectral;

import io.github.rowwise.internal.pass.CellHash;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.PeriodMasks;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.Sums;
import io.github.rowwise.internal.spectral.ArmMatrix.Fold;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cell counts and means of each arm, from passes over the blocks.
 *
 * <p>Two-way means are the least-squares fit of {@code Y[i,j] = unit[i] + period[j]} to the arm's observed cells. After
 * elimination of the unit effects, the period effects b solve
 *
 * <pre>
 * (C - W' N^-1 W) b = W' (Y - row means)      N: cells per unit, C: cells per period (both diagonal)
 * </pre>
 *
 * <p>The system is solved by conjugate gradients, preconditioned with C. Each iteration takes one pass over the arms,
 * for all arms together. In each connected component of W the period effects have weighted mean zero. A period in which
 * the arm is not observed has effect 0, so that its mean is that of the unit.
 */
public final class ArmMeans {

    /** The means that are subtracted. */
    public enum Kind {
        NONE,
        UNIT,
        TWO_WAY
    }

    private static final int MIN_ITERATION_LIMIT = 500;
    private static final double TOLERANCE = 1e-15;

    /** Residuals of this size, relative to the level of the arm, are rounding errors. */
    private static final double ROUNDING = 4e-16;

    /**
     * A direction with less curvature than this, relative to C, is a constant shift of a connected component, or a
     * rounding error.
     */
    private static final double FLAT = 1e-10;

    private final PassRunner runner;
    private final int arms;
    private final int periods;
    private final double scale;
    private final CellHash hash;
    private final @Nullable Fold fold;
    private final int[][] cells;
    private final double[][] rowMeans;

    private ArmMeans(PanelView panel, @Nullable Fold fold) {
        this.runner = panel.runner();
        this.arms = panel.arms();
        this.periods = panel.periods();
        this.scale = panel.scale();
        this.hash = panel.hash();
        this.fold = fold;
        this.cells = new int[arms][panel.units()];
        this.rowMeans = new double[arms][panel.units()];
    }

    /** Fits the means of all arms to the visible cells. Returns one matrix per arm. */
    public static List<ArmMatrix> fit(PanelView panel, Kind kind, @Nullable Fold fold) {
        ArmMeans means = new ArmMeans(panel, fold);
        double[][] sums = means.countAndSum();
        int arms = panel.arms();
        double[][] periodMeans = new double[arms][panel.periods()];
        if (kind == Kind.TWO_WAY) {
            means.solve(sums, periodMeans);
            means.subtractPeriodsFromRowMeans(periodMeans);
        }
        List<ArmMatrix> matrices = new ArrayList<>();
        for (int arm = 0; arm < arms; arm++) {
            double[] unitMeans = kind == Kind.NONE ? new double[panel.units()] : means.rowMeans[arm];
            matrices.add(new ArmMatrix(panel, arm, means.cells[arm], unitMeans, periodMeans[arm], fold));
        }
        return List.copyOf(matrices);
    }

    /**
     * Sets the counts and row means. Returns 2K rows for K arms: the column counts by arm, then the column sums of Y -
     * row mean by arm.
     */
    private double[][] countAndSum() {
        return runner.reduceBlocks(
                () -> new Scratch(periods),
                (scratch, block) -> {
                    double[][] sums = new double[2 * arms][periods];
                    for (int row = 0; row < block.rows(); row++) {
                        countRow(scratch, block, row, sums);
                    }
                    return sums;
                },
                Sums::add);
    }

    private void countRow(Scratch scratch, RowBlock block, int row, double[][] sums) {
        int unit = block.firstRow() + row;
        byte[] arm = scratch.visibleArms(block, row, hash, fold);
        double[] outcomes = block.outcomes();
        int start = row * periods;
        int[] period = scratch.period;
        for (int a = 0; a < arms; a++) {
            int count = ArmMatrix.list(arm, 0, periods, a, period);
            double total = 0;
            for (int k = 0; k < count; k++) {
                total += outcomes[start + period[k]] * scale;
            }
            double mean = total / Math.max(1, count);
            cells[a][unit] = count;
            rowMeans[a][unit] = mean;
            for (int k = 0; k < count; k++) {
                sums[a][period[k]]++;
                sums[arms + a][period[k]] += outcomes[start + period[k]] * scale - mean;
            }
        }
    }

    private void solve(double[][] sums, double[][] solution) {
        double[][] direction = new double[arms][periods];
        double[][] residual = new double[arms][];
        double[] squaredNorm = new double[arms];
        double[] target = new double[arms];
        double[] levels = runner.allReduce(largestRowMeans(), Sums::max);
        for (int a = 0; a < arms; a++) {
            residual[a] = sums[arms + a];
            squaredNorm[a] = precondition(residual[a], sums[a], direction[a], 0);
            double level = ROUNDING * levels[a];
            target[a] = Math.max(squaredNorm[a] * TOLERANCE * TOLERANCE, periods * level * level);
        }
        // A chain of periods takes as many iterations as it has links.
        int maxIterations = Math.max(MIN_ITERATION_LIMIT, 2 * periods);
        for (int iteration = 0; iteration < maxIterations && anyAbove(squaredNorm, target); iteration++) {
            double[][] image = applyRowAverages(direction);
            for (int a = 0; a < arms; a++) {
                if (squaredNorm[a] > target[a]) {
                    squaredNorm[a] = step(sums[a], direction[a], image[a], residual[a], solution[a], squaredNorm[a]);
                }
            }
        }
    }

    private double[] largestRowMeans() {
        double[] largest = new double[arms];
        for (int a = 0; a < arms; a++) {
            for (double mean : rowMeans[a]) {
                largest[a] = Math.max(largest[a], Math.abs(mean));
            }
        }
        return largest;
    }

    /**
     * Takes one step of conjugate gradients. Returns the new squared norm of the preconditioned residual; 0 if the step
     * has no curvature, which ends the iteration.
     */
    private double step(
            double[] counts,
            double[] direction,
            double[] rowAverages,
            double[] residual,
            double[] solution,
            double squaredNorm) {
        double curvature = 0;
        double size = 0;
        for (int j = 0; j < periods; j++) {
            rowAverages[j] = counts[j] * direction[j] - rowAverages[j];
            curvature += direction[j] * rowAverages[j];
            size += counts[j] * direction[j] * direction[j];
        }
        if (!(curvature > FLAT * size)) {
            return 0;
        }
        double length = squaredNorm / curvature;
        for (int j = 0; j < periods; j++) {
            solution[j] += length * direction[j];
            residual[j] -= length * rowAverages[j];
        }
        return precondition(residual, counts, direction, squaredNorm);
    }

    /**
     * Computes {@code direction = C^-1 residual + (new norm / old norm) direction} and returns the new squared norm
     * {@code residual' C^-1 residual}.
     */
    private static double precondition(double[] residual, double[] counts, double[] direction, double oldSquaredNorm) {
        double squaredNorm = 0;
        for (int j = 0; j < residual.length; j++) {
            squaredNorm += counts[j] > 0 ? residual[j] * residual[j] / counts[j] : 0;
        }
        double ratio = oldSquaredNorm > 0 ? squaredNorm / oldSquaredNorm : 0;
        for (int j = 0; j < residual.length; j++) {
            direction[j] = (counts[j] > 0 ? residual[j] / counts[j] : 0) + ratio * direction[j];
        }
        return squaredNorm;
    }

    /** Computes {@code W' N^-1 W x} for each arm in one pass over the arms. */
    private double[][] applyRowAverages(double[][] x) {
        double[][] tables = tables(x);
        double[][] sumsBySubset = runner.reduceBlocks(
                () -> new Scratch(periods),
                (scratch, block) -> {
                    double[][] sums = new double[arms][tables[0].length];
                    for (int row = 0; row < block.rows(); row++) {
                        byte[] arm = scratch.visibleArms(block, row, hash, fold);
                        for (int a = 0; a < arms; a++) {
                            double average = rowAverage(scratch.masks, arm, a, block.firstRow() + row, tables[a]);
                            scratch.masks.add(average, sums[a]);
                        }
                    }
                    return sums;
                },
                Sums::add);
        double[][] sums = new double[arms][];
        for (int a = 0; a < arms; a++) {
            sums[a] = PeriodMasks.periodSums(sumsBySubset[a], periods);
        }
        return sums;
    }

    private void subtractPeriodsFromRowMeans(double[][] periodMeans) {
        double[][] tables = tables(periodMeans);
        runner.forEachBlock(() -> new Scratch(periods), (scratch, block) -> {
            for (int row = 0; row < block.rows(); row++) {
                int unit = block.firstRow() + row;
                byte[] arm = scratch.visibleArms(block, row, hash, fold);
                for (int a = 0; a < arms; a++) {
                    rowMeans[a][unit] -= rowAverage(scratch.masks, arm, a, unit, tables[a]);
                }
            }
        });
    }

    private double rowAverage(PeriodMasks masks, byte[] arm, int a, int unit, double[] table) {
        masks.read(arm, a);
        return cells[a][unit] == 0 ? 0 : masks.sum(table) / cells[a][unit];
    }

    private static double[][] tables(double[][] x) {
        double[][] tables = new double[x.length][];
        for (int a = 0; a < x.length; a++) {
            tables[a] = PeriodMasks.table(x[a]);
        }
        return tables;
    }

    private static boolean anyAbove(double[] values, double[] bounds) {
        for (int a = 0; a < values.length; a++) {
            if (values[a] > bounds[a]) {
                return true;
            }
        }
        return false;
    }

    /** One row of arms without the hidden cells. Scratch memory of one thread. */
    private static final class Scratch implements PassScratch {

        private final int periods;
        private final byte[] arms;
        private final int[] period;
        private final PeriodMasks masks;

        Scratch(int periods) {
            this.periods = periods;
            this.arms = PeriodMasks.emptyRow(periods);
            this.period = new int[periods];
            this.masks = new PeriodMasks(periods);
        }

        byte[] visibleArms(RowBlock block, int row, CellHash hash, @Nullable Fold fold) {
            System.arraycopy(block.arms(), row * periods, arms, 0, periods);
            if (fold != null) {
                int unit = block.firstRow() + row;
                for (int j = 0; j < periods; j++) {
                    if (hash.fold(unit, j, fold.folds()) == fold.index()) {
                        arms[j] = RowBlock.MISSING;
                    }
                }
            }
            return arms;
        }
    }
}
