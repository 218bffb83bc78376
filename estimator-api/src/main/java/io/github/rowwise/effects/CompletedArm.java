package io.github.rowwise.effects;

import io.github.rowwise.internal.factor.FactorModelFit;
import io.github.rowwise.internal.spectral.Completion;
import io.github.rowwise.linalg.DenseMatrix;
import java.util.ArrayList;
import java.util.List;

/**
 * One arm's expected outcomes in factored form, {@code unitMeans 1' + 1 periodMeans' + loadings factors}, in scaled
 * outcomes.
 *
 * @param unitMeans one per unit
 * @param periodMeans one per period
 * @param loadings n x r
 * @param factors r x m
 */
record CompletedArm(double[] unitMeans, double[] periodMeans, DenseMatrix loadings, DenseMatrix factors) {

    /** The expected outcome of a cell. */
    double value(int unit, int period) {
        double sum = unitMeans[unit] + periodMeans[period];
        for (int k = 0; k < factors.rows(); k++) {
            sum = Math.fma(loadings.get(unit, k), factors.get(k, period), sum);
        }
        return sum;
    }

    static CompletedArm of(Completion completion) {
        return new CompletedArm(
                completion.matrix().unitMeans(),
                completion.matrix().periodMeans(),
                completion.loadings(),
                completion.factors());
    }

    /** All arms of a factor model, which share factors and period effects. */
    static List<CompletedArm> of(FactorModelFit result) {
        int rank = result.rank();
        DenseMatrix factors = result.factors().rowRange(1, rank);
        double[] periodMeans = result.factors().rowRange(rank + 1, 1).copy().values();
        List<CompletedArm> arms = new ArrayList<>();
        for (int arm = 0; arm < result.loadings().size(); arm++) {
            arms.add(new CompletedArm(
                    result.unitMeans().get(arm), periodMeans, result.loadings().get(arm), factors));
        }
        return List.copyOf(arms);
    }
}
