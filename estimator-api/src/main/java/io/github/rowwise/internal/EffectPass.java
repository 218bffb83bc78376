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
    private final double[] everyPeriod;
    private final double[] largestPeriodMean;

    private EffectPass(PanelView panel, boolean centred, List<Completion> completions) {
        this.panel = panel;
        this.centred = centred;
        this.completions = completions;
        this.everyPeriod = new double[panel.periods()];
        Arrays.fill(everyPeriod, 1);
        this.largestPeriodMean = new double[completions.size()];
        for (int arm = 0; arm < completions.size(); arm++) {
            for (double mean : completions.get(arm).matrix().periodMeans()) {
                largestPeriodMean[arm] = Math.max(largestPeriodMean[arm], Math.abs(mean));
            }
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

    /** One thread's arrays of the length of a row. */
    private final class Scratch implements PassScratch {

        private final double[][] membership = new double[panel.arms()][panel.periods()];
        private final double[][] residuals = new double[panel.arms()][panel.periods()];
        private final double[] weights = new double[panel.periods()];
        private double value;
        private double variance;

        void estimateUnit(RowBlock block, int row) {
            int unit = block.firstRow() + row;
            fillMembership(block, row);
            for (int arm = 0; arm < panel.arms(); arm++) {
                completions.get(arm).matrix().fillCentred(block, row, residuals[arm], 1);
            }
            int controls = completions.get(0).matrix().cells(unit);
            for (int arm = 1; arm < panel.arms(); arm++) {
                int treated = completions.get(arm).matrix().cells(unit);
                if (controls > 0 && treated > 0) {
                    contrast(unit, arm, 0, everyPeriod, panel.periods());
                    contrast(unit, arm, 1, membership[arm], treated);
                    contrast(unit, arm, 2, membership[0], controls);
                }
            }
        }

        private void contrast(int unit, int arm, int estimand, double[] target, int targetPeriods) {
            average(unit, arm, target, targetPeriods);
            double treatedValue = value;
            double treatedVariance = variance;
            average(unit, 0, target, targetPeriods);
            Effects result = effects.get(arm - 1);
            result.values()[estimand][unit] = treatedValue - value;
            double total = treatedVariance + variance;
            result.variances()[estimand][unit] = total;
            int treated = completions.get(arm).matrix().cells(unit);
            int controls = completions.get(0).matrix().cells(unit);
            result.degreesOfFreedom()[estimand][unit] = total
                    * total
                    / (treatedVariance * treatedVariance / (treated - 1) + variance * variance / (controls - 1));
        }

        /** Sets {@link #value} and {@link #variance} of a unit's completed outcomes in an arm averaged over a target. */
        private void average(int unit, int arm, double[] target, int targetPeriods) {
            Completion completion = completions.get(arm);
            double[] periodMeans = completion.matrix().periodMeans();
            double mean = completion.matrix().unitMeans()[unit] + dot(target, periodMeans, 0) / targetPeriods;
            Arrays.fill(weights, centred ? 1 : 0);
            DenseMatrix factors = completion.factors();
            for (int k = 0; k < factors.rows(); k++) {
                double share = dot(target, factors.values(), factors.rowStart(k)) / targetPeriods;
                mean += share * completion.loadings().get(unit, k);
                double weight = share * panel.periods();
                int start = factors.rowStart(k);
                for (int j = 0; j < weights.length; j++) {
                    weights[j] = Math.fma(weight, factors.values()[start + j], weights[j]);
                }
            }
            double sum = 0;
            double squares = 0;
            for (int j = 0; j < weights.length; j++) {
                double term = residuals[arm][j] * weights[j];
                sum += term;
                squares = Math.fma(term, term, squares);
            }
            int cells = completion.matrix().cells(unit);
            value = mean;
            variance = Math.max(0, squares - sum * sum / cells) / (cells - 1) / cells;
            double rounding = ROUNDING * (Math.abs(completion.matrix().unitMeans()[unit]) + largestPeriodMean[arm]);
            if (variance * cells <= rounding * rounding) {
                variance = 0;
            }
        }

        private void fillMembership(RowBlock block, int row) {
            for (double[] members : membership) {
                Arrays.fill(members, 0);
            }
            for (int j = 0; j < weights.length; j++) {
                byte arm = block.arms()[row * weights.length + j];
                if (arm != RowBlock.MISSING) {
                    membership[arm][j] = 1;
                }
            }
        }

        /** Four sums side by side, because one alone waits for itself at every step. */
        private double dot(double[] target, double[] values, int start) {
            double sum0 = 0;
            double sum1 = 0;
            double sum2 = 0;
            double sum3 = 0;
            int j = 0;
            for (; j + 4 <= target.length; j += 4) {
                sum0 = Math.fma(target[j], values[start + j], sum0);
                sum1 = Math.fma(target[j + 1], values[start + j + 1], sum1);
                sum2 = Math.fma(target[j + 2], values[start + j + 2], sum2);
                sum3 = Math.fma(target[j + 3], values[start + j + 3], sum3);
            }
            for (; j < target.length; j++) {
                sum0 = Math.fma(target[j], values[start + j], sum0);
            }
            return (sum0 + sum1) + (sum2 + sum3);
        }
    }
}
