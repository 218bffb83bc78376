package io.github.rowwise.internal;

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
 */
public final class EffectPass {

    /** ATE, ATT and ATU, in the order of the arrays below. */
    public static final int ESTIMANDS = 3;

    /** Residuals of this share of the means that were taken away are rounding, and no sign of noise. */
    private static final double ROUNDING = 1e-14;

    /**
     * One arm as completed: {@code unitMeans 1' + 1 periodMeans' + loadings factors}.
     *
     * @param factors r x m
     * @param loadings n x r
     */
    public record Completion(ArmMatrix matrix, DenseMatrix factors, DenseMatrix loadings) {}

    /**
     * The effects of one arm against control, by estimand and unit, in scaled outcomes; NaN where there is none.
     *
     * @param values estimates
     * @param variances sampling variances
     * @param degreesOfFreedom Satterthwaite's approximation
     */
    public record Effects(double[][] values, double[][] variances, double[][] degreesOfFreedom) {}

    private final PanelView panel;
    private final boolean centred;
    private final List<Completion> completions;
    private final List<Effects> effects = new ArrayList<>();
    private final double[] largestPeriodMean;

    /** For each arm, the tables of its period means and then of its factors. */
    private final double[][][] tables;

    private EffectPass(PanelView panel, boolean centred, List<Completion> completions) {
        this.panel = panel;
        this.centred = centred;
        this.completions = completions;
        this.largestPeriodMean = new double[completions.size()];
        this.tables = new double[completions.size()][][];
        for (int arm = 0; arm < completions.size(); arm++) {
            for (double mean : completions.get(arm).matrix().periodMeans()) {
                largestPeriodMean[arm] = Math.max(largestPeriodMean[arm], Math.abs(mean));
            }
        }
        for (int arm = 0; arm < completions.size(); arm++) {
            tables[arm] = tables(completions.get(arm));
        }
        for (int arm = 1; arm < completions.size(); arm++) {
            effects.add(new Effects(nanTable(), nanTable(), nanTable()));
        }
    }

    /** Completes the arms with the first {@code ranks} vectors of each spectrum. */
    public static List<Completion> complete(
            PanelView panel, LinearAlgebra algebra, List<ArmMatrix> matrices, List<DenseMatrix> factors) {
        List<Completion> completions = new ArrayList<>();
        for (int arm = 0; arm < matrices.size(); arm++) {
            DenseMatrix loadings =
                    DenseMatrix.zeros(panel.units(), factors.get(arm).rows());
            completions.add(new Completion(matrices.get(arm), factors.get(arm), loadings));
        }
        panel.runner()
                .sum(
                        () -> new TileScratch(algebra.newTile(panel.periods())),
                        (scratch, block) -> {
                            completions.forEach(completion -> project(scratch, block, completion));
                            return scratch;
                        },
                        (first, second) -> first);
        return List.copyOf(completions);
    }

    /** The effects of arms 1, 2, ... against arm 0. */
    public static List<Effects> estimate(PanelView panel, boolean centred, List<Completion> completions) {
        EffectPass pass = new EffectPass(panel, centred, completions);
        panel.runner()
                .sum(
                        () -> pass.new Scratch(),
                        (scratch, block) -> {
                            for (int row = 0; row < block.rows(); row++) {
                                scratch.estimateUnit(block, row);
                            }
                            return scratch;
                        },
                        (first, second) -> first);
        return List.copyOf(pass.effects);
    }

    private static void project(TileScratch scratch, RowBlock block, Completion completion) {
        Tile tile = scratch.tile();
        for (int first = 0; first < block.rows(); first += tile.rows()) {
            int rows = Math.min(tile.rows(), block.rows() - first);
            for (int r = 0; r < rows; r++) {
                completion.matrix().fillRow(block, first + r, scratch.row());
                tile.setRow(r, scratch.row(), 0);
            }
            tile.product(rows, completion.factors(), completion.loadings().rowRange(block.firstRow() + first, rows));
        }
    }

    private double[][] nanTable() {
        double[][] table = new double[ESTIMANDS][panel.units()];
        for (double[] row : table) {
            Arrays.fill(row, Double.NaN);
        }
        return table;
    }

    private static double[][] tables(Completion completion) {
        DenseMatrix factors = completion.factors();
        double[][] tables = new double[1 + factors.rows()][];
        tables[0] = PeriodMasks.table(completion.matrix().periodMeans());
        for (int k = 0; k < factors.rows(); k++) {
            int start = factors.rowStart(k);
            tables[1 + k] = PeriodMasks.table(Arrays.copyOfRange(factors.values(), start, start + factors.columns()));
        }
        return tables;
    }

    /** The average of an arm's period means over all periods, and then those of its factors. */
    private double[] averagesOverAll(Completion completion) {
        double[] averages = new double[1 + completion.factors().rows()];
        for (double mean : completion.matrix().periodMeans()) {
            averages[0] += mean / panel.periods();
        }
        for (int k = 1; k < averages.length; k++) {
            for (int j = 0; j < panel.periods(); j++) {
                averages[k] += completion.factors().get(k - 1, j) / panel.periods();
            }
        }
        return averages;
    }

    /** One thread's arrays of the length of a row, and a unit's cells listed by arm. */
    private final class Scratch implements PassScratch {

