package io.github.rowwise.internal.factor.pass;

import io.github.rowwise.internal.factor.kernel.CellBits;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.kernel.SubsetTable;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.Sums;
import java.util.Arrays;

/**
 * Levels and effects of units and effects of periods, by alternating averages. The effects of units are shrunk slightly
 * towards the mean of their arm.
 */
public final class TwoWayAverages {

    private static final int ROUNDS = 30;

    /** The iteration ends when no period effect changes by more than this share of the outcomes' standard deviation. */
    private static final double TOLERANCE = 1e-13;

    /** Number of cells that the mean effect counts for when a unit's effect is shrunk towards it. */
    private static final double SHRINKAGE_CELLS = 3;

    private final double[] levels;
    private final double[][] effects;
    private final double[] periods;

    private TwoWayAverages(int treatments, int units, int m) {
        this.levels = new double[units];
        this.effects = new double[treatments][units];
        this.periods = new double[m];
    }

    public double[] levels() {
        return levels;
    }

    /** Returns the effects by arm, from the first treatment on, and by unit. */
    public double[][] effects() {
        return effects;
    }

    public double[] periods() {
        return periods;
    }

    public static TwoWayAverages fit(PanelCounts panel) {
        TwoWayAverages fit = new TwoWayAverages(panel.treatments(), panel.units(), panel.periods());
        double[][] outcomes = new double[panel.treatments() + 1][panel.units()];
        double[] byPeriod = outcomeSums(panel, outcomes);
        double[][] sums = new double[outcomes.length][panel.units()];
        double tolerance = TOLERANCE * Math.sqrt(panel.variance());
        double largestChange = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS && largestChange > tolerance; round++) {
            fit.rowSums(panel, outcomes, sums);
            fit.setUnits(panel, sums);
            largestChange = fit.setPeriods(panel, byPeriod);
        }
        return fit;
    }

    /** Sets the sums of each unit by arm, and returns the sums of each period. */
    private static double[] outcomeSums(PanelCounts panel, double[][] byArm) {
        int m = panel.periods();
        return panel.view()
                .runner()
                .reduceBlocks(
                        () -> new Cells(new UnitCells(panel, new double[m], 0, 1)),
                        (scratch, block) -> {
                            double[] sums = new double[m];
                            for (int row = 0; row < block.rows(); row++) {
                                scratch.cells().read(block, row, 0);
                                double[] y = scratch.cells().outcomes(0);
                                Vectors.add(sums, y);
                                for (int arm = 0; arm < byArm.length; arm++) {
                                    int[] bits = scratch.cells().bits(0).of(arm);
                                    byArm[arm][block.firstRow() + row] = Vectors.sum(y, bits);
                                }
                            }
                            return sums;
                        },
                        Sums::add);
    }

    /** Sets {@code scratch.row} to the residuals of a row, 0 for missing cells. */
    public void residuals(PanelCounts panel, RowBlock block, int row, Scratch scratch) {
        double[] target = scratch.row;
        int unit = block.firstRow() + row;
        int start = row * target.length;
        double scale = panel.scale(unit);
        double shift = panel.shift();
        double[] fit = scratch.fit;
        for (int arm = 0; arm <= effects.length; arm++) {
            fit[arm] = levels[unit] + effect(unit, arm);
        }
        for (int j = 0; j < target.length; j++) {
            int arm = block.arms()[start + j] & 0xFF;
            double outcome = Math.fma(block.outcomes()[start + j], scale, -shift);
            target[j] = scratch.seen[arm] * (outcome - periods[j] - fit[arm]);
        }
    }

    /**
     * Lists the periods of a row's cells and their residuals in {@code scratch}. Returns the number of cells. It is faster than
     * {@link #residuals} for units with few cells.
     */
    public int listResiduals(PanelCounts panel, RowBlock block, int row, Scratch scratch) {
        int unit = block.firstRow() + row;
        double scale = panel.scale(unit);
        double shift = panel.shift();
        byte[] arms = block.arms();
        int start = row * block.columns();
        int end = start + block.columns();
        int count = 0;
        for (int at = CellBits.nextSeen(arms, start, end); at < end; at = CellBits.nextSeen(arms, at + 1, end)) {
            int period = at - start;
            double outcome = Math.fma(block.outcomes()[at], scale, -shift);
            scratch.period[count] = period;
            scratch.row[count++] = outcome - periods[period] - (levels[unit] + effect(unit, arms[at]));
        }
        return count;
    }

    public double residualSquares(PanelCounts panel) {
        return panel.view()
                .runner()
                .reduceBlocks(
                        () -> new Scratch(panel),
                        (scratch, block) -> {
                            double sum = 0;
                            for (int row = 0; row < block.rows(); row++) {
                                if (UnitLayouts.hasFewCells(panel, block.firstRow() + row)) {
                                    int count = listResiduals(panel, block, row, scratch);
                                    sum += Vectors.inner(scratch.row, 0, scratch.row, 0, count);
                                } else {
                                    residuals(panel, block, row, scratch);
                                    sum += SmallMatrices.inner(scratch.row, scratch.row);
                                }
                            }
                            return sum;
                        },
                        Double::sum);
    }

    private double effect(int unit, int arm) {
        return arm > 0 ? effects[arm - 1][unit] : 0;
    }

    /** Sets, for each unit and arm, the sum over the cells of the outcomes minus the period effects. */
    private void rowSums(PanelCounts panel, double[][] outcomes, double[][] sums) {
        double[] table = SubsetTable.of(periods);
        panel.runner().forEachBlock(() -> new Bits(new CellBits(sums.length, periods.length)), (scratch, block) -> {
            for (int row = 0; row < block.rows(); row++) {
                int unit = block.firstRow() + row;
                scratch.bits().read(block.arms(), row * periods.length);
                for (int arm = 0; arm < sums.length; arm++) {
                    sums[arm][unit] = outcomes[arm][unit] - SubsetTable.sum(table, scratch.bits(), arm);
                }
            }
        });
    }

    private void setUnits(PanelCounts panel, double[][] sums) {
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

    private void setEffects(PanelCounts panel, int arm, double[][] sums) {
        double[] effect = effects[arm - 1];
        double[] weighted = new double[2];
        for (int unit = 0; unit < effect.length; unit++) {
            double treated = panel.cells(unit, arm);
            double control = panel.cells(unit, 0);
            boolean both = treated > 0 && control > 0;
            effect[unit] = both ? sums[arm][unit] / treated - sums[0][unit] / control : 0;
            double weight = both ? treated * control / (treated + control) : 0;
            weighted[0] += weight * effect[unit];
            weighted[1] += weight;
        }
        double[] all = panel.runner().allReduce(weighted, Sums::add);
        double mean = all[0] / Math.max(all[1], 1e-9);
        for (int unit = 0; unit < effect.length; unit++) {
            double treated = panel.cells(unit, arm);
            double control = panel.cells(unit, 0);
            if (treated > 0 && control > 0) {
                double weight = treated * control / (treated + control);
                effect[unit] = (weight * effect[unit] + SHRINKAGE_CELLS * mean) / (weight + SHRINKAGE_CELLS);
            }
        }
    }

    /** Updates the period effects. Returns the largest change. */
    private double setPeriods(PanelCounts panel, double[] outcomes) {
        int m = periods.length;
        double[] sumsBySubset = panel.view()
                .runner()
                .reduceBlocks(
                        () -> new Bits(new CellBits(effects.length + 1, m)),
                        (scratch, block) -> {
                            double[] sums = SubsetTable.empty(m);
                            for (int row = 0; row < block.rows(); row++) {
                                int unit = block.firstRow() + row;
                                scratch.bits().read(block.arms(), row * m);
                                for (int arm = 0; arm <= effects.length; arm++) {
                                    SubsetTable.add(sums, scratch.bits(), arm, levels[unit] + effect(unit, arm));
                                }
                            }
                            return sums;
                        },
                        Sums::add);
        double[] fits = SubsetTable.takeApart(sumsBySubset, m);
        double[] previous = periods.clone();
        double mean = 0;
        for (int j = 0; j < m; j++) {
            periods[j] = (outcomes[j] - fits[j]) / Math.max(1, panel.periodCells()[j]);
            mean += periods[j] / m;
        }
        double largestChange = 0;
        for (int j = 0; j < m; j++) {
            periods[j] -= mean;
            largestChange = Math.max(largestChange, Math.abs(periods[j] - previous[j]));
        }
        return largestChange;
    }

    private record Cells(UnitCells cells) implements PassScratch {}

    private record Bits(CellBits bits) implements PassScratch {}

    /** Scratch memory for the residuals of a row. */
    public static final class Scratch implements PassScratch {

        public final double[] row;

        /** Periods of the listed residuals. */
        public final int[] period;

        /** 1 at the index of each arm's byte, 0 elsewhere. */
        private final double[] seen = new double[1 << Byte.SIZE];

        private final double[] fit = new double[seen.length];

        public Scratch(PanelCounts panel) {
            this.row = new double[panel.periods()];
            this.period = new int[panel.periods()];
            Arrays.fill(seen, 0, panel.treatments() + 1, 1);
        }
    }
}
