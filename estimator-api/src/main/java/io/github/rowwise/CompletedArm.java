package io.github.rowwise;

import io.github.rowwise.internal.EffectPass.Completion;
import io.github.rowwise.internal.factor.FactorResult;
import io.github.rowwise.linalg.DenseMatrix;
import java.util.List;

/**
 * One arm's expected outcomes in factored form, {@code unitMeans 1' + 1 periodMeans' + loadings factors}, in scaled
 * outcomes.
 *
 * @param unitMeans one a unit
 * @param periodMeans one a period
 * @param loadings n x r
 * @param factors r x m
 */
record CompletedArm(double[] unitMeans, double[] periodMeans, DenseMatrix loadings, DenseMatrix factors) {

    static CompletedArm of(Completion completion) {
        return new CompletedArm(
                completion.matrix().unitMeans(),
                completion.matrix().periodMeans(),
                completion.loadings(),
                completion.factors());
    }

    /** Control and treatment of a factor model, which share factors and period effects. */
    static List<CompletedArm> of(FactorResult result) {
        int rank = result.rank();
        int units = result.loadings().rows();
        int periods = result.factors().columns();
        DenseMatrix factors = result.factors().rowRange(1, rank);
        double[] periodMeans = result.factors().rowRange(rank + 1, 1).copy().values();
        double[] control = new double[units];
        double[] treated = new double[units];
        DenseMatrix controlLoadings = DenseMatrix.zeros(units, rank);
        DenseMatrix treatedLoadings = DenseMatrix.zeros(units, rank);
        for (int unit = 0; unit < units; unit++) {
            control[unit] = result.loadings().get(unit, 0);
            treated[unit] = control[unit] + result.effectLoadings().get(unit, 0);
            for (int k = 0; k < rank; k++) {
                double loading = result.loadings().get(unit, k + 1);
                double effect =
                        result.constantEffects() ? 0 : result.effectLoadings().get(unit, k + 1);
                controlLoadings.set(unit, k, loading);
                treatedLoadings.set(unit, k, loading + effect);
            }
        }
        if (periodMeans.length != periods) {
            throw new IllegalStateException(periodMeans.length + " period effects for " + periods + " periods");
        }
        return List.of(
                new CompletedArm(control, periodMeans, controlLoadings, factors),
                new CompletedArm(treated, periodMeans, treatedLoadings, factors));
    }
}