        private final int[] counts = new int[panel.arms()];
        private final int[][] periods = new int[panel.arms()][panel.periods()];
        private final double[][] centredOutcomes = new double[panel.arms()][panel.periods()];

        /** For each arm, its factors in the listed periods of the arm. */
        private final double[][][] own = new double[panel.arms()][][];

        private final double[][] everyPeriod = new double[panel.arms()][];
        private final byte[] armsOfRow = PeriodMasks.emptyRow(panel.periods());
        private final PeriodMasks[] masks = new PeriodMasks[panel.arms()];
        private final double[] weights = new double[panel.periods()];
        private double value;
        private double variance;

        Scratch() {
            for (int arm = 0; arm < own.length; arm++) {
                Completion completion = completions.get(arm);
                own[arm] = new double[completion.factors().rows()][panel.periods()];
                everyPeriod[arm] = averagesOverAll(completion);
                masks[arm] = new PeriodMasks(panel.periods());
            }
        }

        void estimateUnit(RowBlock block, int row) {
            int unit = block.firstRow() + row;
            int m = panel.periods();
            System.arraycopy(block.arms(), row * m, armsOfRow, 0, m);
            for (int arm = 0; arm < counts.length; arm++) {
                counts[arm] = completions.get(arm).matrix().listCells(block, row, periods[arm], centredOutcomes[arm]);
                masks[arm].read(armsOfRow, arm);
                DenseMatrix factors = completions.get(arm).factors();
                for (int k = 0; k < factors.rows(); k++) {
                    gather(factors.values(), factors.rowStart(k), periods[arm], own[arm][k], counts[arm]);
                }
            }
            for (int arm = 1; arm < counts.length; arm++) {
                if (counts[0] > 0 && counts[arm] > 0) {
                    contrast(unit, arm, 0, everyPeriod[arm], everyPeriod[0]);
                    contrast(unit, arm, 1, averages(arm, arm), averages(0, arm));
                    contrast(unit, arm, 2, averages(arm, 0), averages(0, 0));
                }
            }
        }

        /** The averages of one arm's period means and factors over the unit's periods in another arm, or the same. */
        private double[] averages(int arm, int target) {
            double[] averages = new double[tables[arm].length];
            for (int k = 0; k < averages.length; k++) {
                averages[k] = masks[target].sum(tables[arm][k]) / counts[target];
            }
            return averages;
        }

        private void contrast(int unit, int arm, int estimand, double[] treatedTarget, double[] controlTarget) {
            average(unit, arm, treatedTarget);
            double treatedValue = value;
            double treatedVariance = variance;
            average(unit, 0, controlTarget);
            Effects result = effects.get(arm - 1);
            result.values()[estimand][unit] = treatedValue - value;
            double total = treatedVariance + variance;
            result.variances()[estimand][unit] = total;
            result.degreesOfFreedom()[estimand][unit] = total
                    * total
                    / (treatedVariance * treatedVariance / (counts[arm] - 1) + variance * variance / (counts[0] - 1));
        }

        /** Sets {@link #value} and {@link #variance} of a unit's completed outcomes in an arm averaged over a target. */
        private void average(int unit, int arm, double[] target) {
            Completion completion = completions.get(arm);
            int cells = counts[arm];
            double mean = completion.matrix().unitMeans()[unit] + target[0];
            Arrays.fill(weights, 0, cells, centred ? 1 : 0);
            for (int k = 1; k < target.length; k++) {
                mean += target[k] * completion.loadings().get(unit, k - 1);
                addMultiple(target[k] * panel.periods(), own[arm][k - 1], weights, cells);
            }
            value = mean;
            variance = Math.max(0, squaresAroundMean(centredOutcomes[arm], weights, cells)) / (cells - 1) / cells;
            double rounding = ROUNDING * (Math.abs(completion.matrix().unitMeans()[unit]) + largestPeriodMean[arm]);
            if (variance * cells <= rounding * rounding) {
                variance = 0;
            }
        }
    }

    private static void gather(double[] from, int start, int[] period, double[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = from[start + period[i]];
        }
    }

    private static void addMultiple(double factor, double[] values, double[] sum, int count) {
        for (int i = 0; i < count; i++) {
            sum[i] = Math.fma(factor, values[i], sum[i]);
        }
    }

    /** The sum of squares of value times weight around their mean; four sums each, because one waits for itself. */
    private static double squaresAroundMean(double[] values, double[] weights, int count) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        double squares0 = 0;
        double squares1 = 0;
        double squares2 = 0;
        double squares3 = 0;
        int i = 0;
        for (; i + 4 <= count; i += 4) {
            double term0 = values[i] * weights[i];
            double term1 = values[i + 1] * weights[i + 1];
            double term2 = values[i + 2] * weights[i + 2];
            double term3 = values[i + 3] * weights[i + 3];
            sum0 += term0;
            sum1 += term1;
            sum2 += term2;
            sum3 += term3;
            squares0 = Math.fma(term0, term0, squares0);
            squares1 = Math.fma(term1, term1, squares1);
            squares2 = Math.fma(term2, term2, squares2);
            squares3 = Math.fma(term3, term3, squares3);
        }
        for (; i < count; i++) {
            double term = values[i] * weights[i];
            sum0 += term;
            squares0 = Math.fma(term, term, squares0);
        }
        double sum = (sum0 + sum1) + (sum2 + sum3);
        return (squares0 + squares1) + (squares2 + squares3) - sum * sum / count;
    }
}
