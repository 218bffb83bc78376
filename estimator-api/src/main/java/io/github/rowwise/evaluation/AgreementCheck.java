package io.github.rowwise.evaluation;

import java.util.List;

/**
 * Whether methods that assume different things find the same effects, unit by unit.
 *
 * <pre class="example">{@code
 * System.out.println(PanelCheck.withDefaults().run(panel).agreement().conclusion());
 * }</pre>
 *
 * @param verdict what the check says: {@link Verdict#SMALL} if a method disagrees in at most one unit in twenty, or on average by less
 *     than the bound
 * @param conclusion the same in a sentence, without a full stop
 * @param methods one entry per other method
 */
public record AgreementCheck(Verdict verdict, String conclusion, List<MethodAgreement> methods) {

    /**
     * Keeps a copy of the list.
     *
     * @param verdict what the check says
     * @param conclusion the same in a sentence
     * @param methods one entry per other method
     */
    public AgreementCheck {
        methods = List.copyOf(methods);
    }
}
