package io.github.rowwise.diagnostics;

import io.github.rowwise.Noise;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.Panel;
import java.io.Serializable;
import java.util.OptionalDouble;

/**
 * The correlation of a fit's residuals from one period to the next, over all pairs of neighbouring periods in which a unit was
 * observed: the sum of the products of neighbouring residuals, divided by the square root of the product of their sums of
 * squares.
 *
 * <p>A residual is the outcome minus the completed outcome of the cell's arm. The two cells of a pair may be in different arms.
 * Standard errors of the spectral method, and of a factor model with {@link Noise#IID}, assume independent residuals. If
 * residuals are positively correlated, these intervals are too short, the more so the longer a spell of treatment lasts.
 *
 * <pre class="example">{@code
 * ResidualCorrelation.of(effects).value().ifPresent(System.out::println);
 * }</pre>
 *
 * @param pairs number of pairs
 * @param value from -1 to 1; empty if there is no pair or all residuals are zero up to rounding
 */
public record ResidualCorrelation(long pairs, OptionalDouble value) {

    /** Residuals below this share of the outcomes are rounding errors. */
    private static final double ROUNDING = 1e-12;

    /**
     * Computes the correlation in one pass over the panel.
     *
     * @param effects a result. For the result of a {@link io.github.rowwise.panel.PanelShard shard}, all shards have to call
     *     this method; each gets the correlation of the whole panel
     * @return the correlation of its residuals
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public static ResidualCorrelation of(UnitEffects effects) {
        Panel panel = effects.panel();
        try (PassRunner runner = SequentialPass.openResiduals(effects)) {
            // As in the core: squares of outcomes of 1e-200 or 1e200 must neither vanish nor overflow.
            double scale =
                    PanelView.scaleFor(InternalPanels.totals(panel, runner).largestOutcome());
            int[] positions = InternalPanels.positions(panel);
            return SequentialPass.over(
                            runner,
                            NeighbourSums::new,
                            (sums, block) -> sums.add(block, effects, positions, scale),
                            NeighbourSums::merge)
                    .correlation();
        }
    }

    /** Sums over pairs of neighbouring residuals. */
    private static final class NeighbourSums implements PassScratch, Serializable {

        private static final long serialVersionUID = 1;

        private double products;
        private double earlier;
        private double later;
        private long pairs;

        NeighbourSums add(RowBlock block, UnitEffects effects, int[] positions, double scale) {
            for (int row = 0; row < block.rows(); row++) {
                double[] residuals = residuals(block, row, effects);
                for (int j = 1; j < residuals.length; j++) {
                    double before = residuals[j - 1] * scale;
                    double here = residuals[j] * scale;
                    boolean isNext = positions[j] == positions[j - 1] + 1;
                    if (isNext && !Double.isNaN(before) && !Double.isNaN(here)) {
                        products += before * here;
                        earlier += before * before;
                        later += here * here;
                        pairs++;
                    }
                }
            }
            return this;
        }

        NeighbourSums merge(NeighbourSums more) {
            products += more.products;
            earlier += more.earlier;
            later += more.later;
            pairs += more.pairs;
            return this;
        }

        ResidualCorrelation correlation() {
            double size = Math.sqrt(earlier) * Math.sqrt(later);
            boolean isNoise = size > ROUNDING * ROUNDING * pairs;
            return new ResidualCorrelation(
                    pairs, pairs > 0 && isNoise ? OptionalDouble.of(products / size) : OptionalDouble.empty());
        }

        /** NaN where the cell is missing or its arm was not completed. */
        private static double[] residuals(RowBlock block, int row, UnitEffects effects) {
            int unit = block.firstRow() + row;
            int start = row * block.columns();
            double[][] rows = new double[effects.panel().arms()][];
            double[] residuals = new double[block.columns()];
            for (int j = 0; j < residuals.length; j++) {
                int arm = block.arms()[start + j];
                if (arm == RowBlock.MISSING || !effects.outcomeMatrix(arm).isAvailable(unit)) {
                    residuals[j] = Double.NaN;
                    continue;
                }
                rows[arm] = rows[arm] == null ? effects.outcomeRow(unit, arm) : rows[arm];
                residuals[j] = block.outcomes()[start + j] - rows[arm][j];
            }
            return residuals;
        }
    }
}
