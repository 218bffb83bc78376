package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.assignment.EventTimes;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.NoiseUpdate;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.model.PeriodMoments;
import io.github.rowwise.internal.factor.pass.HuberClipping;
import io.github.rowwise.internal.factor.pass.UnitBatch;
import io.github.rowwise.internal.factor.pass.UnitSums;
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.stats.EffectEstimates;
import io.github.rowwise.linalg.LinearAlgebra;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The last pass of the factor model: each unit's average effects and their variances.
 *
 * <p>An average over a set of periods is {@code c'd_ai}, where c is the average of (1, f_j) over the periods. Its
 * variance is the sum of
 *
 * <ul>
 *   <li>the posterior variance of the coefficients, given all else;
 *   <li>the variance of the prior mean, which is estimated from all units;
 *   <li>the increase of the unit's noise that is due to the uncertainty of the factors (leverage);
 *   <li>the change that is due to remaining autocorrelation of the innovations;
 *   <li>the variance of the factors in c, if effects vary with the factors.
 * </ul>
 */
public final class UnitSummaries {

    private static final double MOST_LEVERAGE = .5;
    private static final double LEAST_FREEDOM = 4;

    private final PanelCounts panel;
    private final FactorState state;
    private final HuberClipping clipping;
    private final SummaryOptions options;
    private final PeriodMoments moments;
    private final PeriodMoments covariances;
    private final SharedUncertainty shared;
    private final ResidualAutocorrelation left;
    private final FactorEffects effects;

    private UnitSummaries(
            PanelCounts panel,
            FactorState state,
            HuberClipping clipping,
            PosteriorPass posterior,
            LinearAlgebra algebra,
            SummaryOptions options) {
        this.panel = panel;
        this.state = state;
        this.clipping = clipping;
        this.options = options;
        this.moments = PeriodMoments.of(state, panel.correlated());
        this.covariances = PeriodMoments.ofCovariances(state, panel.correlated());
        this.shared = SharedUncertainty.of(state, panel.allUnits(), posterior.covariances, algebra);
        this.left = posterior.left();
        this.effects = new FactorEffects(panel.treatments(), panel.units());
        this.effects.averageFreedom = Math.max(LEAST_FREEDOM, panel.allUnits() - state.size.coefficients() - 1.0);
        this.effects.cells = options.cells() ? new CellVariances(state) : null;
    }

    public static FactorEffects of(
            PanelCounts panel,
            LinearAlgebra algebra,
            FactorState state,
            HuberClipping clipping,
            SummaryOptions options) {
        PosteriorPass posterior = PosteriorPass.run(panel, state, clipping);
        UnitSummaries summaries = new UnitSummaries(panel, state, clipping, posterior, algebra, options);
        AverageSums sums =
                panel.view().runner().reduceBlocks(() -> summaries.new Scratch(), Scratch::block, AverageSums::add);
        sums.finish(summaries.effects, state, summaries.shared, panel.allUnits());
        return summaries.effects;
    }

    private final class Scratch implements PassScratch {

        private final int e = state.size.effects();
        private final int p = state.size.coefficients();
        private final double inflation = FactorEffects.inflation(p, panel.allUnits());
        private final UnitBatch units = new UnitBatch(panel, state, clipping, moments, shared.priorPrecision());
        private final UnitSums uncertain = new UnitSums(state.size, panel, units.most());
        private final double[] parts = new double[3];
        private final EffectUncertainty uncertainty = new EffectUncertainty(state.size);
        private final ResidualAutocorrelation.Added innovations = left.new Added(state);
        private final PeriodAverages averages = new PeriodAverages(state, units.most());
        private final int[] times = new int[panel.periods()];
        private final double[] average = new double[e];
        private final double[] covariance = new double[e * e];
        private final double[] shares = new double[state.size.arms() * AverageSums.shareWidth(state.size)];
        private final @Nullable BlockJackknife jackknife = options.jackknife()
                ? new BlockJackknife(
                        new UnitBatch(panel, state, clipping, moments, shared.priorPrecision()), panel.periods(), p)
                : null;

        AverageSums block(RowBlock block) {
            AverageSums sums = new AverageSums(state.size, panel.periods());
            for (int first = 0; first < block.rows(); first += units.most()) {
                int count = Math.min(units.most(), block.rows() - first);
                units.compute(block, first, count);
                uncertain.compute(covariances, units.cells, count);
                averages.compute(units.cells, count);
                for (int unit = 0; unit < count; unit++) {
                    units.open(unit);
                    summarise(unit, block, first + unit, sums);
                    sums.addShares(block, first + unit, shares);
                }
            }
            return sums;
        }

        private void summarise(int unit, RowBlock block, int row, AverageSums sums) {
            int index = block.firstRow() + row;
            double leverage = leverage(unit, index);
            double used = SmallMatrices.inner(units.gram, units.covariance) / state.noise[index];
            double freedom = NoiseUpdate.VARIANCE_WEIGHT + panel.cells()[index] - used;
            double[] resampled = jackknife == null ? null : jackknife.covariance(units.cells, unit, index);
            int blocks = jackknife == null || resampled == null ? 0 : jackknife.blocks;
            Arrays.fill(shares, 0);
            for (int arm = 1; arm < state.size.arms(); arm++) {
                int first = state.size.firstEffect(arm);
                double[] d = Arrays.copyOfRange(units.mean, first, first + e);
                boolean counts = options.averaged().get(arm - 1).get(index);
                uncertainty.set(units, first, shared.priorPrecision(), state.noise[index], leverage, resampled);
                if (counts) {
                    EventTimes.label(block.arms(), row * panel.periods(), arm, times);
                    sums.add(arm, times, moments, d, uncertainty);
                }
                if (effects.cells != null) {
                    effects.cells.set(arm, index, uncertainty, shared.meanCovariance(), inflation);
                }
                Unit of = new Unit(index, unit, arm, d, freedom, blocks, counts);
                estimate(of, 0, shared.everyPeriod(), shared.everyPeriodCovariance(), sums);
                for (int estimand = 1; estimand < EffectEstimates.ESTIMANDS; estimand++) {
                    int where = estimand == 1 ? arm : 0;
                    int cells = panel.cells(index, where);
                    if (cells == 0) {
                        effects.values[arm - 1][estimand][index] = Double.NaN;
                        effects.variances[arm - 1][estimand][index] = Double.NaN;
                        continue;
                    }
                    averages.set(unit, where, cells, average, covariance);
                    estimate(of, estimand, average, covariance, sums);
                    int start = where * AverageSums.shareWidth(state.size)
                            + AverageSums.shareStart(state.size, arm, estimand);
                    for (int k = 0; counts && k < e; k++) {
                        shares[start + k] = d[k] / cells;
                    }
                    if (counts && estimand == 1) {
                        int overCells = where * AverageSums.shareWidth(state.size)
                                + AverageSums.shareStart(state.size, arm, FactorEffects.OVER_CELLS);
                        System.arraycopy(d, 0, shares, overCells, e);
                    }
                }
            }
        }

        private double leverage(int unit, int index) {
            units.moments.dropCovariances(units.mean);
            uncertain.fits(unit, units.moments, parts);
            double share = NoiseUpdate.whitened(parts, state.correlation[index])
                    / (Math.max(1, panel.cells()[index]) * state.noise[index]);
            return Math.max(0, Math.min(MOST_LEVERAGE, share));
        }

        /**
         * Computes one average effect of a unit.
         *
         * @param direction average of (1, f_j) over the periods
         * @param directionCovariance posterior covariance of the direction
         */
        private void estimate(
                Unit of, int estimand, double[] direction, double[] directionCovariance, AverageSums sums) {
            double value = 0;
            for (int a = 0; a < e; a++) {
                value += direction[a] * of.d[a];
            }
            double own = SmallMatrices.form(direction, uncertainty.own, direction, e);
            double[] pull = SmallMatrices.times(uncertainty.pull, direction, p, e, 1);
            double common = SmallMatrices.form(pull, shared.meanCovariance(), pull, p);
            double factors = state.size.constantEffects() ? 0 : SmallMatrices.form(of.d, directionCovariance, of.d, e);
            // The jackknife accounts for autocorrelation itself.
            double serial = of.blocks > 0
                    ? 0
                    : innovations.variance(
                            units.cells.bits(of.row),
                            SmallMatrices.times(uncertainty.columns, direction, p, e, 1),
                            of.index);
            double variance = inflation * (own + common) + serial + factors;
            effects.values[of.arm - 1][estimand][of.index] = value;
            effects.variances[of.arm - 1][estimand][of.index] = variance;
            double most = Math.max(1, panel.allUnits() - p - 1.0);
            // Both the prior covariance and the unit's noise variance are estimated.
            double freedom = 1 / (1 / most + 1 / Math.max(1, of.freedom));
            if (of.blocks > 0) {
                double sampled = inflation * SmallMatrices.form(direction, uncertainty.sampled, direction, e);
                freedom = satterthwaite(sampled, of.blocks - 1.0, variance - sampled, Math.max(LEAST_FREEDOM, most));
            }
            effects.freedom[of.arm - 1][estimand][of.index] = Math.max(LEAST_FREEDOM, freedom);
            if (of.counts) {
                double alone = own + serial / inflation;
                sums.add(of.arm, estimand, 1, value, alone, pull, of.d);
                if (estimand == 1) {
                    double cells = panel.cells(of.index, of.arm);
                    sums.add(of.arm, FactorEffects.OVER_CELLS, cells, value, alone, pull, of.d);
                }
            }
        }
    }

    /** Returns the degrees of freedom of a sum of two variances (Satterthwaite's approximation). */
    private static double satterthwaite(double first, double firstFreedom, double second, double secondFreedom) {
        double total = first + second;
        return total * total / (first * first / firstFreedom + second * second / secondFreedom);
    }

    /**
     * A unit in one arm.
     *
     * @param row index within the batch
     * @param freedom degrees of freedom of the unit's noise variance
     * @param blocks number of blocks of the jackknife; 0 without a jackknife
     * @param counts whether averages over units include the unit
     */
    private record Unit(int index, int row, int arm, double[] d, double freedom, int blocks, boolean counts) {}
}
