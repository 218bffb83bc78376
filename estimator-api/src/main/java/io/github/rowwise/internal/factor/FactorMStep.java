package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.factor.model.FactorPriorMean;
import io.github.rowwise.internal.factor.model.FactorSmoother;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.model.PeriodMoments;
import io.github.rowwise.internal.factor.pass.PeriodNoiseScales;
import io.github.rowwise.internal.factor.pass.PeriodSums;
import io.github.rowwise.linalg.LinearAlgebra;

/**
 * The M-step of the factors: updates everything that belongs to the periods, from the sums of an E-step.
 *
 * <ol>
 *   <li>posterior of the factors and period effects ({@link FactorSmoother});
 *   <li>noise scales of the periods ({@link PeriodNoiseScales});
 *   <li>normalisation of the factors ({@link FactorRotation}).
 * </ol>
 */
final class FactorMStep {

    private final PanelCounts panel;
    private final LinearAlgebra algebra;
    private final double periodPrecision;

    /**
     * Creates the M-step.
     *
     * @param periodPrecision prior precision of a period effect
     */
    FactorMStep(PanelCounts panel, LinearAlgebra algebra, double periodPrecision) {
        this.panel = panel;
        this.algebra = algebra;
        this.periodPrecision = periodPrecision;
    }

    /**
     * Updates the state in place.
     *
     * @param sums sums of the last E-step
     * @param prior prior mean of the factors
     * @param shrinkage exponent of the determinant in the prior of the coefficients' covariance
     */
    void update(FactorState state, PeriodSums sums, FactorPriorMean prior, double shrinkage) {
        int r = state.size.rank();
        FactorSmoother.Posterior posterior = sums.solve(
                state.periodPrecisions, PeriodMoments.means(state), prior.means(state.latent, r), periodPrecision);
        for (int j = 0; j < state.periods(); j++) {
            for (int k = 0; k < state.size.latent(); k++) {
                state.latent[k][j] = posterior.means()[j][k];
            }
        }
        state.covariance = posterior.covariance();
        state.lagged = posterior.lagged();
        state.logPrecision = posterior.logPrecision();
        PeriodNoiseScales.update(state, panel, sums);
        FactorRotation.apply(state, prior, shrinkage, false, algebra);
    }
}
