package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.factor.model.UnitPrior;
import io.github.rowwise.internal.factor.summary.FactorEffects;
import io.github.rowwise.linalg.DenseMatrix;
import java.util.List;

/**
 * A fitted factor model, in scaled outcomes.
 *
 * @param constantEffects whether the effects are constant over time
 * @param gain bound with effects that vary with the factors minus the bound with constant effects; NaN if only one form
 *     was fitted
 * @param startRank initial number of factors
 * @param rank final number of factors
 * @param correlation pooled autocorrelation of the noise
 * @param noise pooled innovation variance of the noise
 * @param precisions relative precision of the noise in each period
 * @param passes number of passes over the panel for the selected form
 * @param converged whether the first phase ended with a small increase of the bound
 * @param bounds bound after each accepted pass of the first phase
 * @param factors rows 1, f and nu of the extended vector (1, f_j, nu_j); m columns
 * @param unitMeans by arm, starting with control, and by unit: the first entry of b_i + d_ai plus the mean of the panel
 * @param loadings by arm, starting with control: the other entries of b_i + d_ai, n x r; the same matrix for all arms
 *     if effects are constant
 * @param effects average effects by arm and unit
 * @param prior prior distribution of the units' coefficients and noise
 */
public record FactorModelFit(
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
        UnitPrior prior) {}
