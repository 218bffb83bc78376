package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.pass.OnsetCurves;
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.Sums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The onset terms of every cell, from the stays of each unit in the treatments.
 *
 * <p>A cell within a stay in an arm has the terms of the time since the stay began. Any other cell has, for that arm, the
 * average terms over the unit's cells in the arm: its effect there is that of an average time since the start. A unit without
 * cells in the arm has the average over the other units.
 */
public final class OnsetTimes {

    private static final int NUMBERS_PER_STAY = 3;

    /** By unit: arm, first and last period of each stay in a treatment, in the order of time. */
    private final int[][] stays;

    /** By treatment, then by unit and term. */
    private final double[][] averages;

    /** By term, then by number of periods since the start. */
    private final double[][] curves;

    /** Position of each period in time. */
    private final int[] positions;

    /**
     * Creates the times from their contents, which are kept.
     *
     * @param stays by unit: arm, first and last period of each stay
     * @param averages by treatment, then by unit and term
     * @param positions position of each period in time, from 0
     */
    public OnsetTimes(int[][] stays, double[][] averages, int[] positions) {
        this.stays = stays;
        this.averages = averages;
        this.curves = OnsetCurves.of(positions[positions.length - 1] + 1);
        this.positions = positions;
    }

    /** Returns the times for the periods of the panel only. */
    OnsetTimes at(int[] present) {
        int[][] inPeriods = new int[stays.length][];
        for (int unit = 0; unit < stays.length; unit++) {
            inPeriods[unit] = stays[unit].clone();
            for (int at = 0; at < inPeriods[unit].length; at += NUMBERS_PER_STAY) {
                for (int end = 1; end < NUMBERS_PER_STAY; end++) {
                    inPeriods[unit][at + end] = Arrays.binarySearch(present, stays[unit][at + end]);
                }
            }
        }
        return new OnsetTimes(inPeriods, averages, present);
    }

    /** Finds the stays and averages of all units in one pass. */
    static OnsetTimes of(PanelCounts panel) {
        int terms = OnsetCurves.COUNT;
        int[][] stays = new int[panel.units()][];
        double[][] averages = new double[panel.treatments()][panel.units() * terms];
        OnsetTimes times = new OnsetTimes(
                stays, averages, IntStream.range(0, panel.periods()).toArray());
        double[] sums = panel.runner()
                .reduceBlocks(
                        () -> new PassScratch() {},
                        (scratch, block) -> {
                            double[] total = new double[panel.treatments() * (terms + 1)];
                            for (int row = 0; row < block.rows(); row++) {
                                times.add(panel, block, row, total);
                            }
                            return total;
                        },
                        Sums::add);
        for (int treatment = 0; treatment < panel.treatments(); treatment++) {
            int at = treatment * (terms + 1);
            for (int unit = 0; unit < panel.units(); unit++) {
                for (int term = 0; term < terms && panel.cells(unit, treatment + 1) == 0; term++) {
                    averages[treatment][unit * terms + term] =
                            sums[at + terms] > 0 ? sums[at + term] / sums[at + terms] : 0;
                }
            }
        }
        return times;
    }

    private void add(PanelCounts panel, RowBlock block, int row, double[] total) {
        int terms = curves.length;
        int unit = block.firstRow() + row;
        List<int[]> found = new ArrayList<>();
        int[] current = {0, 0, 0};
        for (int j = 0; j < block.columns(); j++) {
            byte arm = block.arms()[row * block.columns() + j];
            if (arm == RowBlock.MISSING) {
                continue;
            }
            if (arm != current[0]) {
                current = new int[] {arm, j, j};
                if (arm > 0) {
                    found.add(current);
                }
            }
            current[2] = j;
            for (int term = 0; term < terms && arm > 0; term++) {
                averages[arm - 1][unit * terms + term] += curves[term][j - current[1]] / panel.cells(unit, arm);
            }
        }
        stays[unit] = found.stream().flatMapToInt(Arrays::stream).toArray();
        for (int treatment = 0; treatment < averages.length; treatment++) {
            int at = treatment * (terms + 1);
            if (panel.cells(unit, treatment + 1) > 0) {
                for (int term = 0; term < terms; term++) {
                    total[at + term] += averages[treatment][unit * terms + term];
                }
                total[at + terms]++;
            }
        }
    }

    public int[][] stays() {
        return stays;
    }

    public double[][] averages() {
        return averages;
    }

    /** Returns the terms by number of periods since the start. */
    double[][] curves() {
        return curves;
    }

    /** Returns the average of a term over the unit's cells in the arm. */
    public double average(int arm, int unit, int term) {
        return averages[arm - 1][unit * curves.length + term];
    }

    /** Returns a term of a cell. */
    double term(int arm, int unit, int period, int term) {
        int since = since(arm, unit, period);
        return since < 0 ? average(arm, unit, term) : curves[term][since];
    }

    /**
     * Returns the onset terms of a cell minus their averages, times coefficients.
     *
     * @param coefficients by unit and term
     */
    public double deviation(int arm, int unit, int period, double[] coefficients) {
        int since = since(arm, unit, period);
        double sum = 0;
        for (int term = 0; since >= 0 && term < curves.length; term++) {
            sum += coefficients[unit * curves.length + term] * (curves[term][since] - average(arm, unit, term));
        }
        return sum;
    }

    /** Returns the number of periods since the unit entered the arm; -1 if the cell is not within a stay in it. */
    private int since(int arm, int unit, int period) {
        int[] of = stays[unit];
        int low = 0;
        int high = of.length / NUMBERS_PER_STAY - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int at = middle * NUMBERS_PER_STAY;
            if (period < of[at + 1]) {
                high = middle - 1;
            } else if (period > of[at + 2]) {
                low = middle + 1;
            } else {
                return of[at] == arm ? positions[period] - positions[of[at + 1]] : -1;
            }
        }
        return -1;
    }

    /** Returns the onset coefficients of an arm by unit and term. */
    public static double[] coefficients(FactorState state, int arm) {
        int terms = state.size.onsets();
        double[] coefficients = new double[state.units() * terms];
        for (int unit = 0; unit < state.units(); unit++) {
            int from = unit * state.size.coefficients() + state.size.firstOnset(arm);
            System.arraycopy(state.coefficients, from, coefficients, unit * terms, terms);
        }
        return coefficients;
    }
}
