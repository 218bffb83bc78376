package io.github.rowwise.internal.factor.pass;

import io.github.rowwise.internal.factor.kernel.BatchInverse;
import io.github.rowwise.internal.factor.kernel.CellBits;
import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.PositiveDefinite;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.model.ArmMoments;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.model.PeriodMoments;
import io.github.rowwise.internal.factor.model.UnitGroup;
import io.github.rowwise.internal.pass.RowBlock;
import java.util.Arrays;
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

    /** Prior variance of the level of a unit without control cells, in variances of the outcomes. */
    private static final double DIFFUSE_VARIANCE = 100;

    private final FactorState state;
    private final HuberClipping.@Nullable Clipper clipper;
    private final PeriodMoments periodMoments;
    private final PanelCounts panel;

    /** Prior precision of the coefficients, and its product with the prior mean. */
    private final double[] prior;

    private final double[] priorMean;

    /** By attribute: the prior precision times what the attribute adds to the prior mean. */
    private final double[] attributeEffects;

    /** The same for units without control cells. */
    private final double[] diffusePrior;

    private final double[] diffusePriorMean;
    private final double[] diffuseAttributeEffects;

    /** By unit: whether the diffuse prior is used. */
    private final boolean[] isDiffuse;

    /** By unit of the batch: its row in the block, and its index in the panel. */
    private final int[] rows;

    private final int[] indices;
    private final UnitSums sums;
    private final double[][] rightSides;
    private final double[][] grams;
    private final double[] noise;
    private final BatchInverse inverse;
    private int computed;
    private int invertedGroup;
    private final double[] whitened;
    private final double[] fit;

    /** By unit: what its cells tell of the coefficients of the covariates. */
    private final UnitCovariates[] covariates;

    /** Extended vectors by entry and slot, for the sparse layout. */
    private final double[][] curves;

    /** Onset terms of the current unit, arm by arm, and their products with the noise precision. */
    private final double[][] onsets;

    private final double[][] whitenedOnsets;
    private final double[] products;
    private final double[] partner;
    private final double[] onsetParts = new double[3];
    private final double[] parts = new double[3];
    public final UnitCells cells;

    /**
     * Of the selected unit: second moments of the regressors under the noise precision, multiplied by the innovation
     * variance.
     */
    public double[] gram;

    /** Prior precision of the selected unit. */
    public double[] priorPrecision;

    public final double[] covariance;
    public final double[] mean;
    public final ArmMoments moments;
    double logDeterminant;

    /** Creates memory for batches of any units. */
    public UnitBatch(
            PanelCounts panel,
            FactorState state,
            HuberClipping clipping,
            PeriodMoments periodMoments,
            double[] priorPrecision) {
        this(panel, state, clipping, periodMoments, priorPrecision, panel.periods());
    }

    /**
     * Creates memory for batches.
     *
     * @param slots slots per unit, see {@link UnitCells}
     */
    public UnitBatch(
            PanelCounts panel,
            FactorState state,
            HuberClipping clipping,
            PeriodMoments periodMoments,
            double[] priorPrecision,
            int slots) {
        Dimensions size = state.size;
        int p = size.coefficients();
        int capacity = capacity(size);
        this.panel = panel;
        this.state = state;
        this.clipper = clipping.newClipper(slots);
        this.periodMoments = periodMoments;
        this.prior = priorPrecision;
        this.priorMean = SmallMatrices.times(priorPrecision, state.priorMean, p, p, 1);
        this.diffusePrior = PositiveDefinite.inverse(diffuse(state.priorCovariance, panel), p);
        this.diffusePriorMean = SmallMatrices.times(diffusePrior, state.priorMean, p, p, 1);
        this.attributeEffects = SmallMatrices.times(state.attributeEffects, priorPrecision, state.attributes(), p, p);
        this.diffuseAttributeEffects =
                SmallMatrices.times(state.attributeEffects, diffusePrior, state.attributes(), p, p);
        this.isDiffuse = new boolean[capacity];
        this.rows = new int[capacity];
        this.indices = new int[capacity];
        this.cells = new UnitCells(
                panel, state.periodPrecisions, size.onsets(), state.covariateCoefficients.length, capacity, slots);
        this.curves = new double[cells.isSparse() ? size.extended() : 0][slots];
        this.sums = new UnitSums(size, panel, capacity);
        this.rightSides = new double[capacity][p];
        this.grams = new double[capacity][p * p];
        this.noise = new double[capacity];
        this.inverse = new BatchInverse(p, LANES);
        this.whitened = new double[slots];
        this.covariates = new UnitCovariates[state.covariateCoefficients.length > 0 ? capacity : 0];
        Arrays.setAll(covariates, unit -> new UnitCovariates(p, state.covariateCoefficients.length));
        this.fit = new double[slots];
        this.onsets = new double[size.treatments() * size.onsets()][slots];
        this.whitenedOnsets = new double[onsets.length][slots];
        this.products = new double[p];
        this.partner = new double[slots];
        this.gram = grams[0];
        this.priorPrecision = priorPrecision;
        this.covariance = new double[p * p];
        this.mean = new double[p];
        this.moments = new ArmMoments(size);
    }

    /**
     * Returns the prior covariance of a unit without control cells. Such a unit shows the sum of its level and its effect only,
     * and it may differ from the others in a way that their levels do not suggest. A level of any size is therefore as likely as
     * another.
     */
    public static double[] diffuse(double[] priorCovariance, PanelCounts panel) {
        double[] covariance = priorCovariance.clone();
        covariance[0] += DIFFUSE_VARIANCE * panel.variance();
        return covariance;
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
        for (int unit = 0; unit < count; unit++) {
            rows[unit] = first + unit;
        }
        compute(block, rows, 0, count);
    }

    /**
     * Computes the posteriors of units of a block.
     *
     * @param rows rows of the block
     * @param from index of the first of these rows
     */
    public void compute(RowBlock block, int[] rows, int from, int count) {
        HuberClipping.Clipper current = clipper;
        for (int unit = 0; unit < count; unit++) {
            cells.read(block, rows[from + unit], unit);
            indices[unit] = block.firstRow() + rows[from + unit];
            if (current == null) {
                cells.subtractCovariates(unit, state.covariateCoefficients);
            } else {
                double[] ofReference = current.covariateCoefficients();
                cells.subtractCovariates(unit, ofReference);
                current.clip(cells, unit, indices[unit]);
                if (covariates.length > 0) {
                    cells.subtractCovariates(unit, difference(state.covariateCoefficients, ofReference));
                }
            }
        }
        solve(count);
    }

    private static double[] difference(double[] a, double[] b) {
        double[] difference = new double[a.length];
        Arrays.setAll(difference, k -> a[k] - b[k]);
        return difference;
    }

    /** Computes the posteriors of copies of one unit, whose cells have been set with {@link UnitCells#copyWithout}. */
    public void computeCopies(int count, int index) {
        Arrays.fill(indices, 0, count, index);
        solve(count);
    }

    /** Returns the index in the panel of a unit of the batch. */
    public int index(int unit) {
        return indices[unit];
    }

    /** Returns the extended vectors by entry and slot of a unit. */
    private double[][] curves(int unit) {
        return cells.ofSlots(unit, periodMoments.extended(), curves);
    }

    private void solve(int count) {
        int p = state.size.coefficients();
        sums.compute(periodMoments, cells, count);
        for (int unit = 0; unit < count; unit++) {
            int index = indices[unit];
            double[][] extended = curves(unit);
            sums.assemble(unit, state.correlation[index], grams[unit], rightSides[unit]);
            addOutcomes(unit, extended, state.correlation[index], rightSides[unit]);
            if (onsets.length > 0) {
                addOnsets(unit, extended, state.correlation[index], grams[unit], rightSides[unit]);
            }
            if (covariates.length > 0) {
                addCovariates(unit, extended, state.correlation[index]);
            }
            noise[unit] = state.noise[index];
            isDiffuse[unit] = panel.group(index) == UnitGroup.NO_CONTROL;
            double[] ofPrior = isDiffuse[unit] ? diffusePriorMean : priorMean;
            for (int i = 0; i < p; i++) {
                rightSides[unit][i] = rightSides[unit][i] / noise[unit] + ofPrior[i];
            }
            double[] ofAttributes = isDiffuse[unit] ? diffuseAttributeEffects : attributeEffects;
            for (int c = 0; c < state.attributes(); c++) {
                double value = panel.view().attributes().augmented(index, c + 1);
                Vectors.addScaled(rightSides[unit], 0, ofAttributes, c * p, value, p);
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
            double[] ofPrior = unit < computed && isDiffuse[unit] ? diffusePrior : prior;
            for (int i = 0; i < p; i++) {
                for (int j = 0; j <= i; j++) {
                    int at = i * p + j;
                    double idle = i == j ? 1 : 0;
                    inverse.set(lane, i, j, unit < computed ? grams[unit][at] / noise[unit] + ofPrior[at] : idle);
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
        priorPrecision = isDiffuse[unit] ? diffusePrior : prior;
        for (int i = 0; i < p; i++) {
            double sum = 0;
            for (int j = 0; j < p; j++) {
                sum += covariance[i * p + j] * rightSides[unit][j];
            }
            mean[i] = sum;
        }
        moments.set(mean, covariance);
        if (covariates.length > 0) {
            covariates[unit].setPosterior(mean, covariance, noise[unit]);
        }
    }

    /** Returns what the cells of a unit tell of the coefficients of the covariates, once the unit is selected. */
    public UnitCovariates covariates(int unit) {
        return covariates[unit];
    }

    /** Returns the number of covariates. */
    public int covariateCount() {
        return state.covariateCoefficients.length;
    }

    /** Computes the products of the covariates with the regressors, with each other and with the outcomes. */
    private void addCovariates(int unit, double[][] extended, double correlation) {
        Dimensions size = state.size;
        double[] nu = extended[size.levels()];
        double[] y = cells.outcomes(unit);
        for (int k = 0; k < covariateCount(); k++) {
            cells.whitened(unit, cells.instrument(unit, k), correlation, whitened);
            Arrays.fill(products, 0);
            Vectors.project(whitened, size, extended, cells.bits(unit).byArm(), products);
            for (int i = 0; i < onsets.length; i++) {
                products[size.onPeriods() + i] = Vectors.inner(whitened, onsets[i]);
            }
            for (int l = 0; l < covariateCount(); l++) {
                covariates[unit].setSquare(k, l, Vectors.inner(whitened, cells.instrument(unit, l)));
            }
            covariates[unit].set(k, products, Vectors.inner(whitened, y) - Vectors.inner(whitened, nu));
        }
    }

    /** Adds the rows and columns of the onset coefficients. */
    private void addOnsets(int unit, double[][] extended, double correlation, double[] target, double[] right) {
        Dimensions size = state.size;
        int p = size.coefficients();
        int first = size.onPeriods();
        setOnsets(unit);
        double[] nu = extended[size.levels()];
        double[] y = cells.outcomes(unit);
        for (int i = 0; i < onsets.length; i++) {
            Arrays.fill(products, 0);
            right[first + i] = 0;
            if (cells.isIn(unit, 1 + i / size.onsets())) {
                double[] white = whitenedOnsets[i];
                cells.whitened(unit, onsets[i], correlation, white);
                Vectors.project(white, size, extended, cells.bits(unit).byArm(), products);
                right[first + i] = Vectors.inner(white, y) - Vectors.inner(white, nu);
                for (int k = 0; k <= i; k++) {
                    products[first + k] = Vectors.inner(white, onsets[k]);
                }
            }
            for (int k = 0; k <= first + i; k++) {
                target[(first + i) * p + k] = products[k];
                target[k * p + first + i] = products[k];
            }
        }
    }

    private void setOnsets(int unit) {
        for (int i = 0; i < onsets.length; i++) {
            cells.onset(unit, 1 + i / state.size.onsets(), i % state.size.onsets(), onsets[i]);
        }
    }

    /** Adds the terms of the outcomes to the right-hand side. */
    private void addOutcomes(int unit, double[][] extended, double correlation, double[] target) {
        cells.whitened(unit, cells.outcomes(unit), correlation, whitened);
        Vectors.project(whitened, state.size, extended, cells.bits(unit).byArm(), target);
    }

    /** Returns the expected outcomes of the selected unit, 0 for missing cells. */
    public double[] fit(int unit) {
        System.arraycopy(curves(unit)[state.size.levels()], 0, fit, 0, fit.length);
        addFit(unit, mean, fit);
        return fit;
    }

    /** Adds what the coefficients of a unit contribute to each of its cells, and sets missing cells to 0. */
    public void addFit(int unit, double[] coefficients, double[] target) {
        Dimensions size = state.size;
        CellBits bits = cells.bits(unit);
        Vectors.combine(coefficients, 0, size, curves(unit), bits.byArm(), target);
        cells.addOnsets(unit, coefficients, size.onPeriods(), target);
        bits.clearMissing(target);
    }

    /** Subtracts the fitted onset terms of the selected unit from its outcomes. */
    void subtractOnsets(int unit) {
        for (int i = 0; i < onsets.length; i++) {
            int arm = 1 + i / state.size.onsets();
            if (cells.isIn(unit, arm)) {
                cells.onset(unit, arm, i % state.size.onsets(), partner);
                double coefficient = mean[state.size.onPeriods() + i];
                Vectors.addScaled(cells.outcomes(unit), 0, partner, 0, -coefficient, partner.length);
            }
        }
    }

    /**
     * Sets {@code target} to the expected squared residuals of the selected unit, by part of the noise precision (see
     * {@link UnitSums}).
     */
    void expectedResiduals(int unit, double[] target) {
        sums.fits(unit, moments, parts);
        Dimensions size = state.size;
        CellBits bits = cells.bits(unit);
        double[][] extended = curves(unit);
        System.arraycopy(extended[size.levels()], 0, fit, 0, fit.length);
        Vectors.combine(mean, 0, size, extended, bits.byArm(), fit);
        bits.clearMissing(fit);
        cells.residuals(unit, cells.outcomes(unit), fit, target);
        for (int part = 0; part < target.length; part++) {
            target[part] += parts[part];
        }
        if (onsets.length > 0) {
            addOnsetResiduals(unit, extended, target);
        }
    }

    /** Adds what the uncertainty of the onset coefficients contributes to the expected squared residuals. */
    private void addOnsetResiduals(int unit, double[][] extended, double[] target) {
        Dimensions size = state.size;
        setOnsets(unit);
        for (int i = 0; i < onsets.length; i++) {
            if (cells.isIn(unit, 1 + i / size.onsets())) {
                setPartner(unit, extended, i);
                // The sums of z (z - 2 fit) with z - 2 fit = partner.
                double[] z = onsets[i];
                for (int j = 0; j < partner.length; j++) {
                    partner[j] = .5 * (z[j] - partner[j]);
                }
                cells.residuals(unit, z, partner, onsetParts);
                for (int part = 0; part < target.length; part++) {
                    target[part] += onsetParts[part];
                }
            }
        }
    }

    /** Sets the partner to {@code 2 X cov(b, w_i) + sum_k cov(w_i, w_k) z_k}, 0 for missing cells. */
    private void setPartner(int unit, double[][] extended, int i) {
        Dimensions size = state.size;
        int p = size.coefficients();
        int row = (size.onPeriods() + i) * p;
        for (int k = 0; k < size.onPeriods(); k++) {
            products[k] = 2 * covariance[row + k];
        }
        Arrays.fill(partner, 0);
        CellBits bits = cells.bits(unit);
        Vectors.combine(products, 0, size, extended, bits.byArm(), partner);
        bits.clearMissing(partner);
        for (int k = 0; k < onsets.length; k++) {
            Vectors.addScaled(partner, 0, onsets[k], 0, covariance[row + size.onPeriods() + k], partner.length);
        }
    }
}
