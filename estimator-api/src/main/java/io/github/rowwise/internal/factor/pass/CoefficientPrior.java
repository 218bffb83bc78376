package io.github.rowwise.internal.factor.pass;

import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.PositiveDefinite;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.model.UnitGroup;
import java.util.stream.IntStream;

/**
 * Updates the prior mean and covariance of the units' coefficients, from the moments of their posteriors.
 *
 * <p>A unit informs only what its own cells compare. The levels are normal with moments from the units with control cells. The
 * effects given the levels are a regression on these, from the units that also have treated cells:
 *
 * <pre>
 * levels             b  ~ N(mu_b, S_bb)                           units with control cells
 * effects            d  = mu_d + B (b - mu_b) + N(0, R)           units with control and treated cells
 * trends             g  ~ N(0, diag(w^2)), independent            all units
 * </pre>
 *
 * <p>This is the maximum of the bound for monotone patterns of missing arms (Anderson 1957,
 * doi:10.1080/01621459.1957.10501379). Units that were never treated do not slow the convergence of R, and units that were
 * always treated, whose level and effect cannot be told apart, do not enter. B is shrunk to zero as if by a few more units
 * whose effects do not depend on their levels. With attributes of units, the means are regressions on them.
 */
public final class CoefficientPrior {

    /** Exponent of the determinants in the prior of S_bb and R while the form of the model is not settled. */
    public static final double SHRINKAGE = 3;

    /** Units that shrink B, per entry of the levels and one more. */
    private static final double RIDGE = 1;

    /** The exponent of the determinant of S_bb is at most this share of the units that inform it. */
    private static final double MAX_LEVELS_SHARE = 1 / 3.0;

    /** The same for R. A larger share would let R diverge when few units are treated. */
    private static final double MAX_EFFECTS_SHARE = 1 / 8.0;

    private final Dimensions size;
    private final CoefficientMoments[] groups;
    private final double minVariance;

    /** Indices of the levels without trends, and of the effects, among the coefficients. */
    private final int[] levels;

    private final int[] effects;

    /** Inverse of the prior covariance that the posteriors were computed with. */
    private final double[] formerPrecision;

    /** Logarithm of the determinant of the covariance of the effects given the levels, before the update. */
    private final double formerLogResidual;

    /** Change of the prior mean, and then of what each attribute adds to it. */
    private double[] shift = {};

    /** Terms of the bound that come from the prior of S_bb, R and B. */
    private double hyperprior;

    private CoefficientPrior(FactorState state, CoefficientMoments[] groups, double minVariance) {
        this.size = state.size;
        this.groups = groups;
        this.minVariance = minVariance;
        this.levels = IntStream.range(0, size.firstTrend()).toArray();
        this.effects = IntStream.range(size.levels(), size.coefficients()).toArray();
        int p = size.coefficients();
        this.formerPrecision = new double[p * p];
        double log = PositiveDefinite.invert(state.priorCovariance.clone(), p, formerPrecision);
        int[] all = IntStream.range(0, size.levels()).toArray();
        this.formerLogResidual =
                log - PositiveDefinite.logDeterminant(select(state.priorCovariance, p, all, all), all.length);
    }

    /**
     * Updates the prior of the state.
     *
     * @param groups moments by {@link UnitGroup}, of deviations from the state's prior mean
     * @param shrinkage exponent of the determinants in the prior of S_bb and R
     * @param referenceVariance for these determinants
     * @param minVariance is added to each variance
     */
    public static CoefficientPrior update(
            FactorState state,
            CoefficientMoments[] groups,
            double shrinkage,
            double referenceVariance,
            double minVariance) {
        CoefficientPrior prior = new CoefficientPrior(state, groups, minVariance);
        prior.update(state, shrinkage, referenceVariance);
        return prior;
    }

    /**
     * Returns the exponent of the determinants once the form of the model is settled, which allows for the degrees of freedom of the
     * covariances.
     */
    public static double lastShrinkage(Dimensions size, int units, int periods) {
        return shrinkage(Math.max(SHRINKAGE, size.coefficients() - size.trends() + 1.0), size, units, periods);
    }

