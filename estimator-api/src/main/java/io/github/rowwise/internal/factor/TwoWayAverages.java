package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.PassScratch;
import io.github.rowwise.internal.RowBlock;
import java.util.Arrays;

/**
 * Levels and effects of units and effects of periods by alternating averages; unit effects are drawn a little towards
 * the mean of their arm.
 */
final class TwoWayAverages {

    private static final int ROUNDS = 30;

    /** Cells that the pull towards the mean effect weighs as much as. */
    private static final double PULL = 3;

    private final double[] levels;
    private final double[][] effects;
    private final double[] periods;

    private TwoWayAverages(int treatments, int units, int m) {
        this.levels = new double[units];
        this.effects = new double[treatments][units];
        this.periods = new double[m];
    }

    double[] levels() {
        return levels;
    }

    /** By arm, from the first treatment on, and by unit. */
    double[][] effects() {
        return effects;
    }

    double[] periods() {
        return periods;
    }

    static TwoWayAverages fit(PanelSums panel) {
        TwoWayAverages fit = new TwoWayAverages(panel.treatments(), panel.units(), panel.periods());
        double[][] sums = new double[panel.treatments() + 1][panel.units()];
        for (int round = 0; round < ROUNDS; round++) {
            fit.rowSums(panel, sums);
            fit.setUnits(panel, sums);
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
            target[j] = arm == RowBlock.MISSING ? 0 : outcome - levels[unit] - periods[j] - effect(unit, arm);
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

    private double effect(int unit, byte arm) {
        return arm > 0 ? effects[arm - 1][unit] : 0;
    }

    /** Sums over each unit's cells in each arm of outcomes less period effects. */
    private void rowSums(PanelSums panel, double[][] sums) {
        double scale = panel.view().scale();
        panel.view()
                .runner()
                .sum(
                        () -> new Scratch(new double[sums.length]),
                        (scratch, block) -> {
                            int m = periods.length;
                            double[] byArm = scratch.row();
                            for (int row = 0; row < block.rows(); row++) {
                                Arrays.fill(byArm, 0);
                                for (int j = 0; j < m; j++) {
                                    byte arm = block.arms()[row * m + j];
                                    if (arm != RowBlock.MISSING) {
                                        byArm[arm] += Math.fma(block.outcomes()[row * m + j], scale, -panel.shift())
                                                - periods[j];
                                    }
                                }
                                for (int arm = 0; arm < byArm.length; arm++) {
                                    sums[arm][block.firstRow() + row] = byArm[arm];
                                }
                            }
                            return scratch;
                        },
                        (first, second) -> first);
    }

    private void setUnits(PanelSums panel, double[][] sums) {
        for (int unit = 0; unit < levels.length; unit++) {
            levels[unit] = sums[0][unit];
        }
        for (int arm = 1; arm < sums.length; arm++) {
            setEffects(panel, arm, sums);
            for (int unit = 0; unit < levels.length; unit++) {
                levels[unit] += sums[arm][unit] - effects[arm - 1][unit] * panel.cells(unit, arm);
            }
        }
        for (int unit = 0; unit < levels.length; unit++) {
            levels[unit] /= Math.max(1, panel.cells()[unit]);
        }
    }

    private void setEffects(PanelSums panel, int arm, double[][] sums) {
        double[] effect = effects[arm - 1];
        double weighted = 0;
        double weights = 0;
        for (int unit = 0; unit < effect.length; unit++) {
            double treated = panel.cells(unit, arm);
            double control = panel.cells(unit, 0);
            boolean both = treated > 0 && control > 0;
            effect[unit] = both ? sums[arm][unit] / treated - sums[0][unit] / control : 0;
            double weight = both ? treated * control / (treated + control) : 0;
            weighted += weight * effect[unit];
            weights += weight;
        }
        double mean = weighted / Math.max(weights, 1e-9);
        for (int unit = 0; unit < effect.length; unit++) {
            double treated = panel.cells(unit, arm);
            double control = panel.cells(unit, 0);
            if (treated > 0 && control > 0) {
                double weight = treated * control / (treated + control);
                effect[unit] = (weight * effect[unit] + PULL * mean) / (weight + PULL);
            }
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
                                                - effect(unit, arm);
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
