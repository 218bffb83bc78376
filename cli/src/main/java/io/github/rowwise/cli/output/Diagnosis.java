package io.github.rowwise.cli.output;

import io.github.rowwise.diagnostics.FitDiagnostics;
import io.github.rowwise.diagnostics.Incoherence;
import io.github.rowwise.diagnostics.ResidualCorrelation;
import io.github.rowwise.diagnostics.RowHomogeneity;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.evaluation.Evaluation;
import io.github.rowwise.evaluation.PanelChecks;
import io.github.rowwise.linalg.LinearAlgebra;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the program shows besides a result, so that a reader can judge it.
 *
 * @param fit the diagnostics of the result
 * @param algorithm1 the same panel by the spectral method, {@code null} if the result itself is by that method
 * @param selfTest the method on panels like this one whose effects are known, {@code null} unless asked for
 * @param averages the averages over units
 * @param checks whether the effects can be believed, {@code null} unless asked for
 * @param totals percentages, totals and worth, {@code null} unless asked for
 */
public record Diagnosis(
        FitDiagnostics fit,
        @Nullable UnitEffects algorithm1,
        @Nullable Evaluation selfTest,
        ShownAverages averages,
        @Nullable PanelChecks checks,
        @Nullable ShownTotals totals) {

    /**
     * Computes the diagnostics of a result, all of which the program shows.
     *
     * @param effects the result
     * @param algorithm1 the same panel by the spectral method, {@code null} if the result itself is by that method
     * @param algebra the backend
     * @param seed seed of the rotations
     * @return the diagnosis
     */
    public static Diagnosis of(
            UnitEffects effects, @Nullable UnitEffects algorithm1, LinearAlgebra algebra, long seed) {
        FitDiagnostics fit = FitDiagnostics.of(effects).withBackend(algebra).withSeed(seed);
        Diagnosis diagnosis = new Diagnosis(fit, algorithm1, null, ShownAverages.of(effects, algorithm1), null, null);
        diagnosis.homogeneity();
        diagnosis.incoherence();
        diagnosis.residuals();
        return diagnosis;
    }

    /**
     * Adds a self-test.
     *
     * @param evaluation the self-test on this panel
     * @return a changed copy
     */
    public Diagnosis withSelfTest(Evaluation evaluation) {
        return new Diagnosis(fit, algorithm1, evaluation, averages, checks, totals);
    }

    /**
     * Sets averages that were asked for.
     *
     * @param shown the averages
     * @return a changed copy
     */
    public Diagnosis withAverages(ShownAverages shown) {
        return new Diagnosis(fit, algorithm1, selfTest, shown, checks, totals);
    }

    /**
     * Adds checks.
     *
     * @param made the checks of this panel, {@code null} for none
     * @return a changed copy
     */
    public Diagnosis withChecks(@Nullable PanelChecks made) {
        return new Diagnosis(fit, algorithm1, selfTest, averages, made, totals);
    }

    /**
     * Adds percentages, totals and worth.
     *
     * @param shown what was asked for, {@code null} for nothing
     * @return a changed copy
     */
    public Diagnosis withTotals(@Nullable ShownTotals shown) {
        return new Diagnosis(fit, algorithm1, selfTest, averages, checks, shown);
    }

    /** Whether propensities move over time, for each arm but control. */
    public List<RowHomogeneity> homogeneity() {
        return fit.homogeneity();
    }

    /** How much of each arm's completed outcomes rests on single units and periods. */
    public List<Optional<Incoherence>> incoherence() {
        return fit.incoherence();
    }

    /** The correlation of residuals from one period to the next. */
    public ResidualCorrelation residuals() {
        return fit.residualCorrelation();
    }

    /** The correlation of two results' ATEs of the same units; NaN where it is not defined. */
    public static double correlation(UnitEffects first, UnitEffects second, int arm) {
        int n = first.panel().units();
        double[] x = new double[n];
        double[] y = new double[n];
        int count = 0;
        for (int unit = 0; unit < n; unit++) {
            UnitEffect one = first.effect(unit, arm);
            UnitEffect other = second.effect(unit, arm);
            if (one.ate().isAvailable() && other.ate().isAvailable()) {
                x[count] = one.ate().value();
                y[count] = other.ate().value();
                count++;
            }
        }
        double[] a = unitDeviations(Arrays.copyOf(x, count));
        double[] b = unitDeviations(Arrays.copyOf(y, count));
        return count < 2
                ? Double.NaN
                : IntStream.range(0, count).mapToDouble(i -> a[i] * b[i]).sum();
    }

    /** Deviations from the mean as a vector of length 1; the largest first becomes 1, so that squares stay in range. */
    private static double[] unitDeviations(double[] values) {
        double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
        double mean = Arrays.stream(values).map(v -> v / largest).average().orElse(0);
        double[] deviations = Arrays.stream(values).map(v -> v / largest - mean).toArray();
        double length = Math.sqrt(Arrays.stream(deviations).map(d -> d * d).sum());
        return Arrays.stream(deviations).map(d -> d / length).toArray();
    }
}
