package io.github.rowwise.internal.spectral;

import io.github.rowwise.internal.average.IndependentSums;
import io.github.rowwise.internal.average.SelectedCells;
import io.github.rowwise.internal.average.SelectionPass;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.PeriodMasks;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.Sums;
import io.github.rowwise.internal.stats.EffectEstimates;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last pass of the spectral method: loadings of each unit in each arm, and the unit's average effects with their
 * sampling variances.
 *
 * <p>Let V (r x m) be the factors of an arm, held fixed, and let the unit have n cells in the arm with centred outcomes
 * c_j. The average of its completed outcomes over a set T of periods is linear in the c_j. It is a mean over the n
 * cells plus averages of the period means:
 *
 * <pre>
 * t_j = c_j (1 + q_j)      q_j = m V_j' u      u = average of V over T      (without centring: t_j = c_j q_j)
 * </pre>
 *
 * <p>Its variance is estimated by {@code s^2(t) / n}. For q = 0 this is the estimate of Neyman (1923) for a difference
 * of means.
 *
 * <p>Let b_j = (1, V_j). The sum of t is linear in (1, m u) with coefficients {@code sum_j c_j b_j}. The sum of squares
 * of t is quadratic in (1, m u) with coefficients {@code sum_j c_j^2 b_j b_j'}. Therefore a row and its squares are
 * each multiplied once, for all sets T.
 */
public final class EffectPass {

    /** Residuals below this share of the subtracted means are rounding errors, not noise. */
    private static final double ROUNDING = 1e-14;

    /**
     * Result of the pass.
     *
     * @param completions the completed arms
     * @param effects the effects of arms 1, 2, ... against arm 0
     * @param largestCentred largest absolute centred outcome per arm, in scaled outcomes
     */
    public record Result(List<Completion> completions, List<EffectEstimates> effects, double[] largestCentred) {}

    private final PanelView panel;
    private final boolean centred;

    /** Whether there is noise to estimate variances from. Unit and period means describe two units almost exactly. */
    private final boolean hasVariances;

    private final List<Arm> arms = new ArrayList<>();
    private final List<EffectEstimates> effects = new ArrayList<>();

    /** The cells to average over; {@code null} for all. */
    private final @Nullable SelectedCells selected;

    /** By treatment and unit: the number of selected cells in the arm. */
    private final int[][] selectedCells;

    private EffectPass(
            PanelView panel,
            boolean centred,
            List<ArmMatrix> matrices,
            List<DenseMatrix> factors,
            @Nullable SelectedCells selected) {
        this.panel = panel;
        this.selected = selected;
        this.selectedCells = new int[matrices.size() - 1][selected == null ? 0 : panel.units()];
        this.centred = centred;
        this.hasVariances = hasVariances(panel, centred);
        for (int arm = 0; arm < matrices.size(); arm++) {
            arms.add(new Arm(Completion.empty(matrices.get(arm), factors.get(arm))));
        }
        for (int arm = 1; arm < arms.size(); arm++) {
            effects.add(new EffectEstimates(nanTable(), nanTable(), nanTable()));
        }
    }

    /** Completes each arm with its factors, and estimates the effects of arms 1, 2, ... against arm 0. */
    public static Result run(
            PanelView panel,
            LinearAlgebra algebra,
            boolean centred,
            List<ArmMatrix> matrices,
            List<DenseMatrix> factors) {
        EffectPass pass = new EffectPass(panel, centred, matrices, factors, null);
        double[] largest = panel.runner().reduceBlocks(() -> pass.new Scratch(algebra), Scratch::estimate, Sums::max);
        return new Result(pass.arms.stream().map(arm -> arm.completion).toList(), List.copyOf(pass.effects), largest);
    }

    /** Returns a pass that averages the effects of a fit over selected cells. */
    public static SelectionPass selections(
            PanelView panel,
            LinearAlgebra algebra,
            boolean centred,
            List<ArmMatrix> matrices,
            List<DenseMatrix> factors) {
        return (runner, cells) -> {
            EffectPass pass = new EffectPass(panel.withRunner(runner), centred, matrices, factors, cells);
            runner.forEachBlock(() -> pass.new Scratch(algebra), Scratch::estimate);
            return new IndependentSums(List.copyOf(pass.effects), pass.selectedCells, cells);
        };
    }

    /** Returns whether the effects have variances. */
    public static boolean hasVariances(PanelView panel, boolean centred) {
        return !centred || panel.allUnits() > 2;
    }

    private double[][] nanTable() {
        double[][] table = new double[EffectEstimates.ESTIMANDS][panel.units()];
        for (double[] row : table) {
            Arrays.fill(row, Double.NaN);
        }
        return table;
    }

    /** Data of an arm that all units share. */
    private static final class Arm {

        private final Completion completion;
        private final DenseMatrix basis;

        /** Products of two rows of the basis, one row per unordered pair. */
        private final DenseMatrix pairs;

        private final double largestPeriodMean;

        /** Averages over all periods: of the period means, then of each factor. */
        private final double[] averages;

        private final double[][] tables;

        Arm(Completion completion) {
            this.completion = completion;
            DenseMatrix factors = completion.factors();
            int m = factors.columns();
            int size = 1 + factors.rows();
            this.basis = DenseMatrix.zeros(size, m);
            this.pairs = DenseMatrix.zeros(size * (size + 1) / 2, m);
            this.averages = new double[size];
            this.tables = new double[size][];
            double[] means = completion.matrix().periodMeans();
            double largest = 0;
            for (double mean : means) {
                largest = Math.max(largest, Math.abs(mean));
            }
            this.largestPeriodMean = largest;
            for (int k = 0; k < size; k++) {
                double[] averaged =
                        k == 0 ? means : factors.rowRange(k - 1, 1).copy().values();
                tables[k] = PeriodMasks.table(averaged);
                for (int j = 0; j < m; j++) {
                    averages[k] += averaged[j] / m;
                    basis.set(k, j, k == 0 ? 1 : averaged[j]);
                    for (int l = 0; l <= k; l++) {
                        pairs.set(k * (k + 1) / 2 + l, j, basis.get(k, j) * basis.get(l, j));
                    }
                }
            }
        }
    }

    /** Tiles, the products of their rows, and a unit's periods by arm. Scratch memory of one thread. */
    private final class Scratch implements PassScratch {

        private final Tile tile;
        private final Tile squaredTile;
        private final double[] row = new double[panel.periods()];
        private final double[] squaredRow = new double[panel.periods()];
        private final DenseMatrix[] sums = new DenseMatrix[arms.size()];
        private final DenseMatrix[] squares = new DenseMatrix[arms.size()];
        private final byte[] armsOfRow = PeriodMasks.emptyRow(panel.periods());
        private final PeriodMasks[] masks = new PeriodMasks[arms.size()];
        private final byte[] chosenRow = PeriodMasks.emptyRow(panel.periods());
        private final PeriodMasks chosen = new PeriodMasks(panel.periods());
        private double value;
        private double variance;

        Scratch(LinearAlgebra algebra) {
            this.tile = algebra.newTile(panel.periods());
            this.squaredTile = algebra.newTile(panel.periods());
            for (int arm = 0; arm < arms.size(); arm++) {
                sums[arm] = DenseMatrix.zeros(tile.rows(), arms.get(arm).basis.rows());
                squares[arm] =
                        DenseMatrix.zeros(tile.rows(), arms.get(arm).pairs.rows());
                masks[arm] = new PeriodMasks(panel.periods());
            }
        }

        @Override
        public void close() {
            tile.close();
            squaredTile.close();
        }

        /** Processes a block. Returns the largest absolute centred outcome per arm. */
        double[] estimate(RowBlock block) {
            double[] largest = new double[arms.size()];
            for (int first = 0; first < block.rows(); first += tile.rows()) {
                int rows = Math.min(tile.rows(), block.rows() - first);
                for (int arm = 0; arm < largest.length; arm++) {
                    largest[arm] = Math.max(largest[arm], multiply(block, first, rows, arm));
                }
                for (int r = 0; r < rows; r++) {
                    estimateUnit(block, first, r);
                }
            }
            return largest;
        }

        private double multiply(RowBlock block, int first, int rows, int a) {
            Arm arm = arms.get(a);
            ArmMatrix matrix = arm.completion.matrix();
            double largest = 0;
            for (int r = 0; r < rows; r++) {
                matrix.fillRow(block, first + r, row);
                tile.setRow(r, row, 0);
                square(row, squaredRow);
                squaredTile.setRow(r, squaredRow, 0);
                double share = matrix.cells(block.firstRow() + first + r) / (double) panel.periods();
                largest = Math.max(largest, Math.sqrt(largest(squaredRow)) * share);
            }
            tile.product(rows, arm.basis, sums[a].rowRange(0, rows));
            squaredTile.product(rows, arm.pairs, squares[a].rowRange(0, rows));
            DenseMatrix loadings = arm.completion.loadings();
            for (int r = 0; r < rows; r++) {
                for (int k = 0; k < loadings.columns(); k++) {
                    loadings.set(block.firstRow() + first + r, k, sums[a].get(r, k + 1));
                }
            }
            return largest;
        }

        private void estimateUnit(RowBlock block, int first, int r) {
            int unit = block.firstRow() + first + r;
            System.arraycopy(block.arms(), (first + r) * row.length, armsOfRow, 0, row.length);
            for (int arm = 0; arm < masks.length; arm++) {
                masks[arm].read(armsOfRow, arm);
            }
            for (int arm = 1; arm < masks.length; arm++) {
                if (cells(0, unit) > 0 && cells(arm, unit) > 0) {
                    if (selected != null) {
                        contrastSelected(selected, unit, r, arm);
                        continue;
                    }
                    contrast(unit, r, arm, 0, arms.get(arm).averages, arms.get(0).averages);
                    contrast(unit, r, arm, 1, averages(arm, arm, unit), averages(0, arm, unit));
                    contrast(unit, r, arm, 2, averages(arm, 0, unit), averages(0, 0, unit));
                }
            }
        }

        /** Estimates the averages over a unit's selected cells. The masks of {@link #chosen} are theirs. */
        private void contrastSelected(SelectedCells cells, int unit, int r, int arm) {
            for (int estimand = 0; estimand < EffectEstimates.ESTIMANDS && cells.groupOf()[unit] >= 0; estimand++) {
                int within = estimand == 1 ? arm : 0;
                int count = 0;
                for (int j = 0; j < row.length; j++) {
                    boolean isIn = (estimand == 0 || armsOfRow[j] == within) && cells.includes(unit, j);
                    chosenRow[j] = isIn ? 0 : RowBlock.MISSING;
                    count += isIn ? 1 : 0;
                }
                if (count == 0) {
                    continue;
                }
                chosen.read(chosenRow, 0);
                if (estimand == 1) {
                    selectedCells[arm - 1][unit] = count;
                }
                contrast(unit, r, arm, estimand, averages(arm, chosen, count), averages(0, chosen, count));
            }
        }

        private int cells(int arm, int unit) {
            return arms.get(arm).completion.matrix().cells(unit);
        }

        /**
         * Returns the averages of an arm's period means and factors over the unit's periods in the arm {@code target}.
         */
        private double[] averages(int arm, int target, int unit) {
            return averages(arm, masks[target], cells(target, unit));
        }

        private double[] averages(int arm, PeriodMasks periods, int count) {
            double[] averages = new double[arms.get(arm).tables.length];
            for (int k = 0; k < averages.length; k++) {
                averages[k] = periods.sum(arms.get(arm).tables[k]) / count;
            }
            return averages;
        }

        private void contrast(int unit, int r, int arm, int estimand, double[] treatedTarget, double[] controlTarget) {
            average(unit, r, arm, treatedTarget);
            double treatedValue = value;
            double treatedVariance = variance;
            average(unit, r, 0, controlTarget);
            EffectEstimates result = effects.get(arm - 1);
            result.values()[estimand][unit] = treatedValue - value;
            double total = hasVariances ? treatedVariance + variance : Double.NaN;
            result.variances()[estimand][unit] = total;
            result.degreesOfFreedom()[estimand][unit] = total
                    * total
                    / (treatedVariance * treatedVariance / (cells(arm, unit) - 1)
                            + variance * variance / (cells(0, unit) - 1));
        }

        /**
         * Sets {@link #value} and {@link #variance} to those of the average of a unit's completed outcomes in an arm.
         *
         * @param target averages of the period means and factors over the periods of the average
         */
        private void average(int unit, int r, int a, double[] target) {
            Completion completion = arms.get(a).completion;
            int cells = completion.matrix().cells(unit);
            double unitMean = completion.matrix().unitMeans()[unit];
            double mean = unitMean + target[0];
            double sum = 0;
            double sumOfSquares = 0;
            int pair = 0;
            for (int k = 0; k < target.length; k++) {
                double weight = weight(target, k);
                mean += k == 0 ? 0 : target[k] * completion.loadings().get(unit, k - 1);
                sum = Math.fma(weight, sums[a].get(r, k), sum);
                double products = 0;
                for (int l = 0; l < k; l++) {
                    products = Math.fma(2 * weight(target, l), squares[a].get(r, pair++), products);
                }
                products = Math.fma(weight, squares[a].get(r, pair++), products);
                sumOfSquares = Math.fma(weight, products, sumOfSquares);
            }
            value = mean;
            // X is scaled by m / n. With one cell, the variance is 0 / 0 = NaN.
            double share = (double) cells / panel.periods();
            double deviations = cells == 1 ? 0 : Math.max(0, sumOfSquares - sum * sum / cells);
            variance = deviations * share * share / (cells - 1) / cells;
            double rounding = ROUNDING * (Math.abs(unitMean) + arms.get(a).largestPeriodMean);
            if (variance * cells <= rounding * rounding) {
                variance = 0;
            }
        }

        private double weight(double[] target, int k) {
            return k > 0 ? target[k] * panel.periods() : centred ? 1 : 0;
        }
    }

    private static void square(double[] values, double[] target) {
        for (int j = 0; j < target.length; j++) {
            target[j] = values[j] * values[j];
        }
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }
}
