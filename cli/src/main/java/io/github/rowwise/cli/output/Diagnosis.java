package io.github.rowwise.cli.output;

import io.github.rowwise.diagnostics.Incoherence;
import io.github.rowwise.diagnostics.ResidualCorrelation;
import io.github.rowwise.diagnostics.RowHomogeneity;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.evaluation.Evaluation;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.panel.Panel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a reader needs to judge a result by, besides the result.
 *
 * @param homogeneity for each arm but control, whether propensities move with the period
 * @param incoherence for each arm, how much of its completed outcomes rests on single units and periods
 * @param residuals how residuals go from one period to the next
 * @param algorithm1 the same panel by Algorithm 1, {@code null} where the result itself is that
 * @param selfTest the method on panels like this one whose effects are known, {@code null} where nobody asked for it
 */
public record Diagnosis(
        List<RowHomogeneity> homogeneity,
        List<Optional<Incoherence>> incoherence,
        ResidualCorrelation residuals,
        @Nullable UnitEffects algorithm1,
        @Nullable Evaluation selfTest) {

    /**
     * Judges a result.
     *
     * @param effects the result
     * @param algorithm1 the same panel by Algorithm 1, {@code null} where the result itself is that
     * @param algebra the backend
     * @param seed seed of the rotations
     * @return the diagnosis
     */
    public static Diagnosis of(
            UnitEffects effects, @Nullable UnitEffects algorithm1, LinearAlgebra algebra, long seed) {
        return new Diagnosis(
                homogeneity(effects.panel(), seed),
                IntStream.range(0, effects.panel().arms())
                        .mapToObj(arm -> Incoherence.of(effects.outcomeMatrix(arm), algebra))
                        .toList(),
                ResidualCorrelation.of(effects),
                algorithm1,
                null);
    }

    /**
     * Adds a self-test.
     *
     * @param evaluation the self-test on this panel
     * @return a changed copy
     */
    public Diagnosis withSelfTest(Evaluation evaluation) {
        return new Diagnosis(homogeneity, incoherence, residuals, algorithm1, evaluation);
    }

    /**
     * Tests each arm but control.
     *
     * @param panel any panel
     * @param seed seed of the rotations
     * @return one test an arm, from arm 1 on
     */
    public static List<RowHomogeneity> homogeneity(Panel panel, long seed) {
        return IntStream.range(1, panel.arms())
                .mapToObj(arm -> RowHomogeneity.of(panel, arm, seed))
                .toList();
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
