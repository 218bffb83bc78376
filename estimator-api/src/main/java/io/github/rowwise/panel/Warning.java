package io.github.rowwise.panel;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.SpectralEstimator;
import java.util.Objects;

/**
 * What a reader of a result must know before using it, in a sentence that names no program's option.
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
        /** {@link SpectralEstimator} kept no factor of an arm and took no means away: nothing was estimated. */
        EMPTY_ARM,
        /** The fit ended before it had settled. */
        NOT_CONVERGED,
        /** {@link FactorModelEstimator} kept all factors that it started from, and may need more. */
        ALL_FACTORS_KEPT
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
