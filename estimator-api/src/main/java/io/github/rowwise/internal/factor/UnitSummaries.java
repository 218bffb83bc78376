package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.PassScratch;
import io.github.rowwise.internal.RowBlock;
import io.github.rowwise.linalg.LinearAlgebra;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The last pass: each unit's average effects with their posterior variance.
 *
 * <p>An average over a set of periods is {@code c'd_ai} with c the average of (1, f_j). Its variance adds up that of the
 * coefficients given all else; that of the prior mean, which the units estimate together; a share for what the factors'
 * uncertainty adds to the noise of the unit (leverage); and, where effects go with factors, the factors' own.
 */
final class UnitSummaries {

    private static final double MOST_LEVERAGE = .5;
    private static final double LEAST_FREEDOM = 4;

    private final PanelSums panel;
    private final FactorState state;
    private final ResidualLimit limit;
    private final List<BitSet> averaged;
    private final PeriodTable moments;
    private final PeriodTable covariances;
    private final SharedUncertainty shared;
    private final FactorEffects effects;

    private UnitSummaries(
            PanelSums panel,
            FactorState state,
            ResidualLimit limit,
            double[] sumOfCovariances,
            LinearAlgebra algebra,
            List<BitSet> averaged) {
        this.panel = panel;
        this.state = state;
        this.limit = limit;
        this.averaged = averaged;
        this.moments = PeriodTable.of(state, panel.correlated());
        this.covariances = PeriodTable.ofCovariances(state, panel.correlated());
        this.shared = SharedUncertainty.of(state, sumOfCovariances, algebra);
        this.effects = new FactorEffects(panel.treatments(), panel.units());
        this.effects.averageFreedom = Math.max(LEAST_FREEDOM, panel.units() - state.size.coefficients() - 1.0);
    }

    /**
     * Summarises.
     *
     * @param averaged for each treatment the units that averages are over
     */
    static FactorEffects of(
            PanelSums panel, LinearAlgebra algebra, FactorState state, ResidualLimit limit, List<BitSet> averaged) {
        EmPass.Result posterior = EmPass.run(panel, state, limit);
        UnitSummaries summaries =
                new UnitSummaries(panel, state, limit, posterior.moments.covariances, algebra, averaged);
        state.coefficients = posterior.coefficients;
        AverageSums sums = panel.view().runner().sum(() -> summaries.new Scratch(), Scratch::block, AverageSums::add);
        sums.finish(summaries.effects, state, summaries.shared);
        return summaries.effects;
    }

    private final class Scratch implements PassScratch {

        private final int e = state.size.effects();
        private final int p = state.size.coefficients();
        private final UnitBatch units = new UnitBatch(panel, state, limit, moments, shared.priorPrecision());
        private final UnitSums uncertain = new UnitSums(state.size, panel.correlated(), panel.periods());
        private final double[] average = new double[e];
        private final double[] covariance = new double[e * e];
        private final double[] shares = new double[state.size.arms() * AverageSums.shareWidth(state.size)];

        AverageSums block(RowBlock block) {
            AverageSums sums = new AverageSums(state.size, panel.periods());
            for (int first = 0; first < block.rows(); first += units.most()) {
                int count = Math.min(units.most(), block.rows() - first);
                units.compute(block, first, count);
                for (int unit = 0; unit < count; unit++) {
                    units.open(unit);
                    summarise(unit, block.firstRow() + first + unit, sums);
                    sums.addShares(block, first + unit, shares);
                }
            }
            return sums;
        }

        private void summarise(int unit, int index, AverageSums sums) {
            uncertain.compute(covariances, units.cells, unit);
            double leverage = leverage(index);
            double used = Small.inner(units.gram, units.covariance) / state.noise[index];
            double freedom = NoiseRules.VARIANCE_WEIGHT + panel.cells()[index] - used;
            effects.freedom[index] = Math.max(LEAST_FREEDOM, Math.min(panel.units() - p - 1.0, freedom));
            Arrays.fill(shares, 0);
            for (int arm = 1; arm < state.size.arms(); arm++) {
                int first = state.size.firstEffect(arm);
                double[] d = Arrays.copyOfRange(units.mean, first, first + e);
                boolean counts = averaged.get(arm - 1).get(index);
                Target everyPeriod =
                        new Target(arm, 0, d, shared.everyPeriod(), shared.everyPeriodCovariance(), counts);
                estimate(everyPeriod, index, leverage, sums);
                for (int estimand = 1; estimand < FactorEffects.ESTIMANDS; estimand++) {
                    int where = estimand == 1 ? arm : 0;
                    int cells = panel.cells(index, where);
                    if (cells == 0) {
                        effects.values[arm - 1][estimand][index] = Double.NaN;
                        effects.variances[arm - 1][estimand][index] = Double.NaN;
                        continue;
                    }
                    average(unit, where, cells);
                    estimate(new Target(arm, estimand, d, average, covariance, counts), index, leverage, sums);
                    int start = where * AverageSums.shareWidth(state.size)
                            + AverageSums.shareStart(state.size, arm, estimand);
                    for (int k = 0; counts && k < e; k++) {
                        shares[start + k] = d[k] / cells;
                    }
                }
            }
        }

        private double leverage(int index) {
            uncertain.combine(state.correlation[index]);
            units.moments.dropCovariances();
            double share =
                    uncertain.weightedForm(units.moments) / (Math.max(1, panel.cells()[index]) * state.noise[index]);
            return Math.max(0, Math.min(MOST_LEVERAGE, share));
        }

        /** The average of (1, f_j) over the unit's cells in an arm, and its covariance given each period's. */
        private void average(int unit, int arm, double cells) {
            for (int a = 0; a < e; a++) {
                average[a] = units.sums(unit).sum(arm, 0, a) / cells;
                for (int c = 0; c < e; c++) {
                    covariance[a * e + c] = uncertain.sum(arm, a, c) / (cells * cells);
                }
            }
        }

        private void estimate(Target target, int index, double leverage, AverageSums sums) {
            int first = state.size.firstEffect(target.arm);
            double[] direction = target.direction;
            double value = 0;
            double[] image = new double[p];
            for (int a = 0; a < e; a++) {
                value += direction[a] * target.d[a];
                for (int i = 0; i < p; i++) {
                    image[i] += units.covariance[i * p + first + a] * direction[a];
                }
            }
            double own = 0;
            for (int a = 0; a < e; a++) {
                own += image[first + a] * direction[a];
            }
            own += leverage * (1 - leverage) * Small.form(image, units.gram, image, p) / state.noise[index];
            double[] pull = Small.times(shared.priorPrecision(), image, p, p, 1);
            double inflation = FactorEffects.inflation(p, panel.units());
            double common = Small.form(pull, shared.meanCovariance(), pull, p);
            double factors = state.size.constantEffects() ? 0 : Small.form(target.d, target.covariance, target.d, e);
            effects.values[target.arm - 1][target.estimand][index] = value;
            effects.variances[target.arm - 1][target.estimand][index] = inflation * (own + common) + factors;
            if (target.counts) {
                sums.add(target.arm, target.estimand, value, own, pull, target.d);
            }
        }
    }

    /**
     * One average effect of a unit.
     *
     * @param direction average of (1, f_j) over the periods
     * @param covariance its covariance
     * @param counts whether the unit is averaged over
     */
    private record Target(int arm, int estimand, double[] d, double[] direction, double[] covariance, boolean counts) {}
}
