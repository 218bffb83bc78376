package io.github.rowwise.effects;

import io.github.rowwise.internal.factor.FactorModelFit;
import io.github.rowwise.internal.factor.summary.OnsetTimes;
import io.github.rowwise.internal.spectral.Completion;
import io.github.rowwise.linalg.DenseMatrix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One arm's expected outcomes in factored form, {@code unitMeans 1' + unitScales periodMeans' + loadings factors}, in scaled
 * outcomes.
 *
 * @param unitMeans one per unit
 * @param periodMeans one per period
 * @param loadings n x r
 * @param factors r x m
 * @param unitScales by which the period effects of a unit are multiplied; empty if all are 1
 * @param onset what cells under treatment deviate from this by the time since its start; {@code null} if they do not
 */
record CompletedArm(
        double[] unitMeans,
        double[] periodMeans,
        DenseMatrix loadings,
        DenseMatrix factors,
        double[] unitScales,
        @Nullable Onset onset) {

    /**
     * Effects that depend on the time since the start.
     *
     * @param times of all cells
     * @param arm the treatment
     * @param coefficients by unit and term
     */
    record Onset(OnsetTimes times, int arm, double[] coefficients) {

        double deviation(int unit, int period) {
            return times.deviation(arm, unit, period, coefficients);
        }
    }

    CompletedArm(double[] unitMeans, double[] periodMeans, DenseMatrix loadings, DenseMatrix factors) {
        this(unitMeans, periodMeans, loadings, factors, new double[0], null);
    }

    /** The expected outcome of a cell. */
    double value(int unit, int period) {
        double sum = unitMeans[unit] + periodMeans[period] * unitScale(unit);
        if (onset != null) {
            sum += onset.deviation(unit, period);
        }
        for (int k = 0; k < factors.rows(); k++) {
            sum = Math.fma(loadings.get(unit, k), factors.get(k, period), sum);
        }
        return sum;
    }

    double unitScale(int unit) {
        return unitScales.length == 0 ? 1 : unitScales[unit];
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
        int columns = result.rank() + result.trends();
        DenseMatrix factors = result.factors().rowRange(1, columns);
        double[] periodMeans = result.factors().rowRange(columns + 1, 1).copy().values();
        OnsetTimes times = result.effects().onsets();
        List<CompletedArm> arms = new ArrayList<>();
        for (int arm = 0; arm < result.loadings().size(); arm++) {
            arms.add(new CompletedArm(
                    result.unitMeans().get(arm),
                    periodMeans,
                    result.loadings().get(arm),
                    factors,
                    result.unitScales(),
                    arm == 0 || times == null
                            ? null
                            : new Onset(times, arm, result.onsets().get(arm - 1))));
        }
        return List.copyOf(arms);
    }
}
