package io.github.rowwise.effects;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * The leading singular values of one arm's row-scaled, zero-filled matrix, and the rank taken from them.
 *
 * <p>The kept values are exact to rounding. Those after them are exact for a small panel; for a large one they come
 * from a Krylov space and may be a few per cent low, which a scree plot does not show. Immutable.
 *
 * <pre class="example">{@code
 * UnitEffects spectral = SpectralEstimator.withDefaults().fit(panel);
 * Spectrum control = spectral.spectrum(0);
 * System.out.println(control.rank() + " kept, threshold " + control.threshold());
 * }</pre>
 */
public final class Spectrum {

    private final int arm;
    private final double[] singularValues;
    private final int rank;
    private final double threshold;
    private final String rule;
    private final boolean isNoiseEdge;
    private final double noiseScale;
    private final double largestOutcome;

    /** {@code isNoiseEdge} says whether the threshold is the largest singular value that noise alone gives. */
    Spectrum(
            int arm,
            double[] singularValues,
            int rank,
            double threshold,
            String rule,
            boolean isNoiseEdge,
            double noiseScale,
            double largestOutcome) {
        this.arm = arm;
        this.singularValues = singularValues;
        this.rank = rank;
        this.threshold = threshold;
        this.rule = rule;
        this.isNoiseEdge = isNoiseEdge;
        this.noiseScale = noiseScale;
        this.largestOutcome = largestOutcome;
    }

    /** Whether the threshold is the largest singular value that noise alone gives. */
    boolean isNoiseEdge() {
        return isNoiseEdge;
    }

    /**
     * Returns the arm.
     *
     * @return 0 for control
     */
    public int arm() {
        return arm;
    }

    /**
     * Returns the leading singular values, descending, in units of the outcome; at least one more than the rank where
     * the matrix has one.
     *
     * @return a copy
     */
    public double[] singularValues() {
        return singularValues.clone();
    }

    /**
     * Returns the number of factors kept.
     *
     * @return 0 or more
     */
    public int rank() {
        return rank;
    }

    /**
     * Returns what the rule compared with: singular values for sign-flip, gaps for the spectral gap.
     *
     * @return empty where the rule has no threshold
     */
    public OptionalDouble threshold() {
        return Double.isNaN(threshold) ? OptionalDouble.empty() : OptionalDouble.of(threshold);
    }

    /**
     * Returns how far the last kept singular value stands above the first that is not.
     *
     * @return the difference; empty when no factor is kept or the matrix has no further singular value
     */
    public OptionalDouble gap() {
        return rank == 0 || rank >= singularValues.length
                ? OptionalDouble.empty()
                : OptionalDouble.of(singularValues[rank - 1] - singularValues[rank]);
    }

    /**
     * Returns the rule that chose the rank.
     *
     * @return such as {@code sign-flip, 9 copies}
     */
    public String rule() {
        return rule;
    }

    /**
     * Returns how far the last kept singular value stands above noise, where the rule says what noise gives: over the
     * threshold of sign-flip parallel analysis.
     *
     * @return above 1; empty with another rule, and when no factor is kept or there is no noise
     */
    public OptionalDouble signalToNoise() {
        boolean isKnown = isNoiseEdge && rank > 0 && threshold > 0;
        return isKnown ? OptionalDouble.of(singularValues[rank - 1] / threshold) : OptionalDouble.empty();
    }

    /**
     * Returns the scale of noise in the paper's condition, T(a) = √((m + r<sub>p</sub> n) log(m + n) / q) + ‖P(a)‖,
     * here with r<sub>p</sub> = 1 and without P(a), which {@link io.github.rowwise.diagnostics.RowHomogeneity#operatorNorm} estimates; q is the least
     * positive row propensity of the arm. The proof asks for a {@link #gap()} of {@code 96 K T(a)}, a sufficient
     * condition far above what it takes in practice. Source: arXiv:2605.30319.
     *
     * @return a number without unit
     */
    public double noiseScale() {
        return noiseScale;
    }

    /**
     * Returns an estimate of K in that condition, the bound on signal and noise.
     *
     * @return the arm's largest absolute centred outcome, in units of the outcome
     */
    public double largestOutcome() {
        return largestOutcome;
    }

    @Override
    public String toString() {
        return "arm " + arm + ": rank " + rank + " by " + rule + " of " + Arrays.toString(singularValues);
    }
}
