package io.github.rowwise.panel;

import java.util.Objects;

/**
 * What a reader of a result should know before using it, in a sentence that names no option of a program.
 * {@link io.github.rowwise.diagnostics.FitDiagnostics#warnings()} returns all warnings of a result.
 *
 * <pre class="example">{@code
 * for (Warning warning : effects.warnings()) {
 *     if (warning.kind() == Warning.Kind.CLUSTERED_TREATMENT) {
 *         System.err.println("no interval of an average: " + warning.message());
 *     }
 * }
 * }</pre>
 *
 * @param kind what it is about
 * @param message the sentence, without a full stop
 */
public record Warning(Kind kind, String message) {

    /** What a warning is about. */
    public enum Kind {
        /** {@link PanelDiagnostics#isClusteredTreatment()}: intervals of averages are too short. */
        CLUSTERED_TREATMENT,
        /** Units of {@link Grade#EXTRAPOLATED}: their ATE rests on periods without a comparison. */
        EXTRAPOLATED_UNITS,
        /** No unit was seen in an arm in some periods. */
        UNSEEN_PERIODS,
        /** Units have exactly the same outcomes: they may be one unit under two names. */
        IDENTICAL_UNITS,
        /** A value far from all others stands in several cells: it may be a code for a missing outcome. */
        REPEATED_EXTREME,
        /** Cells are missing, all outcomes are above 0 and many are close to 0: cells may be missing because they are 0. */
        MISSING_NEAR_ZERO,
        /** Outcomes differ from the model right after treatment ends: the effect may last longer than the treatment. */
        CARRY_OVER,
        /** {@link io.github.rowwise.SpectralEstimator} kept no factor of an arm and took no means away: nothing was estimated. */
        EMPTY_ARM,
        /** The fit ended before it had settled. */
        NOT_CONVERGED,
        /** {@link io.github.rowwise.FactorModelEstimator} kept all factors that it started from, and may need more. */
        ALL_FACTORS_KEPT,
        /** The panel has so few units or periods that a factor model leaves no noise: there are no standard errors. */
        NO_STANDARD_ERRORS,
        /** The assignment identifies no effect, and estimators reject the panel. */
        NOT_IDENTIFIED,
        /** Propensities move over time, which {@link io.github.rowwise.SpectralEstimator} does not allow for. */
        MOVING_PROPENSITIES,
        /** Residuals are correlated over time, but the intervals assume that they are independent. */
        CORRELATED_RESIDUALS,
        /** The noise of a factor model is nearly a random walk: effects that build up slowly may be underestimated. */
        NEAR_RANDOM_WALK,
        /** A single unit carries a factor by itself. */
        FACTOR_OF_ONE_UNIT,
        /** A single period carries a factor by itself. */
        FACTOR_OF_ONE_PERIOD,
        /** Attributes of units were left out, merged or filled in. */
        ATTRIBUTES,
        /** The input was read in a way that a reader should check. Estimators give no such warning; {@link PanelBuilder#warnings()} does. */
        INPUT
    }

    /**
     * Rejects nulls.
     *
     * @param kind what it is about
     * @param message the sentence, without a full stop
     */
    public Warning {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(message);
    }

    /**
     * Returns the sentence.
     *
     * @return {@link #message()}
     */
    @Override
    public String toString() {
        return message;
    }
}
