package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.average.SelectionPass;
import io.github.rowwise.internal.factor.model.UnitPrior;
import io.github.rowwise.internal.factor.summary.FactorEffects;
import io.github.rowwise.linalg.DenseMatrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fitted factor model, in scaled outcomes. The parameters that are pooled over units and the period effects are those of a unit
 * of scale 1.
 *
 * @param constantEffects whether the effects do not change with the factors
 * @param gains what forms of the effects gained that were tried
 * @param startRank initial number of factors
 * @param rank final number of factors
 * @param correlation pooled autocorrelation of the noise
 * @param noise pooled innovation variance of the noise
 * @param precisions relative precision of the noise in each period
 * @param passes number of passes over the panel for the selected form
 * @param converged whether the first phase ended with a small increase of the bound
 * @param bounds bound after each accepted pass of the first phase
 * @param trends number of trends
 * @param trendVariance variance of a unit's trend, averaged over periods
 * @param factors rows 1, f, c and nu of the extended vector (1, f_j, c_j, nu_j), with the curves c of the trends; m columns
 * @param unitMeans by arm, starting with control, and by unit: the first entry of b_i + d_ai plus the mean of the panel and, under
 *     treatment, the effect of the average onset terms
 * @param loadings by arm, starting with control: the other entries of b_i + d_ai, one column per factor and trend; the same
 *     matrix for all arms if effects do not change with the factors
 * @param unitScales scale of each unit, by which the period effects are multiplied; empty if all are 1
 * @param onsets onset coefficients by treatment, then by unit and term; empty without onset terms
 * @param effects average effects by arm and unit
 * @param prior prior distribution of the units' coefficients and noise
 * @param selections averages effects over selected cells, for which it keeps the panel; {@code null} if they are not needed
 */
public record FactorModelFit(
        boolean constantEffects,
        FormGains gains,
        int startRank,
        int rank,
        double correlation,
        double noise,
        List<Double> precisions,
        int passes,
        boolean converged,
        List<Double> bounds,
        int trends,
        double trendVariance,
        DenseMatrix factors,
        List<double[]> unitMeans,
        List<DenseMatrix> loadings,
        double[] unitScales,
        List<double[]> onsets,
        FactorEffects effects,
        UnitPrior prior,
        @Nullable SelectionPass selections) {

    /** Returns the fit without what refers to the panel. */
    public FactorModelFit withoutSelections() {
        return new FactorModelFit(
                constantEffects,
                gains,
                startRank,
                rank,
                correlation,
                noise,
                precisions,
                passes,
                converged,
                bounds,
                trends,
                trendVariance,
                factors,
                unitMeans,
                loadings,
                unitScales,
                onsets,
                effects,
                prior,
                null);
    }
}
