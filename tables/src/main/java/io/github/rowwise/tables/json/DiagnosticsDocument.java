package io.github.rowwise.tables.json;

import io.github.rowwise.diagnostics.Incoherence;
import io.github.rowwise.diagnostics.ResidualCorrelation;
import io.github.rowwise.diagnostics.RowHomogeneity;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The members of a document that a reader judges a result by. */
public final class DiagnosticsDocument {

    private DiagnosticsDocument() {}

    /**
     * Returns the diagnostics of a result.
     *
     * @param effects the result
     * @param homogeneity the tests of the propensities, one per treatment
     * @param incoherence the coherence of each arm's completed outcomes
     * @param residuals the correlation of residuals from one period to the next
     * @return members {@code effective_treatment_paths}, {@code clustered_treatment}, {@code homogeneity},
     *     {@code incoherence} and {@code residual_correlation}
     */
    public static Map<String, @Nullable Object> of(
            UnitEffects effects,
            List<RowHomogeneity> homogeneity,
            List<Optional<Incoherence>> incoherence,
            ResidualCorrelation residuals) {
        Panel panel = effects.panel();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("effective_treatment_paths", effects.diagnostics().effectiveTreatmentPaths());
        members.put("clustered_treatment", effects.diagnostics().isClusteredTreatment());
        members.put(
                "homogeneity",
                homogeneity.stream().map(test -> homogeneity(panel, test)).toList());
        List<Object> coherence = new ArrayList<>();
        for (int arm = 0; arm < panel.arms(); arm++) {
            String name = panel.armNames().get(arm);
            incoherence.get(arm).ifPresent(one -> coherence.add(incoherence(panel, name, one)));
        }
        members.put("incoherence", coherence);
        Map<String, @Nullable Object> correlation = new LinkedHashMap<>();
        correlation.put("pairs", residuals.pairs());
        correlation.put("value", JsonValues.finite(residuals.value()));
        members.put("residual_correlation", correlation);
        return members;
    }

    /**
     * Returns the result of the spectral method that accompanies a result of the factor model.
     *
     * @param result the result of the spectral method, on the same panel
     * @param correlations for each treatment, the correlation of both methods' ATEs of the same units; NaN if it is not
     *     defined
     * @return members {@code rank}, {@code centring}, {@code averages}, {@code spectra} and
     *     {@code correlation_of_unit_ates}
     */
    public static Map<String, @Nullable Object> spectral(UnitEffects result, List<Double> correlations) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("rank", result.provenance().options().get("rank"));
        members.put("centring", result.provenance().options().get("centring"));
        members.put("averages", ResultDocument.averages(result));
        members.put("spectra", ResultDocument.spectra(result));
        List<@Nullable Double> known = new ArrayList<>();
        correlations.forEach(correlation -> known.add(JsonValues.known(correlation)));
        members.put("correlation_of_unit_ates", known);
        return members;
    }

    private static Map<String, @Nullable Object> homogeneity(Panel panel, RowHomogeneity test) {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("arm", panel.armNames().get(test.arm()));
        one.put("p_value", JsonValues.finite(test.pValue()));
        one.put("rotations", RowHomogeneity.ROTATIONS);
        one.put("varying_units", test.varyingUnits());
        one.put("tested_units", test.testedUnits());
        one.put("drift", test.drift());
        one.put("operator_norm", test.operatorNorm());
        one.put("shifted_period", panel.periodNames().get(test.shiftedPeriod()));
        one.put("largest_shift", test.largestShift());
        return one;
    }

    private static Map<String, @Nullable Object> incoherence(Panel panel, String arm, Incoherence incoherence) {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("arm", arm);
        one.put("rank", incoherence.rank());
        one.put("units", incoherence.units());
        one.put("unit", panel.unitNames().get(incoherence.unit()));
        one.put("unit_leverage", incoherence.unitLeverage());
        one.put("periods", incoherence.periods());
        one.put("period", panel.periodNames().get(incoherence.period()));
        one.put("period_leverage", incoherence.periodLeverage());
        return one;
    }
}
