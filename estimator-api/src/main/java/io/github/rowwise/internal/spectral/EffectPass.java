package io.github.rowwise.internal.spectral;

import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.PeriodMasks;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.Sums;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The last pass: loadings of every unit in every arm, and each unit's average effects with their sampling variance.
 *
 * <p>With the factors V (r x m) of an arm held fixed, the average over a set T of periods of a unit's completed outcomes
 * is linear in the unit's n cells in the arm: it is the mean over those cells of {@code t_j = c_j (1 + q_j)}, plus means
 * that belong to the periods, where c_j is the centred outcome, {@code q_j = m V_j' u} and u the average of V over T
 * (without centring {@code t_j = c_j q_j}). Its variance is therefore estimated by {@code s^2(t) / n}, as Neyman (1923)
 * does for a difference of means, which is the case q = 0.
 *
 * <p>With b_j the entries of 1 and V in period j, the sum of t is linear and that of its squares quadratic in (1, m u),
 * with coefficients {@code sum_j c_j b_j} and {@code sum_j c_j^2 b_j b_j'}. So a row and its squares are each multiplied
 * once, whatever T.
 */
public final class EffectPass {

    /** ATE, ATT and ATU, in the order of the arrays below. */
    public static final int ESTIMANDS = 3;

    /** Residuals of this share of the means that were taken away are rounding, and no sign of noise. */
    private static final double ROUNDING = 1e-14;

    /**
     * The effects of one arm against control, by estimand and unit, in scaled outcomes; NaN where there is none.
     *
     * @param values estimates
     * @param variances sampling variances
     * @param degreesOfFreedom Satterthwaite's approximation
     */
    public record Effects(double[][] values, double[][] variances, double[][] degreesOfFreedom) {}

    /**
     * What the pass finds.
     *
     * @param completions every arm as completed
     * @param effects those of arms 1, 2, ... against arm 0
     * @param largestCentred for each arm its largest absolute centred outcome, in scaled outcomes
     */
    public record Result(List<Completion> completions, List<Effects> effects, double[] largestCentred) {}

    private final PanelView panel;
    private final boolean centred;
    private final List<Arm> arms = new ArrayList<>();
    private final List<Effects> effects = new ArrayList<>();

    private EffectPass(PanelView panel, boolean centred, List<ArmMatrix> matrices, List<DenseMatrix> factors) {
        this.panel = panel;
        this.centred = centred;
        for (int arm = 0; arm < matrices.size(); arm++) {
            arms.add(new Arm(Completion.empty(matrices.get(arm), factors.get(arm))));
        }
        for (int arm = 1; arm < arms.size(); arm++) {
            effects.add(new Effects(nanTable(), nanTable(), nanTable()));
        }
    }

    /** Completes every arm with its factors, and estimates the effects of arms 1, 2, ... against arm 0. */
    public static Result run(
            PanelView panel,
            LinearAlgebra algebra,
            boolean centred,
            List<ArmMatrix> matrices,
            List<DenseMatrix> factors) {
        EffectPass pass = new EffectPass(panel, centred, matrices, factors);
        double[] largest = panel.runner().reduceBlocks(() -> pass.new Scratch(algebra), Scratch::estimate, Sums::max);
        return new Result(pass.arms.stream().map(arm -> arm.completion).toList(), List.copyOf(pass.effects), largest);
    }

    private double[][] nanTable() {
        double[][] table = new double[ESTIMANDS][panel.units()];
        for (double[] row : table) {
            Arrays.fill(row, Double.NaN);
        }
        return table;
    }

    /** What all units have in common in an arm; a basis is 1 and then the factors. */
    private static final class Arm {

        private final Completion completion;
        private final DenseMatrix basis;

        /** Products of two of the basis, each pair once. */
        private final DenseMatrix pairs;

        private final double largestPeriodMean;

        /** Averages over all periods: of the period means, and then of the factors. */
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

    /** One thread's tiles, the products of their rows, and a unit's periods by arm. */
    private final class Scratch implements PassScratch {

        private final Tile tile;
        private final Tile squaredTile;
        private final double[] row = new double[panel.periods()];
        private final double[] squaredRow = new double[panel.periods()];
        private final DenseMatrix[] sums = new DenseMatrix[arms.size()];
        private final DenseMatrix[] squares = new DenseMatrix[arms.size()];
        private final byte[] armsOfRow = PeriodMasks.emptyRow(panel.periods());
        private final PeriodMasks[] masks = new PeriodMasks[arms.size()];
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

        /** Returns each arm's largest absolute centred outcome. */
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
                    contrast(unit, r, arm, 0, arms.get(arm).averages, arms.get(0).averages);
                    contrast(unit, r, arm, 1, averages(arm, arm, unit), averages(0, arm, unit));
                    contrast(unit, r, arm, 2, averages(arm, 0, unit), averages(0, 0, unit));
                }
            }
        }

        private int cells(int arm, int unit) {
            return arms.get(arm).completion.matrix().cells(unit);
        }

        /** The averages of one arm's period means and factors over the unit's periods in another arm, or the same. */
        private double[] averages(int arm, int target, int unit) {
            double[] averages = new double[arms.get(arm).tables.length];
            for (int k = 0; k < averages.length; k++) {
                averages[k] = masks[target].sum(arms.get(arm).tables[k]) / cells(target, unit);
            }
            return averages;
        }

        private void contrast(int unit, int r, int arm, int estimand, double[] treatedTarget, double[] controlTarget) {
            average(unit, r, arm, treatedTarget);
            double treatedValue = value;
            double treatedVariance = variance;
            average(unit, r, 0, controlTarget);
            Effects result = effects.get(arm - 1);
            result.values()[estimand][unit] = treatedValue - value;
            double total = treatedVariance + variance;
            result.variances()[estimand][unit] = total;
            result.degreesOfFreedom()[estimand][unit] = total
                    * total
                    / (treatedVariance * treatedVariance / (cells(arm, unit) - 1)
                            + variance * variance / (cells(0, unit) - 1));
        }

        /** Sets {@link #value} and {@link #variance} of a unit's completed outcomes in an arm averaged over a target. */
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
            // Rows are scaled by m / n. One cell tells nothing of its variance.
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
