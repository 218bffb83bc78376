package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.model.FactorState;

/**
 * How the average effect of an arm over all periods depends on the attributes of units, in scaled outcomes.
 *
 * @param values the average effect of a unit of average attributes, and then what one more of each scaled attribute adds
 * @param covariance sampling covariance of these values, square
 * @param residualVariance variance between units of equal attributes
 */
public record AttributeSlopes(double[] values, double[] covariance, double residualVariance) {

    /**
     * Computes the slopes.
     *
     * @param direction average of (1, f_j) over all periods
     * @param onsetTerms average onset terms
     * @param unitScale average scale of the units
     */
    static AttributeSlopes of(
            FactorState state,
            SharedUncertainty shared,
            double inflation,
            int arm,
            double[] direction,
            double[] onsetTerms,
            double unitScale) {
        SharedParameters parameters = SharedParameters.of(state);
        int p = parameters.coefficients();
        double[] weights = new double[p];
        System.arraycopy(direction, 0, weights, state.size.firstEffect(arm), direction.length);
        System.arraycopy(onsetTerms, 0, weights, state.size.firstOnset(arm), onsetTerms.length);
        for (int i = 0; i < p; i++) {
            weights[i] *= unitScale;
        }
        int width = parameters.width();
        double[] values = new double[width];
        double[] covariance = new double[width * width];
        for (int a = 0; a < width; a++) {
            for (int i = 0; i < p; i++) {
                values[a] += weights[i] * (a == 0 ? state.priorMean[i] : state.attributeEffects[(a - 1) * p + i]);
            }
            for (int c = 0; c < width; c++) {
                double sum = 0;
                for (int i = 0; i < p; i++) {
                    for (int j = 0; j < p; j++) {
                        int at = parameters.mean(a, i) * parameters.count() + parameters.mean(c, j);
                        sum += weights[i] * weights[j] * shared.meanCovariance()[at];
                    }
                }
                covariance[a * width + c] = inflation * sum;
            }
        }
        return new AttributeSlopes(values, covariance, SmallMatrices.form(weights, state.priorCovariance, weights, p));
    }
}
