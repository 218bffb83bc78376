package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.factor.model.CheckpointStore;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.model.PeriodMoments;
import io.github.rowwise.internal.factor.model.UnitPrior;
import io.github.rowwise.internal.factor.summary.FactorEffects;
import io.github.rowwise.internal.factor.summary.OnsetTimes;
import io.github.rowwise.internal.factor.summary.SummaryOptions;
import io.github.rowwise.internal.factor.summary.UnitSummaries;
import io.github.rowwise.internal.pass.FitProgressTracker;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Fits the factor model to a panel: counts, initial values, EM algorithm, effects and their variances. */
public final class FactorModelFitter {

    /** Estimated number of passes for the means, for the reported fraction. */
    private static final int EXPECTED_PASSES_FOR_MEANS = 16;

    private FactorModelFitter() {}

    /** Returns the largest number of coefficients of a unit in any form of the model that is tried. */
    public static int coefficients(PanelView view, FactorForm form, FactorOptions options) {
        return CheckpointedFit.largest(
                        form, options.rank(view.allUnits(), view.periods()), view.periods(), view.arms() - 1)
                .coefficients();
    }

    /**
     * Fits the model. Passes that only compute counts and initial averages are not counted.
     *
     * @param form the form of the effects
     * @param summary which results the last pass computes
     * @param store saves the fit after each iteration, and provides the checkpoint from which it resumes
     */
    public static FactorModelFit fit(
            PanelView view,
            LinearAlgebra algebra,
            boolean correlated,
            FactorForm form,
            FactorOptions options,
            SummaryOptions summary,
            CheckpointStore store) {
        FitProgressTracker progress = view.runner().progress();
        progress.enter(FitProgressTracker.Stage.MEANS, .06, EXPECTED_PASSES_FOR_MEANS);
        PanelCounts panel = PanelCounts.of(view, correlated);
        CheckpointedFit fit = CheckpointedFit.open(panel, algebra, options, form, store);
        EmAlgorithm em = fit.run();
        FactorState state = em.state();
        progress.enter(FitProgressTracker.Stage.EFFECTS, 1, 2);
        UnitSummaries summaries = UnitSummaries.of(panel, algebra, state, em.clipping(), summary);
        FactorEffects effects = summaries.effects();
        List<double[]> unitMeans = new ArrayList<>();
        List<DenseMatrix> loadings = new ArrayList<>();
        for (int arm = 0; arm < state.size.arms(); arm++) {
            unitMeans.add(unitMeans(state, panel, arm, effects));
            loadings.add(arm > 0 && state.size.constantEffects() ? loadings.get(0) : loadings(state, arm));
        }
        List<double[]> onsets = new ArrayList<>();
        for (int arm = 1; arm < state.size.arms() && state.size.onsets() > 0; arm++) {
            onsets.add(OnsetTimes.coefficients(state, arm));
        }
        double[] precisions = Arrays.stream(view.present())
                .mapToDouble(j -> state.periodPrecisions[j])
                .toArray();
        return new FactorModelFit(
                state.size.constantEffects(),
                em.gains(),
                fit.startRank(),
                state.size.rank(),
                state.pooledCorrelation,
                state.pooledNoise,
                Arrays.stream(precisions).boxed().toList(),
                em.passes() + 2,
                em.isConverged(),
                Arrays.stream(em.bounds()).boxed().toList(),
                state.size.trends(),
                trendVariance(state),
                extended(state, view.present()),
                List.copyOf(unitMeans),
                List.copyOf(loadings),
                panel.unitScales(),
                List.copyOf(onsets),
                view.present().length == state.periods() ? effects : effects.at(view.present()),
                UnitPrior.of(state, view.attributes(), panel.shift(), precisions),
                summaries);
    }

    private static DenseMatrix extended(FactorState state, int[] present) {
        DenseMatrix rows = DenseMatrix.zeros(state.size.extended(), present.length);
        double[][] means = PeriodMoments.means(state);
        for (int k = 0; k < means.length; k++) {
            for (int j = 0; j < present.length; j++) {
                rows.set(k, j, means[k][present[j]]);
            }
        }
        return rows;
    }

    private static double trendVariance(FactorState state) {
        double sum = 0;
        for (int k = 0; k < state.size.trends(); k++) {
            int at = (state.size.firstTrend() + k) * (state.size.coefficients() + 1);
            sum += state.priorCovariance[at];
        }
        return sum;
    }

    private static double[] unitMeans(FactorState state, PanelCounts panel, int arm, FactorEffects effects) {
        int p = state.size.coefficients();
        double[] means = new double[state.units()];
        for (int unit = 0; unit < means.length; unit++) {
            double effect = arm == 0 ? 0 : state.coefficients[unit * p + state.size.firstEffect(arm)];
            means[unit] = state.coefficients[unit * p] + panel.shift() * panel.unitScale(unit) + effect;
            if (arm > 0 && state.size.onsets() > 0) {
                means[unit] += effects.averageOnset(arm, unit, state);
            }
        }
        return means;
    }

    private static DenseMatrix loadings(FactorState state, int arm) {
        int p = state.size.coefficients();
        DenseMatrix loadings = DenseMatrix.zeros(state.units(), state.size.levels() - 1);
        for (int unit = 0; unit < state.units(); unit++) {
            for (int k = 1; k < state.size.levels(); k++) {
                double effect = arm == 0 || k >= state.size.effects()
                        ? 0
                        : state.coefficients[unit * p + state.size.firstEffect(arm) + k];
                loadings.set(unit, k - 1, state.coefficients[unit * p + k] + effect);
            }
        }
        return loadings;
    }
}
