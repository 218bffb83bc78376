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
 * Posteriors of the coefficients of a batch of units, given the factors and the pooled parameters. Scratch memory of
 * one thread.
 *
 * <p>Usage: {@link #compute} a batch, then {@link #select} each unit in turn and read the fields.
 */
public final class UnitBatch {

    /** Maximum number of units per batch. Larger batches would not fit into the cache. */
    private static final int MOST = 64;

    /** Number of units whose precision matrices are inverted together. */
    private static final int LANES = 32;

    private static final int DOUBLES = 1 << 17;

    private final FactorState state;
    private final HuberClipping.@Nullable Clipper clipper;
    private final PeriodMoments periodMoments;
    private final double[] prior;
    private final double[] priorMean;
    private final UnitSums sums;
    private final double[][] rightSides;
    private final double[][] grams;
    private final double[] noise;
    private final BatchInverse inverse;
    private int computed;
    private int invertedGroup;
    private final double[] whitened;
    private final double[] fit;
    private final double[] parts = new double[3];
    public final UnitCells cells;

    /**
     * Of the selected unit: second moments of the regressors under the noise precision, multiplied by the innovation
     * variance.
     */
    public double[] gram;

    public final double[] covariance;
    public final double[] mean;
    public final ArmMoments moments;
    double logDeterminant;

    public UnitBatch(
            PanelCounts panel,
            FactorState state,
            HuberClipping clipping,
            PeriodMoments periodMoments,
            double[] priorPrecision) {
        Dimensions size = state.size;
        int p = size.coefficients();
        int capacity = capacity(size);
        this.state = state;
        this.clipper = clipping.newClipper();
        this.periodMoments = periodMoments;
        this.prior = priorPrecision;
        this.priorMean = SmallMatrices.times(priorPrecision, state.priorMean, p, p, 1);
        this.cells = new UnitCells(panel, state.periodPrecisions, capacity);
        this.sums = new UnitSums(size, panel, capacity);
        this.rightSides = new double[capacity][p];
        this.grams = new double[capacity][p * p];
        this.noise = new double[capacity];
        this.inverse = new BatchInverse(p, LANES);
        this.whitened = new double[panel.periods()];
        this.fit = new double[panel.periods()];
        this.gram = grams[0];
        this.covariance = new double[p * p];
        this.mean = new double[p];
        this.moments = new ArmMoments(size);
    }

    /** Returns the number of units per batch. It depends on the sizes only, because it determines the order of sums. */
    public static int capacity(Dimensions size) {
        long row = size.row(true);
        long each = row * (1 + (long) size.treatments() * size.treatments())
                + 3L * size.coefficients() * size.coefficients();
        return (int) Math.max(4, Math.min(MOST, DOUBLES / each / 4 * 4));
    }

    public int capacity() {
        return rightSides.length;
    }

    /** Computes the posteriors of consecutive units of a block. */
    public void compute(RowBlock block, int first, int count) {
        int firstIndex = block.firstRow() + first;
        HuberClipping.Clipper current = clipper;
        cells.read(block, first, count);
        for (int unit = 0; current != null && unit < count; unit++) {
            current.clip(cells, unit, firstIndex + unit);
        }
        solve(count, firstIndex, 1);
    }

    /** Computes the posteriors of copies of one unit, whose cells have been set with {@link UnitCells#copyWithout}. */
    public void computeCopies(int count, int index) {
        solve(count, index, 0);
    }

    private void solve(int count, int firstIndex, int step) {
        int p = state.size.coefficients();
        sums.compute(periodMoments, cells, count);
        for (int unit = 0; unit < count; unit++) {
            int index = firstIndex + unit * step;
            sums.assemble(unit, state.correlation[index], grams[unit], rightSides[unit]);
            addOutcomes(unit, state.correlation[index], rightSides[unit]);
            noise[unit] = state.noise[index];
            for (int i = 0; i < p; i++) {
                rightSides[unit][i] = rightSides[unit][i] / noise[unit] + priorMean[i];
            }
        }
        computed = count;
        invertedGroup = -1;
    }

    /** Inverts the precision matrices of a group of units, which is so small that they stay in the cache. */
    private void invert(int group) {
        int p = state.size.coefficients();
        invertedGroup = group;
        for (int lane = 0; lane < LANES; lane++) {
            int unit = group * LANES + lane;
            for (int i = 0; i < p; i++) {
                for (int j = 0; j <= i; j++) {
                    int at = i * p + j;
                    double idle = i == j ? 1 : 0;
                    inverse.set(lane, i, j, unit < computed ? grams[unit][at] / noise[unit] + prior[at] : idle);
                }
            }
        }
        inverse.invert();
    }

    /** Sets the fields to the posterior of a unit. It is fastest if units are selected in order. */
    public void select(int unit) {
        int p = mean.length;
        if (unit / LANES != invertedGroup) {
            invert(unit / LANES);
        }
        inverse.copyInverse(unit % LANES, covariance);
        logDeterminant = -inverse.logDeterminant(unit % LANES);
        gram = grams[unit];
        for (int i = 0; i < p; i++) {
            double sum = 0;
            for (int j = 0; j < p; j++) {
                sum += covariance[i * p + j] * rightSides[unit][j];
            }
            mean[i] = sum;
        }
        moments.set(mean, covariance);
    }

    /** Adds the terms of the outcomes to the right-hand side. */
    private void addOutcomes(int unit, double correlation, double[] target) {
        cells.whitened(unit, correlation, whitened);
        Vectors.project(
                whitened, state.size, periodMoments.extended(), cells.bits(unit).byArm(), target);
    }

    /** Returns the expected outcomes of the selected unit, 0 for missing cells. */
    public double[] fit(int unit) {
        Dimensions size = state.size;
        CellBits bits = cells.bits(unit);
        System.arraycopy(periodMoments.extended()[size.levels()], 0, fit, 0, fit.length);
        Vectors.combine(mean, 0, size, periodMoments.extended(), bits.byArm(), fit);
        bits.clearMissing(fit);
        return fit;
    }

    /**
     * Sets {@code target} to the expected squared residuals of the selected unit, by part of the noise precision (see
     * {@link UnitSums}).
     */
    void expectedResiduals(int unit, double[] target) {
        sums.fits(unit, moments, parts);
        cells.residuals(unit, fit(unit), target);
        for (int part = 0; part < target.length; part++) {
            target[part] += parts[part];
        }
    }
}
