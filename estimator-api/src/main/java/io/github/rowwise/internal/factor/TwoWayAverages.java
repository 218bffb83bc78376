package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.PassScratch;
import io.github.rowwise.internal.RowBlock;

/**
 * Levels and effects of units and effects of periods by alternating averages; unit effects are drawn a little towards
 * their mean.
 */
final class TwoWayAverages {

    private static final int ROUNDS = 30;

    /** Cells that the pull towards the mean effect weighs as much as. */
    private static final double PULL = 3;

    private final double[] levels;
    private final double[] effects;
    private final double[] periods;

    private TwoWayAverages(int units, int m) {
        this.levels = new double[units];
        this.effects = new double[units];
        this.periods = new double[m];
    }

    double[] levels() {
        return levels;
    }

    double[] effects() {
        return effects;
    }

    double[] periods() {
        return periods;
    }

    static TwoWayAverages fit(PanelSums panel) {
        TwoWayAverages fit = new TwoWayAverages(panel.units(), panel.periods());
        int n = panel.units();
        double[] treatedSum = new double[n];
        double[] sum = new double[n];
        for (int round = 0; round < ROUNDS; round++) {
            fit.rowSums(panel, treatedSum, sum);
            fit.setUnits(panel, treatedSum, sum);
            fit.setPeriods(panel);
        }
        return fit;
    }

    /** The row's observed outcomes less levels and effects, 0 where missing. */
    void residuals(PanelSums panel, RowBlock block, int row, double[] target) {
        int unit = block.firstRow() + row;
        int start = row * target.length;
        double scale = panel.view().scale();
        for (int j = 0; j < target.length; j++) {
            byte arm = block.arms()[start + j];
            double outcome = Math.fma(block.outcomes()[start + j], scale, -panel.shift());
            target[j] =
                    arm == RowBlock.MISSING ? 0 : outcome - levels[unit] - periods[j] - (arm > 0 ? effects[unit] : 0);
        }
    }

    double residualSquares(PanelSums panel) {
        return panel.view()
                .runner()
                .sum(
                        () -> new Scratch(new double[panel.periods()]),
                        (scratch, block) -> {
                            double sum = 0;
                            for (int row = 0; row < block.rows(); row++) {
                                residuals(panel, block, row, scratch.row());
                                for (double residual : scratch.row()) {
                                    sum += residual * residual;
                                }
                            }
                            return sum;
                        },
                        Double::sum);
    }

    /** Sums over each unit's treated and over all its cells of outcomes less period effects. */
    private void rowSums(PanelSums panel, double[] treatedSum, double[] sum) {
        double scale = panel.view().scale();
        panel.view()
                .runner()
                .sum(
                        () -> new Scratch(new double[0]),
                        (scratch, block) -> {
                            int m = periods.length;
                            for (int row = 0; row < block.rows(); row++) {
                                double treated = 0;
                                double all = 0;
                                for (int j = 0; j < m; j++) {
                                    byte arm = block.arms()[row * m + j];
                                    if (arm != RowBlock.MISSING) {
                                        double value = Math.fma(block.outcomes()[row * m + j], scale, -panel.shift())
                                                - periods[j];
                                        all += value;
                                        treated += arm > 0 ? value : 0;
                                    }
                                }
                                treatedSum[block.firstRow() + row] = treated;
                                sum[block.firstRow() + row] = all;
                            }
                            return scratch;
                        },
                        (first, second) -> first);
    }

    private void setUnits(PanelSums panel, double[] treatedSum, double[] sum) {
        double weighted = 0;
        double weights = 0;
        for (int unit = 0; unit < sum.length; unit++) {
            double treated = panel.treated()[unit];
            double control = panel.cells()[unit] - treated;
            boolean both = treated > 0 && control > 0;
            effects[unit] = both ? treatedSum[unit] / treated - (sum[unit] - treatedSum[unit]) / control : 0;
            double weight = both ? treated * control / (treated + control) : 0;
            weighted += weight * effects[unit];
            weights += weight;
        }
        double mean = weighted / Math.max(weights, 1e-9);
        for (int unit = 0; unit < sum.length; unit++) {
            double treated = panel.treated()[unit];
            double control = panel.cells()[unit] - treated;
            if (treated > 0 && control > 0) {
                double weight = treated * control / (treated + control);
                effects[unit] = (weight * effects[unit] + PULL * mean) / (weight + PULL);
            }
            levels[unit] = (sum[unit] - effects[unit] * treated) / Math.max(1, panel.cells()[unit]);
        }
    }

    private void setPeriods(PanelSums panel) {
        double scale = panel.view().scale();
        int m = periods.length;
        double[][] sums = panel.view()
                .runner()
                .sum(
                        () -> new Scratch(new double[0]),
                        (scratch, block) -> {
                            double[][] total = new double[2][m];
                            for (int row = 0; row < block.rows(); row++) {
                                int unit = block.firstRow() + row;
                                for (int j = 0; j < m; j++) {
                                    byte arm = block.arms()[row * m + j];
                                    if (arm != RowBlock.MISSING) {
                                        total[0][j] += Math.fma(block.outcomes()[row * m + j], scale, -panel.shift())
                                                - levels[unit]
                                                - (arm > 0 ? effects[unit] : 0);
                                        total[1][j]++;
                                    }
                                }
                            }
                            return total;
                        },
                        TwoWayAverages::add);
        double mean = 0;
        for (int j = 0; j < m; j++) {
            periods[j] = sums[0][j] / Math.max(1, sums[1][j]);
            mean += periods[j] / m;
        }
        for (int j = 0; j < m; j++) {
            periods[j] -= mean;
        }
    }

    private static double[][] add(double[][] sum, double[][] more) {
        for (int k = 0; k < sum.length; k++) {
            for (int j = 0; j < sum[k].length; j++) {
                sum[k][j] += more[k][j];
            }
        }
        return sum;
    }

    private record Scratch(double[] row) implements PassScratch {}
}
