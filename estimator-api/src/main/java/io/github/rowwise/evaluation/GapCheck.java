package io.github.rowwise.evaluation;

import io.github.rowwise.effects.Estimate;
import java.util.List;

/**
 * A check of hidden control cells around treatments against their prediction.
 *
 * <pre class="example">{@code
 * GapCheck carryOver = PanelCheck.withDefaults().run(panel).carryOver();
 * if (carryOver.periods() > 0) {
 *     Panel rest = panel.withoutTransitions(0, carryOver.periods());
 * }
 * }</pre>
 *
 * @param verdict what the check says
 * @param conclusion the same in a sentence, without a full stop
 * @param average average gap over all hidden cells of the check, in units of the outcome
 * @param pValue p-value of the hypothesis that there is no gap: of the average gap for the placebo check, of the gap next to the
 *     treatment for the others; NaN where there is none
 * @param equivalencePValue p-value of the hypothesis that this gap is at least as large as the bound; NaN where there is none
 * @param horizons gaps by distance from the treatment, the nearest first
 * @param periods number of periods that should be left out, from the nearest on; 0 for none, and for the placebo check
 */
public record GapCheck(
        Verdict verdict,
        String conclusion,
        Estimate average,
        double pValue,
        double equivalencePValue,
        List<HorizonGap> horizons,
        int periods) {

    /**
     * Keeps a copy of the list.
     *
     * @param verdict what the check says
     * @param conclusion the same in a sentence
     * @param average average gap
     * @param pValue of no gap
     * @param equivalencePValue of a gap of the bound
     * @param horizons gaps by distance
     * @param periods to leave out
     */
    public GapCheck {
        horizons = List.copyOf(horizons);
    }
}
