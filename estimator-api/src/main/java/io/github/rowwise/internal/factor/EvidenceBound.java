package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.factor.kernel.PositiveDefinite;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.model.FactorPriorMean;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.NoiseUpdate;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.pass.CoefficientPrior;
import io.github.rowwise.internal.factor.pass.EStep;
import io.github.rowwise.internal.factor.pass.PeriodNoiseScales;
import io.github.rowwise.internal.pass.Sums;
import java.util.Arrays;

/**
 * The evidence lower bound of the factor model, and the closed-form updates of the parameters that are pooled over
 * units.
 *
 * <p>The bound refers to outcomes in units of their standard deviation.
 */
public final class EvidenceBound {

    private final PanelCounts panel;

    /** Prior variance of a period effect. It is so large that the prior has hardly any influence. */
    private final double periodVariance;

    /** Reference variance for the determinant of the coefficients' prior covariance. */
    private final double referenceVariance;

    EvidenceBound(PanelCounts panel, double startingNoise) {
        this.panel = panel;
        this.periodVariance = 100 * panel.variance();
        this.referenceVariance = startingNoise / panel.periods();
    }

    double periodPrecision() {
        return 1 / periodVariance;
    }

    /**
     * The bound after an E-step.
     *
     * @param bound with the prior of the hyperparameters; no iteration lowers it
     * @param evidence without that prior, to compare forms of the model
     * @param prior the update of the coefficients' prior
     */
    record Value(double bound, double evidence, CoefficientPrior prior) {}

    /**
     * Adopts the results of the E-step and updates the prior mean, the prior covariance and the pooled noise
     * parameters.
     *
     * @param shrinkage exponent of the determinants in the prior of the coefficients' covariance
     */
    Value acceptEStep(FactorState state, EStep.Result pass, double shrinkage) {
        state.coefficients = pass.coefficients;
        state.noise = pass.noise;
        state.correlation = pass.correlation;
        updatePooledNoise(state, panel);
        updateCovariateCoefficients(state, pass.covariates);
        CoefficientPrior prior =
                CoefficientPrior.update(state, pass.moments, shrinkage, referenceVariance, panel.minNoise());
        double evidence = noiseTerms(state, pass.residuals)
                + PeriodNoiseScales.bound(state, panel)
                - prior.divergence(state, panel)
                - state.divergence;
        return new Value(evidence + prior.hyperprior(), evidence, prior);
    }

    /**
     * Makes a Newton step for the coefficients of the covariates, with the units' coefficients integrated out. The step is exact
     * given the periods and the parameters of the noise and of the prior.
     */
    private static void updateCovariateCoefficients(FactorState state, double[] sums) {
        int q = state.covariateCoefficients.length;
        if (sums.length > 0) {
            double[] information = Arrays.copyOf(sums, q * q);
            double[] score = Arrays.copyOfRange(sums, q * q, sums.length);
            double[] step = SmallMatrices.times(
                    PositiveDefinite.inverse(SmallMatrices.symmetric(information, q), q), score, q, q, 1);
            state.covariateCoefficients = state.covariateCoefficients.clone();
            Vectors.add(state.covariateCoefficients, step);
        }
    }

    /**
     * Updates the values to which the units' noise parameters are shrunk: the harmonic mean of the variances and the
     * mean of the correlations, of units with cells.
     */
    public static void updatePooledNoise(FactorState state, PanelCounts panel) {
        double[] sums = new double[3];
        for (int unit = 0; unit < state.units(); unit++) {
            if (panel.cells()[unit] > 0) {
                sums[0] += 1 / state.noise[unit];
                sums[1] += state.correlation[unit];
                sums[2]++;
            }
        }
        double[] all = panel.runner().allReduce(sums, Sums::add);
        state.pooledNoise = all[2] / all[0];
        state.pooledCorrelation = all[1] / all[2];
    }

    /** Updates the divergence of the factors' posterior from their prior, which the bound subtracts. */
    void updateDivergence(FactorState state, FactorPriorMean prior) {
        int r = state.size.rank();
        int g = state.size.latent();
        int m = state.periods();
        double[][] means = prior.means(state.latent, r);
        double sum = 0;
        for (int k = 0; k < g; k++) {
            double precision = k < r ? 1 : 1 / periodVariance;
            for (int j = 0; j < m; j++) {
                double deviation = state.latent[k][j] - (k < r ? means[k][j] : 0);
                sum += precision * (deviation * deviation + state.covariance[j][k * g + k]);
            }
        }
        state.divergence = .5 * (sum - (double) m * g + m * Math.log(periodVariance) + state.logPrecision);
    }

    private double noiseTerms(FactorState state, double[] residuals) {
        double sum = 0;
        for (int unit = 0; unit < state.units(); unit++) {
            if (panel.cells()[unit] == 0) {
                continue;
            }
            double variance = state.noise[unit];
            double ratio = state.pooledNoise / variance;
            sum -= .5 * panel.cells()[unit] * Math.log(2 * Math.PI * variance / panel.variance());
            sum -= .5 * residuals[unit] / variance;
            sum += .5 * NoiseUpdate.VARIANCE_WEIGHT * (Math.log(ratio) - ratio);
            if (panel.correlated()) {
                double rho = state.correlation[unit];
                double distance = rho - state.pooledCorrelation;
                sum += .5 * panel.runs()[unit] * Math.log1p(-rho * rho);
                sum -= .5 * NoiseUpdate.CORRELATION_WEIGHT * distance * distance;
            }
        }
        return panel.runner().allReduce(sum, Double::sum);
    }
}
