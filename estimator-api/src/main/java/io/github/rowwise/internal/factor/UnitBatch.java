package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.RowBlock;
import java.util.Arrays;

/**
 * The posterior of a few units' coefficients at a time, given the periods and all that is pooled. One thread's scratch.
 */
final class UnitBatch {

    /** Units at a time, fewer where each needs much memory; more would not stay in the cache. */
    private static final int MOST = 32;

    private static final int DOUBLES = 1 << 16;

    private final FactorState state;
    private final ResidualLimit limit;
    private final PeriodTable table;
    private final double[] prior;
    private final double[] priorMean;
    private final UnitSums[] sums;
    private final double[][] right;
    private final double[][] grams;
    private final BatchInverse inverse;
    private final double[] byArm;
    private final double[] everyArm;
    final UnitCells cells;

    /** Of the unit opened last: the regressors' second moments, whitened but for the innovation variance. */
    double[] gram;

    final double[] covariance;
    final double[] mean;
    final ArmMoments moments;
    double logDeterminant;

    UnitBatch(PanelSums panel, FactorState state, ResidualLimit limit, PeriodTable table, double[] priorPrecision) {
        Dimensions size = state.size;
        int p = size.coefficients();
        int most = most(size);
        this.state = state;
        this.limit = limit;
        this.table = table;
        this.prior = priorPrecision;
        this.priorMean = Small.times(priorPrecision, state.mean, p, p, 1);
        this.cells = new UnitCells(panel, state.precisions, most);
        this.sums = new UnitSums[most];
        Arrays.setAll(sums, unit -> new UnitSums(size, panel.correlated(), panel.periods()));
        this.right = new double[most][p];
        this.grams = new double[most][p * p];
        this.inverse = new BatchInverse(p, most);
        this.byArm = new double[size.extended() * size.extended()];
        this.everyArm = new double[byArm.length];
        this.gram = grams[0];
        this.covariance = new double[p * p];
        this.mean = new double[p];
        this.moments = new ArmMoments(size);
    }

    /** Units that are computed at a time: a function of the sizes alone, because it fixes the order of sums. */
    static int most(Dimensions size) {
        int arms = size.arms();
        int row = 2 * size.pairs() + size.orderedPairs();
        long each = (long) arms * (arms + 1) * row + 3L * size.coefficients() * size.coefficients();
        return (int) Math.max(4, Math.min(MOST, DOUBLES / each / 4 * 4));
    }

    int most() {
        return sums.length;
    }

    /** The sums of a unit, after {@link #compute}. */
    UnitSums sums(int unit) {
        return sums[unit];
    }

    /** Computes the posteriors of units of a block. */
    void compute(RowBlock block, int first, int count) {
        cells.read(block, first, count, limit);
        solve(count, block.firstRow() + first, 1);
    }

    /** Computes the posteriors of copies of one unit, whose cells were set before. */
    void computeCopies(int count, int index) {
        solve(count, index, 0);
    }

    private void solve(int count, int firstIndex, int step) {
        int p = state.size.coefficients();
        for (int unit = 0; unit < count; unit++) {
            int index = firstIndex + unit * step;
            sums[unit].compute(table, cells, unit);
            sums[unit].combine(state.correlation[index]);
            assemble(sums[unit], grams[unit], right[unit]);
            double noise = state.noise[index];
            for (int i = 0; i < p; i++) {
                for (int j = 0; j <= i; j++) {
                    inverse.set(unit, i, j, grams[unit][i * p + j] / noise + prior[i * p + j]);
                }
                right[unit][i] = right[unit][i] / noise + priorMean[i];
            }
        }
        for (int idle = count; idle < sums.length; idle++) {
            for (int i = 0; i < p; i++) {
                for (int j = 0; j <= i; j++) {
                    inverse.set(idle, i, j, i == j ? 1 : 0);
                }
            }
        }
        inverse.invert();
    }

    /** Sets the fields to the posterior of a unit. */
    void open(int unit) {
        int p = mean.length;
        inverse.copyInverse(unit, covariance);
        logDeterminant = -inverse.logDeterminant(unit);
        gram = grams[unit];
        for (int i = 0; i < p; i++) {
            double sum = 0;
            for (int j = 0; j < p; j++) {
                sum += covariance[i * p + j] * right[unit][j];
            }
            mean[i] = sum;
        }
        moments.set(mean, covariance);
    }

    /** From sums by arm to (b, d_1, ..., d_K), whose first entries are in every arm. */
    private void assemble(UnitSums unit, double[] target, double[] linear) {
        Dimensions size = state.size;
        int p = size.coefficients();
        int e = size.effects();
        int levels = size.levels();
        int wide = size.extended();
        Arrays.fill(everyArm, 0);
        Arrays.fill(linear, 0);
        for (int arm = 0; arm < size.arms(); arm++) {
            unit.square(arm, byArm);
            int first = arm == 0 ? 0 : size.firstEffect(arm);
            for (int i = 0; arm > 0 && i < e; i++) {
                System.arraycopy(byArm, i * wide, target, (first + i) * p + first, e);
            }
            for (int other = 0; other < size.arms(); other++) {
                if (other != arm) {
                    unit.addCrossed(arm, other, byArm);
                    for (int i = 0; arm > 0 && other > 0 && i < e; i++) {
                        unit.copyCrossed(arm, other, i, target, (first + i) * p + size.firstEffect(other), e);
                    }
                }
            }
            Rows.add(everyArm, byArm);
            for (int i = 0; arm > 0 && i < e; i++) {
                for (int c = 0; c < levels; c++) {
                    target[(first + i) * p + c] = byArm[i * wide + c];
                    target[c * p + first + i] = byArm[i * wide + c];
                }
                linear[first + i] = unit.outcome(arm, i) - byArm[i * wide + levels];
            }
            for (int i = 0; i < levels; i++) {
                linear[i] += unit.outcome(arm, i);
            }
        }
        for (int i = 0; i < levels; i++) {
            System.arraycopy(everyArm, i * wide, target, i * p, levels);
            linear[i] -= everyArm[i * wide + levels];
        }
    }
}
