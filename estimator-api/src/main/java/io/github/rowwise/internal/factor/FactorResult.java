package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.PanelView;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fitted factor model, in scaled outcomes.
 *
 * @param constantEffects the form of the effects that was used
 * @param gain how much higher the bound is with effects on the factors than with constant ones; NaN where only one was
 *     fitted
 * @param startRank factors at the start
 * @param rank factors that were kept
 * @param correlation pooled autocorrelation of the noise
 * @param noise pooled innovation variance
 * @param precisions of the noise in each period, relative
 * @param passes passes over the panel of the form that was used
 * @param converged whether the first phase ended with a small gain
 * @param bounds the bound after each accepted pass of the first phase
 * @param factors rows of the extended vector (1, f, nu), m columns
 * @param loadings (b, 1) of each unit, with the panel's mean in the first entry
 * @param effectLoadings d_a of each unit, by arm from the first treatment on
 * @param effects averages by arm and unit
 * @param prior what a unit's coefficients and noise are drawn from
 */
public record FactorResult(
        boolean constantEffects,
        double gain,
        int startRank,
        int rank,
        double correlation,
        double noise,
        List<Double> precisions,
        int passes,
        boolean converged,
        List<Double> bounds,
        DenseMatrix factors,
        DenseMatrix loadings,
        List<DenseMatrix> effectLoadings,
        FactorEffects effects,
        FactorPrior prior) {

    /** Effects go with the factors where that raises the bound by more than this. */
    private static final double WORTH = 10;

    /**
     * Fits. Two light passes, and those of the averages that start the fit, are not counted.
     *
     * @param summary what the last pass is to find
     */
    public static FactorResult fit(
            PanelView view,
            LinearAlgebra algebra,
            boolean correlated,
            @Nullable Boolean constantEffects,
            FactorOptions options,
            SummaryOptions summary) {
        PanelSums panel = PanelSums.of(view, correlated);
        FactorStart start = FactorStart.of(panel, algebra, options.rank(view.units(), view.periods()));
        FactorFit fit;
        double gain = Double.NaN;
        if (constantEffects != null) {
            fit = new FactorFit(panel, algebra, start, constantEffects, options);
        } else {
            FactorFit constant = new FactorFit(panel, algebra, start, true, options);
            fit = new FactorFit(panel, algebra, start, false, options);
            gain = fit.bound() - constant.bound();
            fit = gain > WORTH ? fit : constant;
        }
        fit.finish();
        FactorState state = fit.state();
        FactorEffects effects = UnitSummaries.of(panel, algebra, state, fit.limit(), summary);
        return new FactorResult(
                state.size.constantEffects(),
                gain,
                start.factors().rows(),
                state.size.rank(),
                state.pooledCorrelation,
                state.pooledNoise,
                Arrays.stream(state.precisions).boxed().toList(),
                fit.passes() + 2,
                fit.isConverged(),
                List.copyOf(fit.bounds()),
                extended(state),
                loadings(state, panel.shift()),
                effectLoadings(state),
                effects,
                FactorPrior.of(state, panel.shift()));
    }

    private static DenseMatrix extended(FactorState state) {
        DenseMatrix rows = DenseMatrix.zeros(state.size.extended(), state.periods());
        for (int j = 0; j < state.periods(); j++) {
            rows.set(0, j, 1);
            for (int k = 0; k < state.latent.length; k++) {
                rows.set(k + 1, j, state.latent[k][j]);
            }
        }
        return rows;
    }

    private static DenseMatrix loadings(FactorState state, double shift) {
        int levels = state.size.levels();
        DenseMatrix loadings = DenseMatrix.zeros(state.units(), state.size.extended());
        for (int unit = 0; unit < state.units(); unit++) {
            for (int k = 0; k < levels; k++) {
                loadings.set(unit, k, state.coefficients[unit * state.size.coefficients() + k] + (k == 0 ? shift : 0));
            }
            loadings.set(unit, levels, 1);
        }
        return loadings;
    }

    private static List<DenseMatrix> effectLoadings(FactorState state) {
        List<DenseMatrix> byArm = new ArrayList<>();
        for (int arm = 1; arm < state.size.arms(); arm++) {
            int first = state.size.firstEffect(arm);
            DenseMatrix loadings = DenseMatrix.zeros(state.units(), state.size.effects());
            for (int unit = 0; unit < state.units(); unit++) {
                for (int k = 0; k < loadings.columns(); k++) {
                    loadings.set(unit, k, state.coefficients[unit * state.size.coefficients() + first + k]);
                }
            }
            byArm.add(loadings);
        }
        return List.copyOf(byArm);
    }
}
