package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.assignment.EventTimes;
import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.PeriodMoments;
import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Sums for the average effect of an arm at each event time from 0 on. */
final class EventTimeSums implements Serializable {

    private static final long serialVersionUID = 1;

    private static final int TIMES = EventTimes.FURTHEST + 1;

    private final Dimensions size;

    /** Length of the effect vectors. */
    private final int e;

    private final double[] unitVariances = new double[TIMES];
    private final int[] cells = new int[TIMES];
    private final double[] sensitivities;

    /** By event time: the sum of (1, f_j) and the onset terms over the cells of the current unit; zeros between units. */
    private final double[] directions;

    /** By event time, then by period: the sum of d over the units with such a cell; {@code null} if there are none. */
    private final double[] @Nullable [] effects = new double[TIMES] @Nullable [];

    /** Number of parameters that all units share. */
    private final int parameters;

    EventTimeSums(Dimensions size, int parameters) {
        this.parameters = parameters;
        this.size = size;
        this.e = size.armCoefficients();
        this.sensitivities = new double[TIMES * parameters];
        this.directions = new double[TIMES * e];
    }

    /**
     * Adds a unit.
     *
     * @param times event time of each cell
     * @param moments provides (1, f_j)
     * @param onsets onset terms by number of periods since the start
     */
    void add(int[] times, PeriodMoments moments, double[][] onsets, double[] d, EffectUncertainty uncertainty) {
        int last = -1;
        for (int j = 0; j < times.length; j++) {
            int time = times[j];
            if (time < 0 || time >= TIMES) {
                continue;
            }
            last = Math.max(last, time);
            cells[time]++;
            for (int k = 0; k < size.effects(); k++) {
                directions[time * e + k] += moments.extended()[k][j];
            }
            for (int term = 0; term < size.onsets(); term++) {
                directions[time * e + size.effects() + term] += onsets[term][time];
            }
            if (!size.constantEffects()) {
                double[] sums = effects(time, times.length);
                for (int k = 0; k < size.effects(); k++) {
                    sums[j * e + k] += d[k];
                }
            }
        }
        for (int time = 0; time <= last; time++) {
            unitVariances[time] += form(uncertainty.unitCovariance, time * e);
            addSensitivity(uncertainty.sensitivity, time);
        }
        Arrays.fill(directions, 0, (last + 1) * e, 0);
    }

    private double form(double[] matrix, int direction) {
        double form = 0;
        for (int i = 0; i < e; i++) {
            double sum = 0;
            for (int k = 0; k < e; k++) {
                sum = Math.fma(matrix[i * e + k], directions[direction + k], sum);
            }
            form = Math.fma(directions[direction + i], sum, form);
        }
        return form;
    }

    private void addSensitivity(double[] sensitivity, int time) {
        int p = parameters;
        for (int i = 0; i < p; i++) {
            double sum = sensitivities[time * p + i];
            for (int k = 0; k < e; k++) {
                sum = Math.fma(sensitivity[i * e + k], directions[time * e + k], sum);
            }
            sensitivities[time * p + i] = sum;
        }
    }

    private double[] effects(int time, int periods) {
        double[] sums = effects[time];
        if (sums == null) {
            sums = new double[periods * e];
            effects[time] = sums;
        }
        return sums;
    }

    void add(EventTimeSums later) {
        Vectors.add(unitVariances, later.unitVariances);
        Vectors.add(sensitivities, later.sensitivities);
        for (int time = 0; time < TIMES; time++) {
            cells[time] += later.cells[time];
            double[] more = later.effects[time];
            if (more != null) {
                Vectors.add(effects(time, more.length / e), more);
            }
        }
    }

    /** Returns the variance of the average effect at each event time; NaN if there are no cells. */
    double[] variances(FactorState state, SharedUncertainty shared, double inflation) {
        int p = parameters;
        double[] variances = new double[TIMES];
        for (int time = 0; time < TIMES; time++) {
            double[] sensitivity = Arrays.copyOfRange(sensitivities, time * p, (time + 1) * p);
            double variance = inflation
                    * (unitVariances[time] + SmallMatrices.form(sensitivity, shared.meanCovariance(), sensitivity, p));
            double[] sums = effects[time];
            for (int j = 0; sums != null && j < state.periods(); j++) {
                variance += state.factorVariance(j, sums, j * e);
            }
            variances[time] = variance / ((double) cells[time] * cells[time]);
        }
        return variances;
    }
}
