package io.github.rowwise.internal.factor.pass;

import io.github.rowwise.internal.factor.kernel.BatchInverse;
import io.github.rowwise.internal.factor.kernel.CellBits;
import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.model.ArmMoments;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.model.PeriodMoments;
import io.github.rowwise.internal.pass.RowBlock;
import org.jspecify.annotations.Nullable;

/**
 * The posterior of a few units' coefficients at a time, given the periods and all that is pooled. One thread's scratch.
 */
public final class UnitBatch {

    /** Units at a time, fewer where each needs much memory; more would not stay in the cache. */
    private static final int MOST = 64;

    /** Units whose precisions are inverted side by side. */
    private static final int LANES = 32;

    private static final int DOUBLES = 1 << 17;

    private final FactorState state;
    private final HuberClipping.@Nullable Applied limit;
    private final PeriodMoments table;
    private final double[] prior;
    private final double[] priorMean;
    private final UnitSums sums;
    private final double[][] right;
    private final double[][] grams;
    private final double[] noise;
    private final BatchInverse inverse;
    private int solved;
    private int inverted;
    private final double[] whitened;
    private final double[] fit;
    private final double[] parts = new double[3];
    public final UnitCells cells;

    /** Of the unit opened last: the regressors' second moments, whitened but for the innovation variance. */
    public double[] gram;

    public final double[] covariance;
    public final double[] mean;
    public final ArmMoments moments;
    double logDeterminant;

    public UnitBatch(
            PanelCounts panel,
            FactorState state,
            HuberClipping clipping,
            PeriodMoments table,
            double[] priorPrecision) {
        Dimensions size = state.size;
        int p = size.coefficients();
        int most = most(size);
        this.state = state;
        this.limit = clipping.applied();
        this.table = table;
        this.prior = priorPrecision;
        this.priorMean = SmallMatrices.times(priorPrecision, state.mean, p, p, 1);
        this.cells = new UnitCells(panel, state.precisions, most);
        this.sums = new UnitSums(size, panel, most);
        this.right = new double[most][p];
        this.grams = new double[most][p * p];
        this.noise = new double[most];
        this.inverse = new BatchInverse(p, LANES);
        this.whitened = new double[panel.periods()];
        this.fit = new double[panel.periods()];
        this.gram = grams[0];
        this.covariance = new double[p * p];
        this.mean = new double[p];
        this.moments = new ArmMoments(size);
    }

    /** Units that are computed at a time: a function of the sizes alone, because it fixes the order of sums. */
    public static int most(Dimensions size) {
        long row = size.row(true);
        long each = row * (1 + (long) size.treatments() * size.treatments())
                + 3L * size.coefficients() * size.coefficients();
        return (int) Math.max(4, Math.min(MOST, DOUBLES / each / 4 * 4));
    }

    public int most() {
        return right.length;
    }

    /** Computes the posteriors of units of a block. */
    public void compute(RowBlock block, int first, int count) {
        cells.read(block, first, count, limit);
        solve(count, block.firstRow() + first, 1);
    }

    /** Computes the posteriors of copies of one unit, whose cells were set before. */
    public void computeCopies(int count, int index) {
        solve(count, index, 0);
    }

    private void solve(int count, int firstIndex, int step) {
        int p = state.size.coefficients();
        sums.compute(table, cells, count);
        for (int unit = 0; unit < count; unit++) {
            int index = firstIndex + unit * step;
            sums.assemble(unit, state.correlation[index], grams[unit], right[unit]);
            addOutcomes(unit, state.correlation[index], right[unit]);
            noise[unit] = state.noise[index];
            for (int i = 0; i < p; i++) {
                right[unit][i] = right[unit][i] / noise[unit] + priorMean[i];
            }
        }
        solved = count;
        inverted = -1;
    }

    /** Inverts the precisions of some units: so few that they stay in the cache. */
    private void invert(int part) {
        int p = state.size.coefficients();
        inverted = part;
        for (int lane = 0; lane < LANES; lane++) {
            int unit = part * LANES + lane;
            for (int i = 0; i < p; i++) {
                for (int j = 0; j <= i; j++) {
                    int at = i * p + j;
                    double idle = i == j ? 1 : 0;
                    inverse.set(lane, i, j, unit < solved ? grams[unit][at] / noise[unit] + prior[at] : idle);
                }
            }
        }
        inverse.invert();
    }

    /** Sets the fields to the posterior of a unit; fastest where units are opened in turn. */
    public void open(int unit) {
        int p = mean.length;
        if (unit / LANES != inverted) {
            invert(unit / LANES);
        }
        inverse.copyInverse(unit % LANES, covariance);
        logDeterminant = -inverse.logDeterminant(unit % LANES);
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

    /** What the outcomes add to the right side. */
    private void addOutcomes(int unit, double correlation, double[] target) {
        cells.whitened(unit, correlation, whitened);
        Vectors.project(whitened, state.size, table.extended(), cells.bits(unit).byArm(), target);
    }

    /** The expected outcomes of the unit opened last, 0 where missing. */
    public double[] fit(int unit) {
        Dimensions size = state.size;
        CellBits bits = cells.bits(unit);
        System.arraycopy(table.extended()[size.levels()], 0, fit, 0, fit.length);
        Vectors.combine(mean, 0, size, table.extended(), bits.byArm(), fit);
        bits.clearMissing(fit);
        return fit;
    }

    /** The expected squared residuals of the unit opened last, in the parts of the noise's precision. */
    void expectedResiduals(int unit, double[] target) {
        sums.fits(unit, moments, parts);
        cells.residuals(unit, fit(unit), target);
        for (int part = 0; part < target.length; part++) {
            target[part] += parts[part];
        }
    }
}
