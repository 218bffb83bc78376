package io.github.rowwise.evaluation;

/**
 * Whether intervals of units hold what they promise where treatments are pretended and effects are planted.
 *
 * <pre class="example">{@code
 * CoverageCheck coverage = PanelCheck.withDefaults().run(panel).pretendedAdoption();
 * UnitEffects honest = effects.widened(coverage.widening());
 * }</pre>
 *
 * @param verdict what the check says
 * @param conclusion the same in a sentence, without a full stop
 * @param draws pretended panels that were fitted
 * @param intervals intervals that were judged, over all units and draws
 * @param units different units that they belong to
 * @param level confidence level of the intervals
 * @param coverage share of the intervals that hold the planted effect; NaN where the check was not made
 * @param widening factor, 1 or more, by which standard errors have to be multiplied so that intervals of the level hold that share
 *     of the planted effects; 1 where the check was not made
 */
public record CoverageCheck(
        Verdict verdict,
        String conclusion,
        int draws,
        int intervals,
        int units,
        double level,
        double coverage,
        double widening) {}
