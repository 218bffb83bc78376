package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.factor.model.CheckpointStore;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.model.UnitPrior;
import io.github.rowwise.internal.factor.summary.FactorEffects;
import io.github.rowwise.internal.factor.summary.SummaryOptions;
import io.github.rowwise.internal.factor.summary.UnitSummaries;
import io.github.rowwise.internal.pass.FitProgressTracker;
import io.github.rowwise.internal.pass.PanelView;
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
 * @param unitMeans what every period of a unit has, by arm from control on and by unit: the first entry of b_i + d_ai, and
 *     the panel's mean
 * @param loadings the other entries of b_i + d_ai, by arm from control on; the same matrix where effects are constant
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
        List<double[]> unitMeans,
        List<DenseMatrix> loadings,
        FactorEffects effects,
        UnitPrior prior) {

    /** What progress is judged by. */
    private static final int EXPECTED_PASSES_FOR_MEANS = 16;

    /**
     * Fits. Two light passes, and those of the averages that start the fit, are not counted.
     *
     * @param constantEffects the form of the effects, {@code null} for the better of both
     * @param summary what the last pass is to find
     * @param store where the fit is kept after each iteration, and where it goes on from
     */
    public static FactorResult fit(
            PanelView view,
            LinearAlgebra algebra,
            boolean correlated,
            @Nullable Boolean constantEffects,
            FactorOptions options,
            SummaryOptions summary,
            CheckpointStore store) {
        FitProgressTracker progress = view.runner().progress();
        progress.enter(FitProgressTracker.Stage.MEANS, .06, EXPECTED_PASSES_FOR_MEANS);
        PanelCounts panel = PanelCounts.of(view, correlated);
        EffectsFormSelection choice = EffectsFormSelection.open(panel, algebra, options, store);
        EmAlgorithm fit = choice.fit(constantEffects);
        FactorState state = fit.state();
        progress.enter(FitProgressTracker.Stage.EFFECTS, 1, 2);
        FactorEffects effects = UnitSummaries.of(panel, algebra, state, fit.clipping(), summary);
        List<double[]> unitMeans = new ArrayList<>();
        List<DenseMatrix> loadings = new ArrayList<>();
        for (int arm = 0; arm < state.size.arms(); arm++) {
            unitMeans.add(unitMeans(state, panel.shift(), arm));
            loadings.add(arm > 0 && state.size.constantEffects() ? loadings.get(0) : loadings(state, arm));
        }
        return new FactorResult(
                state.size.constantEffects(),
                choice.gain(),
                choice.startRank(),
                state.size.rank(),
                state.pooledCorrelation,
                state.pooledNoise,
                Arrays.stream(state.precisions).boxed().toList(),
                fit.passes() + 2,
                fit.isConverged(),
                Arrays.stream(fit.bounds()).boxed().toList(),
                extended(state),
                List.copyOf(unitMeans),
                List.copyOf(loadings),
                effects,
                UnitPrior.of(state, panel.shift()));
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

    private static double[] unitMeans(FactorState state, double shift, int arm) {
        int p = state.size.coefficients();
        double[] means = new double[state.units()];
        for (int unit = 0; unit < means.length; unit++) {
            double effect = arm == 0 ? 0 : state.coefficients[unit * p + state.size.firstEffect(arm)];
            means[unit] = state.coefficients[unit * p] + shift + effect;
        }
        return means;
    }

    private static DenseMatrix loadings(FactorState state, int arm) {
        int p = state.size.coefficients();
        DenseMatrix loadings = DenseMatrix.zeros(state.units(), state.size.rank());
        for (int unit = 0; unit < state.units(); unit++) {
            for (int k = 1; k <= state.size.rank(); k++) {
                double effect = arm == 0 ? 0 : state.coefficients[unit * p + state.size.firstEffect(arm) + k];
                loadings.set(unit, k - 1, state.coefficients[unit * p + k] + effect);
            }
        }
        return loadings;
    }
}
