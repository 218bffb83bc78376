package io.github.rowwise.evaluation;

import io.github.rowwise.effects.UnitEffects;

/**
 * The result of a {@link PanelCheck}. Immutable.
 *
 * <pre class="example">{@code
 * PanelChecks checks = PanelCheck.withDefaults().run(panel);
 * System.out.println(checks.verdict().label() + ": " + checks.conclusion());
 * }</pre>
 *
 * @param effects the fit of the whole panel, which the checks are about
 * @param verdict the worst of the checks' verdicts. A disagreement of methods alone counts as {@link Verdict#INCONCLUSIVE}, and so does
 *     a panel on which methods can be compared but nothing else can be checked
 * @param conclusion all checks in a sentence or two, without a full stop; it says what to leave out or to widen
 * @param bound gaps that are smaller than this do not matter, in units of the outcome
 * @param horizonsAsked number of periods around treatments that were to be hidden
 * @param horizons number that were: fewer where treatments follow each other closely
 * @param placebo average gap before treatment
 * @param anticipation gaps before treatment by period
 * @param carryOver gaps after treatment by period
 * @param pretendedAdoption coverage of intervals for planted effects
 * @param agreement agreement with other methods
 */
public record PanelChecks(
        UnitEffects effects,
        Verdict verdict,
        String conclusion,
        double bound,
        int horizonsAsked,
        int horizons,
        GapCheck placebo,
        GapCheck anticipation,
        GapCheck carryOver,
        CoverageCheck pretendedAdoption,
        AgreementCheck agreement) {}