    /** Returns an exponent that is not too large for the panel. */
    public static double shrinkage(double requested, Dimensions size, int units, int periods) {
        // A rotation transforms each block of coefficients on factors, and each block uses one degree of freedom. The
        // limit assumes at least two blocks.
        int blocks = Math.max(2, size.blocksOnFactors());
        return Math.min(requested, Math.min(units / 3.0, periods / (3.0 * blocks)));
    }

    private void update(FactorState state, double shrinkage, double referenceVariance) {
        int p = size.coefficients();
        int l = levels.length;
        int e = effects.length;
        CoefficientMoments both = groups[UnitGroup.BOTH];
        CoefficientMoments control = both.plus(groups[UnitGroup.CONTROL_ONLY]);
        // Each attribute takes one degree of freedom of either covariance.
        double ofLevels = Math.min(shrinkage, MAX_LEVELS_SHARE * control.units);
        double ofEffects = Math.min(shrinkage, MAX_EFFECTS_SHARE * both.units);
        double[] meanOfControl = control.regression();
        double[] meanOfBoth = both.regression();

        double[] bb = scaled(select(control.centred(meanOfControl), p, levels, levels), 1 / (control.units - ofLevels));
        addDiagonal(bb, l);
        double[] centred = both.centred(meanOfBoth);
        double ridge = RIDGE * (size.rank() + 2);
        double[] inner = plus(select(centred, p, levels, levels), scaled(bb, ridge));
        double[] regression =
                SmallMatrices.times(select(centred, p, effects, levels), PositiveDefinite.inverse(inner, l), e, l, l);
        double[] residual = scaled(
                minus(select(centred, p, effects, effects), congruence(regression, inner, e, l)),
                1 / (both.units - ofEffects));
        addDiagonal(SmallMatrices.symmetric(residual, e), e);
        double[] explained = congruence(regression, bb, e, l);

        shift = new double[meanOfControl.length];
        for (int from = 0; from < shift.length; from += p) {
            for (int i = 0; i < l; i++) {
                shift[from + levels[i]] = meanOfControl[from + levels[i]];
            }
            for (int k = 0; k < e; k++) {
                double sum = meanOfBoth[from + effects[k]];
                for (int i = 0; i < l; i++) {
                    sum += regression[k * l + i] * (meanOfControl[from + levels[i]] - meanOfBoth[from + levels[i]]);
                }
                shift[from + effects[k]] = sum;
            }
        }
        for (int i = 0; i < p; i++) {
            state.priorMean[i] += shift[i];
        }
        for (int at = p; at < shift.length; at++) {
            // What an attribute adds to effects on factors averages out over periods and would cost more than it tells.
            if (size.isEffectOnFactor(at % p)) {
                shift[at] = 0;
            }
            state.attributeEffects[at - p] += shift[at];
        }
        double[] covariance = new double[p * p];
        put(covariance, p, levels, levels, bb);
        double[] cross = SmallMatrices.times(regression, bb, e, l, l);
        put(covariance, p, effects, levels, cross);
        put(covariance, p, levels, effects, SmallMatrices.transposed(cross, e, l));
        put(covariance, p, effects, effects, plus(residual, explained));
        putTrends(covariance);
        state.priorCovariance = covariance;

        double logLevels = PositiveDefinite.logDeterminant(bb, l);
        double logResidual = PositiveDefinite.logDeterminant(residual, e);
        double penalty = .5 * ridge * SmallMatrices.inner(PositiveDefinite.inverse(residual, e), explained);
        hyperprior = .5 * ofLevels * (logLevels - l * Math.log(referenceVariance))
                + .5 * ofEffects * (logResidual - e * Math.log(referenceVariance))
                - penalty;
    }

    /** The trends have mean zero, so their variances are mean squares. */
    private void putTrends(double[] covariance) {
        int p = size.coefficients();
        for (int k = 0; k < size.trends(); k++) {
            int at = (size.firstTrend() + k) * (p + 1);
            double sum = 0;
            double units = 0;
            for (CoefficientMoments group : groups) {
                sum += group.products[at] + group.covariances[at];
                units += group.units;
            }
            covariance[at] = sum / units + minVariance;
        }
    }

