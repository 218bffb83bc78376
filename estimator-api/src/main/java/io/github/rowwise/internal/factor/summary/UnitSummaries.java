package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.assignment.EventTimes;
import io.github.rowwise.internal.average.GroupSums;
import io.github.rowwise.internal.average.SelectedCells;
import io.github.rowwise.internal.average.SelectionPass;
import io.github.rowwise.internal.factor.kernel.CellBits;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.NoiseUpdate;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.model.PeriodMoments;
import io.github.rowwise.internal.factor.pass.HuberClipping;
import io.github.rowwise.internal.factor.pass.UnitBatch;
import io.github.rowwise.internal.factor.pass.UnitLayouts;
import io.github.rowwise.internal.factor.pass.UnitSums;
import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.Sums;
import io.github.rowwise.internal.stats.EffectEstimates;
import io.github.rowwise.linalg.LinearAlgebra;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
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
public final class UnitSummaries implements SelectionPass {

    private static final int MIN_NOISE_DEGREES_OF_FREEDOM = 3;
    private static final double MAX_LEVERAGE = .5;

    private final PanelCounts panel;
    private final FactorState state;
    private final HuberClipping clipping;
    private final SummaryOptions options;
    private final PeriodMoments moments;
    private final PeriodMoments covariances;
    private final SharedUncertainty shared;
    private final ResidualAutocorrelation residualAutocorrelation;
    private final ArmNoise armNoise;
    private final @Nullable OnsetTimes onsets;
    private final FactorEffects effects;

    /** Cells to average over besides; {@code null} in the fit itself. */
    private final @Nullable SelectedCells selected;

