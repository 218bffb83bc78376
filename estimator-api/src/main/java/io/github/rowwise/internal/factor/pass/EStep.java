package io.github.rowwise.internal.factor.pass;

import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.PositiveDefinite;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.NoiseUpdate;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.model.PeriodMoments;
import io.github.rowwise.internal.factor.model.UnitGroup;
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.RowBlock;
import java.io.Serializable;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The E-step: one pass over the panel that computes each unit's posterior and noise parameters, and the sums that the
 * M-step of the factors needs. Each batch of units is read once and used for both.
 */
public final class EStep {

    /** Result of the pass. */
    public static final class Result {

        public final double[] noise;
        public final double[] correlation;
        public final double[] coefficients;

        /** Expected squared whitened residuals of each unit, given its new autocorrelation. */
        public final double[] residuals;

        /** Moments of the coefficients by {@link UnitGroup}. */
        public CoefficientMoments[] moments;

        public PeriodSums periods;

        /** Information and then the score of the covariates' coefficients, summed over units. */
        public double[] covariates = {};

        /** Creates a result with the noise parameters of the state, which units outside a sample keep. */
        Result(FactorState state) {
            int units = state.units();
            int p = state.size.coefficients();
            this.noise = state.noise.clone();
            this.correlation = state.correlation.clone();
            this.coefficients = new double[units * p];
            this.residuals = new double[units];
            this.moments = CoefficientMoments.byGroup(p, 1 + state.attributes());
            this.periods = new PeriodSums(new Dimensions(0, 0, true, 1, 0), 0, false);
        }
    }

    /** Sums over the units of a block. */
    private static final class BlockSums implements Serializable {

        private static final long serialVersionUID = 1;

        private final CoefficientMoments[] moments;
        private final PeriodSums periods;
        private final double[] covariates;

        /**
         * Receives the arrays of sums that have been merged, so that the next block reuses memory that is still in the
         * cache. Not serialised.
         */
        private final transient @Nullable Queue<PeriodSums> recycled;

        BlockSums(CoefficientMoments[] moments, PeriodSums periods, int covariateCount, Queue<PeriodSums> recycled) {
            this.covariates = new double[covariateCount * (covariateCount + 1)];
            this.moments = moments;
            this.periods = periods;
            this.recycled = recycled;
        }

        BlockSums add(BlockSums later) {
            for (int group = 0; group < moments.length; group++) {
                moments[group].add(later.moments[group]);
            }
            periods.add(later.periods);
            Vectors.add(covariates, later.covariates);
            if (later.recycled != null) {
                later.periods.clear();
                later.recycled.add(later.periods);
            }
            return this;
        }
    }

    private final PanelCounts panel;
    private final FactorState state;
    private final HuberClipping clipping;
    private final PeriodMoments periodMoments;
    private final double[] priorPrecision;
    private final Result result;

    /** Slots per unit of the sparse layouts; empty if all units have the full layout. */
    private final int[] sparseSlots;

    private final Queue<PeriodSums> recycled = new ConcurrentLinkedQueue<>();

    private EStep(PanelCounts panel, FactorState state, HuberClipping clipping, int[] sparseSlots) {
        this.panel = panel;
        this.sparseSlots = sparseSlots;
        this.state = state;
        this.clipping = clipping;
        this.periodMoments = PeriodMoments.of(state, panel.correlated());
        this.priorPrecision = PositiveDefinite.inverse(state.priorCovariance, state.size.coefficients());
        this.result = new Result(state);
    }

    /** Runs the pass. */
    public static Result run(PanelCounts panel, FactorState state, HuberClipping clipping) {
        return run(panel, state, clipping, UnitCells.sparseSlots(panel));
    }

    static Result run(PanelCounts panel, FactorState state, HuberClipping clipping, int[] sparseSlots) {
        EStep pass = new EStep(panel, state, clipping, sparseSlots);
        BlockSums sums = panel.view().runner().reduceBlocks(() -> pass.new Scratch(), Scratch::block, BlockSums::add);
        pass.result.moments = sums.moments;
        pass.result.periods = sums.periods;
        pass.result.covariates = sums.covariates;
        return pass.result;
    }

    private final class Scratch implements PassScratch {

        /** By layout: the sparse ones, then the full one. */
        private final @Nullable Batch[] batches = new Batch[sparseSlots.length + 1];

        private final UnitLayouts layouts = new UnitLayouts(panel, sparseSlots);

        BlockSums block(RowBlock block) {
            PeriodSums reused = recycled.poll();
            BlockSums sums = new BlockSums(
                    CoefficientMoments.byGroup(state.size.coefficients(), 1 + state.attributes()),
                    reused == null ? new PeriodSums(state.size, panel.periods(), panel.correlated()) : reused,
                    state.covariateCoefficients.length,
                    recycled);
            for (int layout = 0; layout < batches.length; layout++) {
                int count = layouts.list(block, layout);
                if (count > 0) {
                    batch(layout).add(sums, block, layouts.rows(), count);
                }
            }
            return sums;
        }

        private Batch batch(int layout) {
            Batch batch = batches[layout];
            if (batch == null) {
                batch = new Batch(layouts.slots(layout));
                batches[layout] = batch;
            }
            return batch;
        }
    }

    /** Memory for units of one layout. */
    private final class Batch {

        private final UnitBatch units;
        private final UnitMoments moments;
        private final double[] residuals = new double[3];
        private final double[] priorMean = new double[state.priorMean.length];

        Batch(int slots) {
            units = new UnitBatch(panel, state, clipping, periodMoments, priorPrecision, slots);
            moments = new UnitMoments(state.size, panel, units.capacity(), slots);
        }

        void add(BlockSums sums, RowBlock block, int[] rows, int rowCount) {
            for (int from = 0; from < rowCount; from += units.capacity()) {
                int count = Math.min(units.capacity(), rowCount - from);
                units.compute(block, rows, from, count);
                for (int unit = 0; unit < count; unit++) {
                    int index = units.index(unit);
                    finish(unit, index);
                    sums.moments[panel.group(index)].add(
                            units, priorMean(index), panel.view().attributes(), index);
                    if (sums.covariates.length > 0) {
                        UnitCovariates of = units.covariates(unit);
                        Vectors.addScaled(sums.covariates, 0, of.information, 0, 1, of.information.length);
                        Vectors.addScaled(sums.covariates, of.information.length, of.score, 0, 1, of.score.length);
                    }
                }
                moments.addTo(sums.periods, units, count, result.noise, result.correlation);
            }
        }

        private double[] priorMean(int index) {
            if (state.attributes() == 0) {
                return state.priorMean;
            }
            System.arraycopy(state.priorMean, 0, priorMean, 0, priorMean.length);
            state.addAttributes(panel.view().attributes(), index, priorMean);
            return priorMean;
        }

        private void finish(int unit, int index) {
            units.select(unit);
            units.subtractOnsets(unit);
            units.expectedResiduals(unit, residuals);
            NoiseUpdate.update(state, panel, index, residuals, state.noise[index], result.noise, result.correlation);
            double correlation = result.correlation[index];
            result.residuals[index] = panel.correlated() ? NoiseUpdate.whitened(residuals, correlation) : residuals[0];
            System.arraycopy(units.mean, 0, result.coefficients, index * units.mean.length, units.mean.length);
            moments.set(unit, units.mean, units.covariance, units.moments, result.noise[index], correlation);
        }
    }
}