    /** Returns the terms of the bound that come from the prior of S_bb, R and B. */
    public double hyperprior() {
        return hyperprior;
    }

    /**
     * Returns the divergence of the units' posteriors from the updated prior. For units that were never treated, it is that of
     * levels and trends: their effects have the prior's distribution by definition.
     */
    public double divergence(FactorState state, PanelCounts panel) {
        double sum = 0;
        for (int group = 0; group < UnitGroup.COUNT; group++) {
            boolean isUntreated = group == UnitGroup.CONTROL_ONLY;
            int[] of = IntStream.range(0, isUntreated ? size.levels() : size.coefficients())
                    .toArray();
            CoefficientMoments moments = groups[group];
            int p = size.coefficients();
            double[] about = moments.about(shift);
            double[] inverse = new double[of.length * of.length];
            double[] covariance = group == UnitGroup.NO_CONTROL
                    ? UnitBatch.diffuse(state.priorCovariance, panel)
                    : state.priorCovariance;
            double log = PositiveDefinite.invert(select(covariance, p, of, of), of.length, inverse);
            double logs = moments.logDeterminants - (isUntreated ? moments.units * formerLogResidual : 0);
            sum += .5
                    * (SmallMatrices.inner(inverse, select(about, p, of, of))
                            + moments.units * (log - of.length)
                            - logs);
        }
        return sum;
    }

    /**
     * Returns the chi-square statistic of the hypothesis that the mean of the onset coefficients is zero in every arm. It has as
     * many degrees of freedom as there are onset coefficients.
     */
    public double onsetStatistic(FactorState state) {
        int p = size.coefficients();
        CoefficientMoments control = groups[UnitGroup.BOTH].plus(groups[UnitGroup.CONTROL_ONLY]);
        double[] lost = SmallMatrices.congruence(formerPrecision, control.covariances, p);
        double[] information = new double[p * p];
        for (int k = 0; k < information.length; k++) {
            information[k] = control.units * formerPrecision[k] - lost[k];
        }
        int[] joint =
                IntStream.concat(IntStream.of(levels), IntStream.of(effects)).toArray();
        double[] selected = SmallMatrices.symmetric(select(information, p, joint, joint), joint.length);
        for (int i = 0; i < joint.length; i++) {
            // Keeps directions without information invertible.
            selected[i * joint.length + i] *= 1 + 1e-9;
        }
        int count = size.treatments() * size.onsets();
        int[] last = IntStream.range(joint.length - count, joint.length).toArray();
        double[] covariance = select(PositiveDefinite.inverse(selected, joint.length), joint.length, last, last);
        double[] mean = new double[count];
        System.arraycopy(state.priorMean, size.onPeriods(), mean, 0, count);
        return SmallMatrices.form(mean, PositiveDefinite.inverse(covariance, count), mean, count);
    }

    private void addDiagonal(double[] matrix, int n) {
        for (int i = 0; i < n; i++) {
            matrix[i * n + i] += minVariance;
        }
    }

    private static double[] congruence(double[] a, double[] b, int rows, int n) {
        return SmallMatrices.times(
                SmallMatrices.times(a, b, rows, n, n), SmallMatrices.transposed(a, rows, n), rows, n, rows);
    }

    private static double[] select(double[] matrix, int n, int[] rows, int[] columns) {
        double[] result = new double[rows.length * columns.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                result[i * columns.length + j] = matrix[rows[i] * n + columns[j]];
            }
        }
        return result;
    }

    private static void put(double[] matrix, int n, int[] rows, int[] columns, double[] values) {
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                matrix[rows[i] * n + columns[j]] = values[i * columns.length + j];
            }
        }
    }

    private static double[] scaled(double[] matrix, double factor) {
        double[] result = matrix.clone();
        for (int k = 0; k < result.length; k++) {
            result[k] *= factor;
        }
        return result;
    }

    private static double[] plus(double[] a, double[] b) {
        double[] result = a.clone();
        for (int k = 0; k < result.length; k++) {
            result[k] += b[k];
        }
        return result;
    }

    private static double[] minus(double[] a, double[] b) {
        double[] result = a.clone();
        for (int k = 0; k < result.length; k++) {
            result[k] -= b[k];
        }
        return result;
    }
}
