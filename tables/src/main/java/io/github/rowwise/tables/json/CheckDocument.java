package io.github.rowwise.tables.json;

import io.github.rowwise.evaluation.CoverageCheck;
import io.github.rowwise.evaluation.Disagreement;
import io.github.rowwise.evaluation.GapCheck;
import io.github.rowwise.evaluation.HorizonGap;
import io.github.rowwise.evaluation.MethodAgreement;
import io.github.rowwise.evaluation.PanelChecks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The checks of a panel as a document. */
public final class CheckDocument {

    private CheckDocument() {}

    /**
     * Returns the document.
     *
     * @param checks the checks of a panel
     * @return members {@code verdict}, {@code conclusion}, {@code bound}, {@code horizons}, {@code lead}, {@code washout},
     *     {@code widening} and one member per check, which has a verdict and a conclusion of its own
     */
    public static Map<String, @Nullable Object> of(PanelChecks checks) {
        double level = checks.pretendedAdoption().level();
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("verdict", checks.verdict().label());
        document.put("conclusion", checks.conclusion());
        document.put("bound", checks.bound());
        document.put("horizons_asked", checks.horizonsAsked());
        document.put("horizons", checks.horizons());
        document.put("lead", checks.anticipation().periods());
        document.put("washout", checks.carryOver().periods());
        document.put("widening", checks.pretendedAdoption().widening());
        document.put("placebo", gaps(checks.placebo(), level));
        document.put("anticipation", gaps(checks.anticipation(), level));
        document.put("carry_over", gaps(checks.carryOver(), level));
        document.put("pretended_adoption", coverage(checks.pretendedAdoption()));
        document.put("agreement", agreement(checks, level));
        return document;
    }

    private static Map<String, @Nullable Object> gaps(GapCheck check, double level) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("verdict", check.verdict().label());
        members.put("conclusion", check.conclusion());
        members.put("average", JsonValues.estimate(check.average(), level));
        members.put("p_value", JsonValues.known(check.pValue()));
        members.put("equivalence_p_value", JsonValues.known(check.equivalencePValue()));
        members.put("periods", check.periods());
        List<Object> horizons = new ArrayList<>();
        for (HorizonGap gap : check.horizons()) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("horizon", gap.horizon());
            one.put("cells", gap.cells());
            one.put("units", gap.units());
            one.put("gap", JsonValues.estimate(gap.gap(), level));
            one.put("p_value", gap.gap().hasStandardError() ? (Double) gap.gap().pValue() : null);
            one.put("equivalence_p_value", JsonValues.known(gap.equivalencePValue()));
            horizons.add(one);
        }
        members.put("horizons", horizons);
        return members;
    }

    private static Map<String, @Nullable Object> coverage(CoverageCheck check) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("verdict", check.verdict().label());
        members.put("conclusion", check.conclusion());
        members.put("draws", check.draws());
        members.put("intervals", check.intervals());
        members.put("units", check.units());
        members.put("confidence_level", check.level());
        members.put("coverage", JsonValues.known(check.coverage()));
        members.put("widening", check.widening());
        return members;
    }

    private static Map<String, @Nullable Object> agreement(PanelChecks checks, double level) {
        List<String> arms = checks.effects().panel().armNames();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("verdict", checks.agreement().verdict().label());
        members.put("conclusion", checks.agreement().conclusion());
        List<Object> methods = new ArrayList<>();
        for (MethodAgreement method : checks.agreement().methods()) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("method", method.method());
            one.put("compared", method.compared());
            one.put("mean_difference", JsonValues.estimate(method.meanDifference(), level));
            one.put("correlation", JsonValues.known(method.correlation()));
            List<Object> units = new ArrayList<>();
            for (Disagreement unit : method.disagreements()) {
                Map<String, @Nullable Object> two = new LinkedHashMap<>();
                two.put("unit", unit.unit());
                two.put("arm", arms.get(unit.arm()));
                two.put("own", JsonValues.estimate(unit.own(), level));
                two.put("other", JsonValues.estimate(unit.other(), level));
                two.put("q_value", unit.qValue());
                units.add(two);
            }
            one.put("disagreements", units);
            methods.add(one);
        }
        members.put("methods", methods);
        return members;
    }
}
