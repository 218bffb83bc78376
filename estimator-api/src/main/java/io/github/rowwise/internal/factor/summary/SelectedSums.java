package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.average.GroupSums;
import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.Vectors;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Sums over the units of each group for averages over selected cells: those of {@link AverageSums}, by group. A group has no sums
 * before its first unit, because a block of rows has units of few groups.
 */
final class SelectedSums implements Serializable {

    private static final long serialVersionUID = 1;

    /** Sums of one group for one average of one arm. */
    static final class Entry implements Serializable {

        private static final long serialVersionUID = 1;

        int units;
        double weight;
        double value;

        /** Sum of the weighted variances of the units, given what they share. */
        double unitVariance;

        /** Sum of the squares of these variances over their degrees of freedom. */
        double spread;

        /** Sum of the weights times the scales of the units. */
        double scale;

        final double[] sensitivity;

        /** By period, then by entry of d: the sum of the weights of the cells times d; empty if effects are constant. */
        final double[] shares;

        /** By period: the sum of the weights of the cells' noise. */
        final double[] cellWeights;

        Entry(Dimensions size, int periods, int parameters) {
            this.sensitivity = new double[parameters];
            this.shares = new double[size.constantEffects() ? 0 : periods * size.effects()];
            this.cellWeights = new double[periods];
        }

        /** Adds another entry times a factor; the variances of its units times the square of the factor. */
        void add(Entry other, double factor) {
            double square = factor * factor;
            units += other.units;
            weight += factor * other.weight;
            value += factor * other.value;
            unitVariance += square * other.unitVariance;
            spread += square * square * other.spread;
            scale += factor * other.scale;
            Vectors.addScaled(sensitivity, 0, other.sensitivity, 0, factor, sensitivity.length);
            Vectors.addScaled(shares, 0, other.shares, 0, factor, shares.length);
            Vectors.addScaled(cellWeights, 0, other.cellWeights, 0, factor, cellWeights.length);
        }
    }

    private final Dimensions size;
    private final int periods;
    private final int parameters;

    /** By treatment, average and group. */
    private final @Nullable Entry[][][] entries;

    SelectedSums(Dimensions size, int periods, int parameters, int groups) {
        this.parameters = parameters;
        this.size = size;
        this.periods = periods;
        this.entries = new Entry[size.treatments()][GroupSums.AVERAGES][groups];
    }

    /** Returns the sums of a group, which are created if there are none. */
    Entry entry(int arm, int average, int group) {
        @Nullable Entry[] of = entries[arm - 1][average];
        Entry known = of[group];
        if (known == null) {
            known = new Entry(size, periods, parameters);
            of[group] = known;
        }
        return known;
    }

    /** Returns the sums of a group; {@code null} if it has no units. */
    @Nullable
    Entry find(int arm, int average, int group) {
        return entries[arm - 1][average][group];
    }

    int groups() {
        return entries[0][0].length;
    }

    SelectedSums add(SelectedSums later) {
        for (int arm = 1; arm < size.arms(); arm++) {
            for (int average = 0; average < GroupSums.AVERAGES; average++) {
                for (int group = 0; group < groups(); group++) {
                    Entry more = later.find(arm, average, group);
                    if (more != null) {
                        entry(arm, average, group).add(more, 1);
                    }
                }
            }
        }
        return this;
    }
}
