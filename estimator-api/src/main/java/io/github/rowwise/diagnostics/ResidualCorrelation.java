package io.github.rowwise.diagnostics;

import io.github.rowwise.Noise;
import io.github.rowwise.effects.LowRankMatrix;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.Panel;
import java.util.OptionalDouble;

/**
 * How the residuals of a fit go from one period to the next: the sum of the products of neighbouring residuals over the
 * root of the product of their sums of squares, over all pairs of neighbouring periods in which a unit was observed.
 *
 * <p>A residual is the outcome less the completed outcome of the arm that the cell was in; a pair may lie in two arms.
 * Standard errors of Algorithm 1, and of a factor model with {@link Noise#IID}, take residuals as independent: where they
 * are not, intervals are too short, the more so the longer treatment lasts.
 *
 * <pre class="example">{@code
 * ResidualCorrelation.of(effects).value().ifPresent(System.out::println);
 * }</pre>
 *
 * @param pairs number of pairs
 * @param value from -1 to 1; empty where there is no pair, or nothing is left over
 */
public record ResidualCorrelation(long pairs, OptionalDouble value) {

    /** Residuals below this share of the outcomes are rounding. */
    private static final double ROUNDING = 1e-12;

    /**
     * Computes the correlation with one pass over the panel.
     *
     * @param effects a result
     * @return the correlation of its residuals
     */
    public static ResidualCorrelation of(UnitEffects effects) {
        Panel panel = effects.panel();
        // As in the core: squares of outcomes of 1e-200 or 1e200 must neither vanish nor overflow.
        double scale = PanelView.scaleFor(InternalPanels.largestOutcome(panel));
        LowRankMatrix[] completed = new LowRankMatrix[panel.arms()];
        for (int arm = 0; arm < completed.length; arm++) {
            completed[arm] = effects.outcomeMatrix(arm);
        }
        double products = 0;
        double earlier = 0;
        double later = 0;
        long pairs = 0;
        for (int unit = 0; unit < panel.units(); unit++) {
            double[] residuals = residuals(panel, completed, unit);
            for (int j = 1; j < residuals.length; j++) {
                double before = residuals[j - 1] * scale;
                double here = residuals[j] * scale;
                if (!Double.isNaN(before) && !Double.isNaN(here)) {
                    products += before * here;
                    earlier += before * before;
                    later += here * here;
                    pairs++;
                }
            }
        }
        double size = Math.sqrt(earlier) * Math.sqrt(later);
        boolean isNoise = size > ROUNDING * ROUNDING * pairs;
        return new ResidualCorrelation(
                pairs, pairs > 0 && isNoise ? OptionalDouble.of(products / size) : OptionalDouble.empty());
    }

    /** NaN where the cell is missing or its arm was not completed. */
    private static double[] residuals(Panel panel, LowRankMatrix[] completed, int unit) {
        double[][] rows = new double[completed.length][];
        double[] residuals = new double[panel.periods()];
        for (int j = 0; j < residuals.length; j++) {
            int arm = panel.arm(unit, j);
            if (arm < 0 || !completed[arm].isAvailable(unit)) {
                residuals[j] = Double.NaN;
                continue;
            }
            rows[arm] = rows[arm] == null ? completed[arm].row(unit) : rows[arm];
            residuals[j] = panel.outcome(unit, j) - rows[arm][j];
        }
        return residuals;
    }
}
