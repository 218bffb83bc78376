package io.github.rowwise.evaluation;

import io.github.rowwise.effects.UnitEffects;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** One verdict from all checks. */
final class Conclusion {

    private Conclusion() {}

    static PanelChecks of(
            UnitEffects effects,
            double bound,
            int asked,
            int horizons,
            GapCheck placebo,
            GapCheck anticipation,
            GapCheck carryOver,
            CoverageCheck pretended,
            AgreementCheck agreement) {
        Verdict own = worst(placebo.verdict(), anticipation.verdict(), carryOver.verdict(), pretended.verdict());
        boolean isDisagreement = own != Verdict.FAILED && agreement.verdict() == Verdict.FAILED;
        Verdict worst = isDisagreement || (own == Verdict.NOT_MADE && agreement.verdict() != Verdict.NOT_MADE)
                ? Verdict.INCONCLUSIVE
                : worst(own, agreement.verdict());
        List<String> remedies = remedies(placebo, anticipation, carryOver, pretended, agreement);
        String opening = isDisagreement
                ? "other methods, which assume other things, find other effects"
                : switch (worst) {
                    case NOT_MADE -> "no check could be made on this panel";
                    case PASSED -> "no check speaks against the effects";
                    case SMALL -> "the checks find small deviations, which are unlikely to matter";
                    case INCONCLUSIVE ->
                        "nothing speaks against the effects, but the panel is too small or too noisy for all checks";
                    case FAILED -> "do not use the effects as they are";
                };
        String conclusion = remedies.isEmpty() ? opening : opening + ": " + String.join("; ", remedies);
        return new PanelChecks(
                effects,
                worst,
                conclusion,
                bound,
                asked,
                horizons,
                placebo,
                anticipation,
                carryOver,
                pretended,
                agreement);
    }

    private static Verdict worst(Verdict... verdicts) {
        return Collections.max(Arrays.asList(verdicts));
    }

    private static List<String> remedies(
            GapCheck placebo,
            GapCheck anticipation,
            GapCheck carryOver,
            CoverageCheck pretended,
            AgreementCheck agreement) {
        List<String> remedies = new ArrayList<>();
        if (anticipation.periods() > 0) {
            remedies.add("leave out the " + periods(anticipation.periods()) + " before treatment starts");
        } else if (placebo.verdict() == Verdict.FAILED) {
            remedies.add(
                    "outcomes move before treatment starts, so treatment may follow something that the model does not"
                            + " see, and the effects may be biased");
        }
        if (carryOver.periods() > 0) {
            remedies.add("leave out the " + periods(carryOver.periods()) + " after treatment ends");
        }
        if (!remedies.isEmpty() && anticipation.periods() + carryOver.periods() > 0) {
            // What leaks is in the pretended panels and in the other methods too.
            remedies.add("then check again");
            return remedies;
        }
        if (pretended.verdict() == Verdict.FAILED) {
            remedies.add("widen intervals by the factor " + GapVerdicts.number(pretended.widening()));
        }
        if (agreement.verdict() == Verdict.FAILED) {
            remedies.add("find out which method's assumptions fit, or report both");
        }
        return remedies;
    }

    private static String periods(int number) {
        return number == 1 ? "period" : number + " periods";
    }
}
