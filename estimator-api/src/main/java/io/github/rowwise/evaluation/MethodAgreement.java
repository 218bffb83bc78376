package io.github.rowwise.evaluation;

import io.github.rowwise.effects.Estimate;
import java.util.List;

/**
 * How the effects of the checked method agree with those of another one.
 *
 * <pre class="example">{@code
 * for (MethodAgreement rival : PanelCheck.withDefaults().run(panel).agreement().methods()) {
 *     System.out.println(rival.method() + " " + rival.disagreements().size() + " of " + rival.compared());
 * }
 * }</pre>
 *
 * @param method the other method in words
 * @param compared units and arms that both methods estimate with a standard error
 * @param meanDifference average over them of the checked method's estimate less the other's, in units of the outcome; its standard
 *     error goes by how much the differences vary between units, or by the errors of the estimates if that is more
 * @param correlation of the two methods' estimates over them; NaN if there are fewer than three or one method does not vary
 * @param disagreements those whose difference has a q-value of at most 0.05, the least first
 */
public record MethodAgreement(
        String method, int compared, Estimate meanDifference, double correlation, List<Disagreement> disagreements) {

    /**
     * Keeps a copy of the list.
     *
     * @param method the other method in words
     * @param compared units and arms
     * @param meanDifference average difference
     * @param correlation of the estimates
     * @param disagreements the least q-value first
     */
    public MethodAgreement {
        disagreements = List.copyOf(disagreements);
    }
}