    /** {@code null} unless units are selected by their estimates. */
    private final @Nullable PriorBootstrap bootstrap;

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
        this.shared = SharedUncertainty.of(
                state, posterior, panel.allUnits(), panel.view().present(), algebra);
        this.residualAutocorrelation = posterior.residualAutocorrelation();
        this.armNoise = posterior.armNoise();
        this.onsets = state.size.onsets() > 0 ? OnsetTimes.of(panel) : null;
        this.effects = new FactorEffects(panel.treatments(), panel.units());
        this.effects.averageDegreesOfFreedom =
                Math.max(FactorEffects.MIN_DEGREES_OF_FREEDOM, panel.allUnits() - jointCoefficients(state) - 1.0);
        this.effects.cells = options.cells() ? new CellVariances(state, onsets) : null;
        this.effects.onsets = onsets;
        this.selected = null;
        this.bootstrap = null;
    }

    /** Creates a pass over selected cells with the parameters of a fit. The effects of the units are computed again. */
    private UnitSummaries(UnitSummaries fit, PanelCounts panel, SelectedCells selected) {
        this.panel = panel;
        this.state = fit.state;
        this.clipping = fit.clipping;
        this.options = new SummaryOptions(fit.options.averaged(), false, fit.options.jackknife());
        this.moments = fit.moments;
        this.covariances = fit.covariances;
        this.shared = fit.shared;
        this.residualAutocorrelation = fit.residualAutocorrelation;
        this.armNoise = fit.armNoise;
        this.onsets = fit.onsets;
        this.effects = new FactorEffects(panel.treatments(), panel.units());
        this.effects.averageDegreesOfFreedom = fit.effects.averageDegreesOfFreedom;
        this.selected = selected;
        this.bootstrap = selected.isByEstimate() ? PriorBootstrap.of(panel, state) : null;
    }

    /** Runs the last pass of a fit. */
    public static UnitSummaries of(
            PanelCounts panel,
            LinearAlgebra algebra,
            FactorState state,
            HuberClipping clipping,
            SummaryOptions options) {
        return of(panel, algebra, state, clipping, options, () -> layouts(panel, options));
    }

    /** The jackknife leaves out periods, so that it needs all of them. */
    private static UnitLayouts layouts(PanelCounts panel, SummaryOptions options) {
        return options.jackknife() ? UnitLayouts.full(panel) : UnitLayouts.ofFewCells(panel);
    }

    static UnitSummaries of(
            PanelCounts panel,
            LinearAlgebra algebra,
            FactorState state,
            HuberClipping clipping,
            SummaryOptions options,
            Supplier<UnitLayouts> layouts) {
        PosteriorPass posterior = PosteriorPass.run(panel, state, clipping, layouts);
        UnitSummaries summaries = new UnitSummaries(panel, state, clipping, posterior, algebra, options);
        AverageSums sums = summaries.sums(layouts);
        SharedNoise noise = new SharedNoise(state, panel.controlCells());
        sums.finish(summaries.effects, state, summaries.shared, noise, panel.allUnits());
        scaleCoefficients(panel, state);
        summaries.effects.setCovariates(state.covariateCoefficients, summaries.covariateVariances());
        summaries.effects.setAttributes(summaries.attributeSlopes());
        if (!summaries.hasStandardErrors()) {
            summaries.effects.removeVariances();
        }
        return summaries;
    }

    private AverageSums sums(Supplier<UnitLayouts> layouts) {
        int parameters = SharedParameters.of(state).count();
        int groups = selected == null ? 0 : selected.groups();
        return panel.view()
                .runner()
                .reduceBlocks(
                        () -> new ByLayout<>(layouts.get(), Batch::new),
                        (scratch, block) -> {
                            AverageSums sum = new AverageSums(state.size, panel.periods(), parameters, groups);
                            scratch.forEach(block, (batch, rows, count) -> batch.add(sum, block, rows, count));
                            return sum;
                        },
                        AverageSums::add);
    }

    /** Returns the effects of the units. */
    public FactorEffects effects() {
        return effects;
    }

    @Override
    public GroupSums run(PassRunner runner, SelectedCells cells) {
        UnitSummaries pass = new UnitSummaries(this, panel.withRunner(runner), cells);
        SelectedSums sums = pass.sums(() -> layouts(panel, options)).selected();
        return new SelectedAverages(
                sums,
                state,
                shared,
                new SharedNoise(state, panel.controlCells()),
                FactorEffects.inflation(jointCoefficients(state), panel.allUnits()),
                effects.averageDegreesOfFreedom,
                hasStandardErrors(),
                cells.isByEstimate(),
                pass.bootstrap);
    }

    private boolean hasStandardErrors() {
        return hasStandardErrors(panel.allUnits(), panel.view().present().length);
    }

    /**
     * Returns whether there is enough noise to estimate its variance: what the levels, the effects and the period effects leave
     * of the cells of a complete panel. A level and an effect describe any two periods exactly.
     */
    public static boolean hasStandardErrors(int units, int periods) {
        return periods > 2 && (units - 1) * (periods - 1.0) - units >= MIN_NOISE_DEGREES_OF_FREEDOM;
    }

    /** Expresses the coefficients in units of the outcome. */
    private static void scaleCoefficients(PanelCounts panel, FactorState state) {
        int p = state.size.coefficients();
        for (int at = 0; at < state.coefficients.length; at++) {
            state.coefficients[at] *= panel.unitScale(at / p);
        }
    }

    /** Returns the number of coefficients whose prior mean and covariance are estimated. */
    private static int jointCoefficients(FactorState state) {
        return state.size.coefficients() - state.size.trends();
    }

    private List<AttributeSlopes> attributeSlopes() {
        List<AttributeSlopes> byArm = new ArrayList<>();
        for (int arm = 1; arm < state.size.arms() && state.attributes() > 0; arm++) {
            byArm.add(attributeSlopes(arm));
        }
        return List.copyOf(byArm);
    }

    private AttributeSlopes attributeSlopes(int arm) {
        int terms = state.size.onsets();
        double[] sums = new double[terms + 2];
        for (int unit = 0; unit < panel.units(); unit++) {
            if (options.averaged().get(arm - 1).get(unit)) {
                OnsetTimes times = onsets;
                for (int term = 0; times != null && term < terms; term++) {
                    sums[term] += times.average(arm, unit, term);
                }
                sums[terms] += panel.unitScale(unit);
                sums[terms + 1]++;
            }
        }
        double[] all = panel.runner().allReduce(sums, Sums::add);
        double[] averages = new double[terms + 1];
        Arrays.setAll(averages, k -> all[k] / Math.max(1, all[terms + 1]));
        return AttributeSlopes.of(
                state,
                shared,
                FactorEffects.inflation(jointCoefficients(state), panel.allUnits()),
                arm,
                shared.allPeriods(),
                Arrays.copyOf(averages, terms),
                averages[terms]);
    }

    /** Returns the sampling variances of the covariates' coefficients. */
    private double[] covariateVariances() {
        SharedParameters all = SharedParameters.of(state);
        double[] variances = new double[all.covariates()];
        Arrays.setAll(variances, k -> shared.meanCovariance()[(all.coefficients() + k) * (all.count() + 1)]);
        return variances;
    }

    /** Memory for units of one layout. */
    private final class Batch {

        private final int e = state.size.effects();
        private final int p = state.size.coefficients();
        private final SharedParameters sharedParameters = SharedParameters.of(state);
        private final int parameters = sharedParameters.count();
        private final double inflation = FactorEffects.inflation(jointCoefficients(state), panel.allUnits());
        private final UnitBatch units;
        private final UnitSums covarianceSums;
        private final double[] parts = new double[3];
        private final EffectUncertainty all = new EffectUncertainty(p, state.size.armCoefficients());
        private final EffectUncertainty uncertainty = new EffectUncertainty(p, e);
        private final double[][] onsetCurves = onsets == null ? new double[0][] : onsets.curves();
        private final double[] terms = new double[state.size.onsets()];
        private final ResidualAutocorrelation.VarianceChange innovations;
        private final PeriodAverages averages;
        private final int[] times = new int[panel.periods()];
        private final int[] columns = IntStream.range(0, panel.periods()).toArray();
        private final double[] weights;
        private final double[] cellWeights;
        private final double[] average = new double[e];
        private final double[] covariance = new double[e * e];
        private final double[] shares = new double[state.size.arms() * AverageSums.shareWidth(state.size)];
        private final @Nullable SelectedDirections directions = selected == null
                ? null
                : new SelectedDirections(selected, state, onsets, panel.view().present());
        private final @Nullable BlockJackknife jackknife = options.jackknife()
                ? new BlockJackknife(
                        new UnitBatch(panel, state, clipping, moments, shared.priorPrecision()), panel.periods(), p)
                : null;

        Batch(int slots) {
            this.units = new UnitBatch(panel, state, clipping, moments, shared.priorPrecision(), slots);
            this.covarianceSums = new UnitSums(state.size, panel, units.capacity());
            this.innovations = residualAutocorrelation.new VarianceChange(state, slots);
            this.averages = new PeriodAverages(state, units.capacity());
            this.weights = new double[slots];
            this.cellWeights = new double[slots];
        }

        void add(AverageSums sums, RowBlock block, int[] rows, int rowCount) {
            for (int first = 0; first < rowCount; first += units.capacity()) {
                int count = Math.min(units.capacity(), rowCount - first);
                units.compute(block, rows, first, count);
                covarianceSums.compute(covariances, units.cells, count);
                averages.compute(units.cells, count);
                for (int unit = 0; unit < count; unit++) {
                    units.select(unit);
                    summarise(unit, block, rows[first + unit], sums);
                    sums.addShares(block, rows[first + unit], shares);
                }
            }
        }

        private void summarise(int unit, RowBlock block, int row, AverageSums sums) {
            int index = block.firstRow() + row;
            double leverage = leverage(unit, index);
            double effectiveParameters = SmallMatrices.inner(units.gram, units.covariance) / state.noise[index];
            double degreesOfFreedom = NoiseUpdate.VARIANCE_WEIGHT + panel.cells()[index] - effectiveParameters;
            double[] resampled = jackknife == null ? null : jackknife.covariance(units.cells, unit, index);
            int blocks = jackknife == null || resampled == null ? 0 : jackknife.blocks;
            Arrays.fill(shares, 0);
            for (int arm = 1; arm < state.size.arms(); arm++) {
                double[] d = averageEffects(arm, index);
                boolean isAveraged = options.averaged().get(arm - 1).get(index);
                all.set(units, state.size, arm, state.noise[index], leverage, resampled);
                if (parameters > p) {
                    all.addShared(
                            sharedParameters,
                            units,
                            unit,
                            state.size,
                            arm,
                            panel.view().attributes(),
                            index);
                }
                scale(d, all, panel.unitScale(index));
                uncertainty.average(all, terms);
                if (isAveraged) {
                    EventTimes.label(block.arms(), row * panel.periods(), arm, columns, times);
                    sums.eventTimes(arm).add(times, moments, onsetCurves, d, all);
                    sums.add(arm, uncertainty);
                }
                if (effects.cells != null) {
                    effects.cells.set(arm, index, all, shared.meanCovariance(), inflation);
                }
                Unit target = new Unit(index, unit, arm, d, degreesOfFreedom, blocks, isAveraged);
                if (bootstrap != null) {
                    bootstrap.keep(units, index);
                }
                if (directions != null && (isAveraged || directions.isByEstimate())) {
                    SelectedSums.Shift shift = shift(target);
                    if (isAveraged) {
                        sums.selected().all(arm, 0).add(shift, 1);
                        sums.selected().all(arm, GroupSums.OVER_CELLS).add(shift, panel.cells(index, arm));
                    }
                    if (directions.group(index) >= 0) {
                        addSelected(target, directions, block.arms(), row * panel.periods(), shift, sums.selected());
                    }
                }
                estimate(target, 0, shared.allPeriods(), shared.allPeriodsCovariance(), sums);
                for (int estimand = 1; estimand < EffectEstimates.ESTIMANDS; estimand++) {
                    int periodArm = estimand == 1 ? arm : 0;
                    int cells = panel.cells(index, periodArm);
                    if (cells == 0) {
                        effects.values[arm - 1][estimand][index] = Double.NaN;
                        effects.variances[arm - 1][estimand][index] = Double.NaN;
                        continue;
                    }
                    averages.set(unit, periodArm, cells, average, covariance);
                    estimate(target, estimand, average, covariance, sums);
                    int start = periodArm * AverageSums.shareWidth(state.size)
                            + AverageSums.shareStart(state.size, arm, estimand);
                    for (int k = 0; isAveraged && k < e; k++) {
                        shares[start + k] = d[k] / cells;
                    }
                    if (isAveraged && estimand == 1) {
                        int overCells = periodArm * AverageSums.shareWidth(state.size)
                                + AverageSums.shareStart(state.size, arm, FactorEffects.OVER_CELLS);
                        System.arraycopy(d, 0, shares, overCells, e);
                    }
                }
            }
        }

        /**
         * Sets the average onset terms of the selected unit, and returns its effects on the constant and on the factors at these
         * terms.
         */
        private double[] averageEffects(int arm, int index) {
            int first = state.size.firstEffect(arm);
            double[] d = Arrays.copyOfRange(units.mean, first, first + e);
            OnsetTimes of = onsets;
            for (int term = 0; of != null && term < terms.length; term++) {
                terms[term] = of.average(arm, index, term);
                d[0] += terms[term] * units.mean[state.size.firstOnset(arm) + term];
            }
            return d;
        }

        /** Expresses the effects in units of the outcome. */
        private void scale(double[] d, EffectUncertainty ofAll, double unitScale) {
            if (unitScale != 1) {
                for (int k = 0; k < d.length; k++) {
                    d[k] *= unitScale;
                }
                ofAll.scale(unitScale);
            }
        }

        private double leverage(int unit, int index) {
            units.moments.setFromMeans(units.mean);
            covarianceSums.fits(unit, units.moments, parts);
            double share = NoiseUpdate.whitened(parts, state.correlation[index])
                    / (Math.max(1, panel.cells()[index]) * state.noise[index]);
            return Math.max(0, Math.min(MAX_LEVERAGE, share));
        }

        /**
         * Sets the weights of the noise of the unit's cells in an average, before whitening.
         *
         * @param columns posterior covariance of all coefficients with the vector that the direction is multiplied by
         */
        private void setWeights(Unit target, double[] columns, double[] direction) {
            Arrays.fill(weights, 0);
            units.addFit(target.row, SmallMatrices.times(columns, direction, p, direction.length, 1), weights);
        }

        /** Returns what the selected unit says of the mean effect of units like it. */
        private SelectedSums.Shift shift(Unit target) {
            SelectedSums.Shift shift = new SelectedSums.Shift();
            int at = state.size.firstEffect(target.arm);
            shift.weight = 1;
            shift.squares = 1;
            double[] prior = state.priorMean.clone();
            if (state.attributes() > 0) {
                state.addAttributes(panel.view().attributes(), target.index, prior);
            }
            shift.deviation = units.mean[at] - prior[at];
            shift.retained = 1 - all.sensitivity[at * all.length()] / panel.unitScale(target.index);
            shift.variance = Math.max(0, state.priorCovariance[at * (p + 1)] - units.covariance[at * (p + 1)]);
            return shift;
        }

        /** Adds the averages of a unit over selected cells. */
        private void addSelected(
                Unit target,
                SelectedDirections over,
                byte[] arms,
                int start,
                SelectedSums.Shift shift,
                SelectedSums sums) {
            double[] coefficients = new double[all.length()];
            for (int k = 0; k < coefficients.length; k++) {
                coefficients[k] = panel.unitScale(target.index) * units.mean[state.size.armCoefficient(target.arm, k)];
            }
            double unitFreedom = target.blocks > 0 ? target.blocks - 1.0 : Math.max(1, target.degreesOfFreedom);
            for (int average = 0; average < GroupSums.AVERAGES; average++) {
                int within = average == 0 ? RowBlock.MISSING : average == 2 ? 0 : target.arm;
                int cells = over.average(target.index, target.arm, within, arms, start);
                if (cells == 0) {
                    continue;
                }
                double weight = over.weight(target.index) * (average == GroupSums.OVER_CELLS ? cells : 1);
                double[] direction = over.direction;
                int k = direction.length;
                SelectedSums.Entry entry = sums.entry(target.arm, average, over.group(target.index));
                if (bootstrap != null && average == 0) {
                    bootstrap.keep(target.arm, target.index, direction);
                }
                setWeights(target, all.columns, direction);
                double ofNoise = target.blocks > 0 ? 0 : changeOfNoise(target);
                double variance = weight
                        * weight
                        * (SmallMatrices.form(direction, all.unitCovariance, direction, k) + ofNoise / inflation);
                units.cells.whitened(target.row, weights, state.correlation[target.index], cellWeights);
                entry.units++;
                entry.weight += weight;
                entry.value += weight * Vectors.inner(direction, coefficients);
                entry.unitVariance += variance;
                entry.spread += variance * variance / unitFreedom;
                entry.shift.add(shift, weight);
                double[] sensitivity = SmallMatrices.times(all.sensitivity, direction, parameters, k, 1);
                Vectors.addScaled(entry.sensitivity, 0, sensitivity, 0, weight, parameters);
                units.cells.addToPeriods(
                        target.row, weight / state.noise[target.index], cellWeights, entry.cellWeights);
                over.addShares(weight / cells, target.d, entry.shares);
            }
        }

        /** Returns the change of the variance that noise causes which is not as the model has it. */
        private double changeOfNoise(Unit target) {
            CellBits bits = units.cells.bits(target.row);
            double serial = innovations.variance(bits, units.cells.periods(target.row), weights, target.index);
            return serial + armNoise.change(innovations.weights(), bits, panel, target.index);
        }

        /**
         * Computes one average effect of a unit.
         *
         * @param direction average of (1, f_j) over the periods
         * @param directionCovariance posterior covariance of the direction
         */
        private void estimate(
                Unit target, int estimand, double[] direction, double[] directionCovariance, AverageSums sums) {
            double value = 0;
            for (int a = 0; a < e; a++) {
                value += direction[a] * target.d[a];
            }
            double unitVariance = SmallMatrices.form(direction, uncertainty.unitCovariance, direction, e);
            double[] sensitivity = SmallMatrices.times(uncertainty.sensitivity, direction, parameters, e, 1);
            double common = SmallMatrices.form(sensitivity, shared.meanCovariance(), sensitivity, parameters);
            double factors =
                    state.size.constantEffects() ? 0 : SmallMatrices.form(target.d, directionCovariance, target.d, e);
            // The jackknife accounts for autocorrelation itself.
            setWeights(target, uncertainty.columns, direction);
            double ofNoise = target.blocks > 0 ? 0 : changeOfNoise(target);
            double variance = inflation * (unitVariance + common) + ofNoise + factors;
            effects.values[target.arm - 1][estimand][target.index] = value;
            effects.variances[target.arm - 1][estimand][target.index] = variance;
            double maxDegreesOfFreedom = Math.max(1, panel.allUnits() - jointCoefficients(state) - 1.0);
            // Both the prior covariance and the unit's noise variance are estimated.
            double degreesOfFreedom = 1 / (1 / maxDegreesOfFreedom + 1 / Math.max(1, target.degreesOfFreedom));
            if (target.blocks > 0) {
                double sampled =
                        inflation * SmallMatrices.form(direction, uncertainty.samplingCovariance, direction, e);
                degreesOfFreedom = satterthwaite(
                        sampled,
                        target.blocks - 1.0,
                        variance - sampled,
                        Math.max(FactorEffects.MIN_DEGREES_OF_FREEDOM, maxDegreesOfFreedom));
            }
            effects.degreesOfFreedom[target.arm - 1][estimand][target.index] =
                    Math.max(FactorEffects.MIN_DEGREES_OF_FREEDOM, degreesOfFreedom);
            if (target.isAveraged) {
                double independentVariance = unitVariance + ofNoise / inflation;
                sums.add(target.arm, estimand, 1, value, independentVariance, sensitivity, target.d);
                units.cells.whitened(target.row, weights, state.correlation[target.index], cellWeights);
                double precision = 1 / state.noise[target.index];
                sums.addCells(target.arm, estimand, precision, cellWeights, units.cells, target.row);
                if (estimand == 1) {
                    double cells = panel.cells(target.index, target.arm);
                    sums.addCells(
                            target.arm,
                            FactorEffects.OVER_CELLS,
                            cells * precision,
                            cellWeights,
                            units.cells,
                            target.row);
                    sums.add(
                            target.arm,
                            FactorEffects.OVER_CELLS,
                            cells,
                            value,
                            independentVariance,
                            sensitivity,
                            target.d);
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
     * @param degreesOfFreedom degrees of freedom of the unit's noise variance
     * @param blocks number of blocks of the jackknife; 0 without a jackknife
     * @param isAveraged whether averages over units include the unit
     */
    private record Unit(
            int index, int row, int arm, double[] d, double degreesOfFreedom, int blocks, boolean isAveraged) {}
}
