package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.model.FactorState;
import java.util.stream.IntStream;

/**
 * Order of the parameters that all units share and whose uncertainty the effects carry:
 *
 * <pre>
 * p     prior mean of a unit's coefficients
 * q     coefficients of the covariates
 * p     what the first attribute adds to the prior mean, and so on
 * </pre>
 *
 * @param coefficients p
 * @param covariates q
 * @param width number of attributes and one more, for the prior mean
 */
record SharedParameters(int coefficients, int covariates, int width) {

    static SharedParameters of(FactorState state) {
        return new SharedParameters(
                state.size.coefficients(), state.covariateCoefficients.length, 1 + state.attributes());
    }

    int count() {
        return coefficients * width + covariates;
    }

    /** Returns the index of what an augmented attribute adds to the prior mean of a coefficient. */
    int mean(int attribute, int coefficient) {
        return attribute == 0 ? coefficient : attribute * coefficients + covariates + coefficient;
    }

    /** Returns the parameters that are estimated: trends have mean zero, and attributes do not change effects on factors. */
    int[] estimated(Dimensions size) {
        return IntStream.range(0, count())
                .filter(k -> (k >= coefficients && k < coefficients + covariates)
                        || isEstimated(size, k < coefficients ? k : (k - covariates) % coefficients, k >= coefficients))
                .toArray();
    }

    private static boolean isEstimated(Dimensions size, int coefficient, boolean isOfAttribute) {
        boolean isTrend = coefficient >= size.firstTrend() && coefficient < size.levels();
        return !isTrend && !(isOfAttribute && size.isEffectOnFactor(coefficient));
    }
}
