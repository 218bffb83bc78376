package io.github.rowwise.internal.factor.model;

import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.Sums;
import java.util.Arrays;

/**
 * The scale of each unit, by which its outcomes are divided before the fit.
 *
 * <p>The model assumes that units are alike in size. If a market and a kiosk differ by a factor of a hundred, one factor follows
 * the market's noise, and the market's effect seems certain. In units of their own scales they are alike.
 *
 * <p>The scale of a unit is the mean absolute change of its outcome between neighbouring periods in the same arm, so that a jump
 * at the start of treatment does not move it. Changes beyond four medians count as four medians.
 *
 * <p>A scale that is estimated from few periods is noisy, and a unit may move more than others because of its loadings or its
 * noise, not because of its size. A size shows in the level too. Therefore units have scales of their own only if these go with
 * the levels: if the covariance of their logarithms, which is the variance of the log size, exceeds a quarter. Otherwise only
 * units whose scale and level are both far from all others' have their own.
 */
public final class UnitScales {

    /** Covariance of log scales and log levels from which all units have scales of their own. */
    private static final double MIN_COVARIANCE = .25;

    private static final double MIN_CORRELATION = .5;

    /** The correlation must also exceed this many standard errors of independent quantities. */
    private static final double MIN_ERRORS = 3;

    /** Distance from the mean log scale from which a single unit has its own; its level must be half as far. */
    private static final double MIN_DISTANCE = Math.log(10);

    private static final double MOST_MEDIANS = 4;

    /** Number of changes that are enough for a median, which need not be exact. */
    private static final int MOST_SORTED = 100;

    /** Logarithms of the scales, NaN for units without changes. */
    private final double[] logs;

    /** Logarithms of the absolute mean outcomes. */
    private final double[] levels;

    private UnitScales(int units) {
        this.logs = new double[units];
        this.levels = new double[units];
    }

    /** Returns the scale of each local unit relative to a unit of average size; an empty array if all are 1. */
    static double[] of(PanelView view) {
        UnitScales scales = new UnitScales(view.units());
        double[] sums = view.runner()
                .reduceBlocks(
                        () -> new Scratch(new double[view.periods()], new double[view.periods()]),
                        (scratch, block) -> {
                            double[] total = new double[6];
                            for (int row = 0; row < block.rows(); row++) {
                                scales.set(block, row, scratch);
                                scales.addTo(total, block.firstRow() + row);
                            }
                            return total;
                        },
                        Sums::add);
        double count = Math.max(1, sums[0]);
        double mean = sums[1] / count;
        double meanLevel = sums[2] / count;
        double covariance = sums[5] / count - mean * meanLevel;
        double variances = (sums[3] / count - mean * mean) * (sums[4] / count - meanLevel * meanLevel);
        double correlation = covariance / Math.sqrt(Math.max(variances, Double.MIN_NORMAL));
        boolean all =
                covariance > MIN_COVARIANCE && correlation > Math.max(MIN_CORRELATION, MIN_ERRORS / Math.sqrt(count));
        double any = 0;
        double[] result = new double[view.units()];
        for (int unit = 0; unit < result.length; unit++) {
            double distance = scales.logs[unit] - mean;
            double ofLevel = scales.levels[unit] - meanLevel;
            boolean isFar = Math.abs(distance) > MIN_DISTANCE && ofLevel / distance > .5;
            boolean own = Double.isFinite(distance) && (all || isFar);
            result[unit] = own ? Math.exp(distance) : 1;
            any = own ? 1 : any;
        }
        return view.runner().allReduce(any, Math::max) > 0 ? result : new double[0];
    }

    /** Adds the unit's count, logs, squared logs and their product. */
    private void addTo(double[] total, int unit) {
        if (Double.isFinite(logs[unit]) && Double.isFinite(levels[unit])) {
            total[0]++;
            total[1] += logs[unit];
            total[2] += levels[unit];
            total[3] += logs[unit] * logs[unit];
            total[4] += levels[unit] * levels[unit];
            total[5] += logs[unit] * levels[unit];
        }
    }

    /** Sets the log scale and the log level of a unit. */
    private void set(RowBlock block, int row, Scratch scratch) {
        int m = block.columns();
        int at = row * m;
        int unit = block.firstRow() + row;
        double[] changes = scratch.changes();
        int count = 0;
        double[] sums = new double[2];
        int[] cells = new int[2];
        for (int j = 0; j < m; j++) {
            byte arm = block.arms()[at + j];
            if (arm == RowBlock.MISSING) {
                continue;
            }
            int treated = arm > 0 ? 1 : 0;
            sums[treated] += block.outcomes()[at + j];
            cells[treated]++;
            if (j > 0 && arm == block.arms()[at + j - 1]) {
                changes[count++] = Math.abs(block.outcomes()[at + j] - block.outcomes()[at + j - 1]);
            }
        }
        // The level under control, if the unit has control cells.
        int of = cells[0] > 0 ? 0 : 1;
        levels[unit] = Math.log(Math.abs(sums[of] / cells[of]));
        logs[unit] = Math.log(clippedMean(changes, count, scratch.sorted()));
    }

    /** Returns the mean of the changes, none of which counts more than four medians of those that are not 0; NaN if all are 0. */
    private static double clippedMean(double[] changes, int count, double[] sorted) {
        double median = medianOfChanges(changes, count, sorted);
        double most = MOST_MEDIANS * median;
        double sum = 0;
        for (int k = 0; k < count; k++) {
            sum += Math.min(changes[k], most) / most;
        }
        return median > 0 ? sum / count * most : Double.NaN;
    }

    /** Returns the median of the changes that are not 0, or of some of them, evenly spread; 0 if there are none. */
    private static double medianOfChanges(double[] changes, int count, double[] sorted) {
        int changed = 0;
        for (int k = 0; k < count; k++) {
            if (changes[k] > 0) {
                sorted[changed++] = changes[k];
            }
        }
        if (changed == 0) {
            return 0;
        }
        int step = (changed + MOST_SORTED - 1) / MOST_SORTED;
        int kept = 0;
        for (int k = 0; k < changed; k += step) {
            sorted[kept++] = sorted[k];
        }
        Arrays.sort(sorted, 0, kept);
        return sorted[kept / 2];
    }

    private record Scratch(double[] changes, double[] sorted) implements PassScratch {}
}
