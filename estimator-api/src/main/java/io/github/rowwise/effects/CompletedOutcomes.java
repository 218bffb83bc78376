package io.github.rowwise.effects;

import io.github.rowwise.internal.factor.FactorModelFit;
import io.github.rowwise.internal.factor.summary.OnsetTimes;
import io.github.rowwise.internal.spectral.Completion;
import io.github.rowwise.linalg.DenseMatrix;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The expected outcomes of all arms in factored form, and the matrices made from them, each of which is made once. */
final class CompletedOutcomes {

    private final List<Arm> arms;
    private final List<BitSet> available;
    private final double scale;
    private final AtomicReferenceArray<LowRankMatrix> effects;
    private final AtomicReferenceArray<LowRankMatrix> outcomes;

    /**
     * Keeps the arms.
     *
     * @param arms control first, in outcomes times {@code scale}
     * @param available the units whose row was estimated, by arm
     * @param scale a power of two
     */
    CompletedOutcomes(List<Arm> arms, List<BitSet> available, double scale) {
        this.arms = arms;
        this.available = available;
        this.scale = scale;
        this.effects = new AtomicReferenceArray<>(arms.size());
        this.outcomes = new AtomicReferenceArray<>(arms.size());
    }

    List<Arm> arms() {
        return arms;
    }

    List<BitSet> available() {
        return available;
    }

    double scale() {
        return scale;
    }

    /** A(arm) - A(0). */
    LowRankMatrix effects(int arm) {
        return cached(effects, Objects.checkIndex(arm - 1, arms.size() - 1) + 1, arm, 0);
    }

    /** A(arm). */
    LowRankMatrix outcomes(int arm) {
        return cached(outcomes, Objects.checkIndex(arm, arms.size()), arm);
    }

    /** Whether a unit has a row in A(arm) - A(0). */
    boolean isAvailable(int unit, int arm) {
        return available.get(arm).get(unit) && available.get(0).get(unit);
    }

    /** An entry of A(arm) - A(0). */
    double effect(int unit, int arm, int period) {
        return (arms.get(arm).value(unit, period) - arms.get(0).value(unit, period)) / scale;
    }

    /** A row of A(arm) - A(0), with the time since the start of each cell. */
    double[] effectRow(int unit, int arm) {
        return withDeviations(effects(arm).row(unit), unit, arm);
    }

    /** A row of A(arm), with the time since the start of each cell. */
    double[] outcomeRow(int unit, int arm) {
        return withDeviations(outcomes(arm).row(unit), unit, arm);
    }

    private double[] withDeviations(double[] row, int unit, int arm) {
        for (int period = 0; period < row.length && hasOnset(arm); period++) {
            row[period] += deviation(unit, arm, period);
        }
        return row;
    }

    /** What effects that depend on the time since the start add to the effects in each period, on average over units. */
    double[] meanDeviations(int arm) {
        double[] means = new double[arms.get(0).periodMeans().length];
        int units = 0;
        for (int unit = 0; unit < arms.get(0).unitMeans().length && hasOnset(arm); unit++) {
            if (isAvailable(unit, arm)) {
                units++;
                for (int period = 0; period < means.length; period++) {
                    means[period] += deviation(unit, arm, period);
                }
            }
        }
        for (int period = 0; period < means.length; period++) {
            means[period] /= Math.max(1, units);
        }
        return means;
    }

    private boolean hasOnset(int arm) {
        return arms.get(arm).onset() != null;
    }

    private double deviation(int unit, int arm, int period) {
        return Objects.requireNonNull(arms.get(arm).onset()).deviation(unit, period) / scale;
    }

    private LowRankMatrix cached(AtomicReferenceArray<LowRankMatrix> made, int index, int... of) {
        LowRankMatrix known = made.get(index);
        if (known != null) {
            return known;
        }
        // Two threads may both make it; all callers get the one that was stored first.
        LowRankMatrix matrix = matrix(of);
        LowRankMatrix earlier = made.compareAndExchange(index, null, matrix);
        return earlier == null ? matrix : earlier;
    }

    /** The completion of the first arm, minus that of the second where there is one, as loadings times factors. */
    private LowRankMatrix matrix(int... of) {
        int units = arms.get(0).unitMeans().length;
        int periods = arms.get(0).periodMeans().length;
        BitSet rows = (BitSet) available.get(of[0]).clone();
        int width = 0;
        for (int arm : of) {
            width += arms.get(arm).factors().rows() + 2;
            rows.and(available.get(arm));
        }
        DenseMatrix loadings = DenseMatrix.zeros(units, width);
        DenseMatrix factors = DenseMatrix.zeros(width, periods);
        int at = 0;
        double sign = 1 / scale;
        for (int index : of) {
            Arm arm = arms.get(index);
            int rank = arm.factors().rows();
            for (int unit = 0; unit < units; unit++) {
                for (int k = 0; k < rank; k++) {
                    loadings.set(unit, at + k, sign * arm.loadings().get(unit, k));
                }
                loadings.set(unit, at + rank, sign * arm.unitMeans()[unit]);
                loadings.set(unit, at + rank + 1, sign * arm.unitScale(unit));
            }
            for (int period = 0; period < periods; period++) {
                for (int k = 0; k < rank; k++) {
                    factors.set(at + k, period, arm.factors().get(k, period));
                }
                factors.set(at + rank, period, 1);
                factors.set(at + rank + 1, period, arm.periodMeans()[period]);
            }
            at += rank + 2;
            sign = -sign;
        }
        return new LowRankMatrix(loadings, factors, rows);
    }

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
    record Arm(
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

        Arm(double[] unitMeans, double[] periodMeans, DenseMatrix loadings, DenseMatrix factors) {
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

        static Arm of(Completion completion) {
            return new Arm(
                    completion.matrix().unitMeans(),
                    completion.matrix().periodMeans(),
                    completion.loadings(),
                    completion.factors());
        }

        /** All arms of a factor model, which share factors and period effects. */
        static List<Arm> of(FactorModelFit result) {
            int columns = result.rank() + result.trends();
            DenseMatrix factors = result.factors().rowRange(1, columns);
            double[] periodMeans =
                    result.factors().rowRange(columns + 1, 1).copy().values();
            OnsetTimes times = result.effects().onsets();
            List<Arm> arms = new ArrayList<>();
            for (int arm = 0; arm < result.loadings().size(); arm++) {
                arms.add(new Arm(
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
}
