package io.github.rowwise.cli.output.json;

import io.github.rowwise.cli.output.Diagnosis;
import io.github.rowwise.diagnostics.Incoherence;
import io.github.rowwise.diagnostics.RowHomogeneity;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelDiagnostics;
import tools.jackson.core.JsonGenerator;

/** A diagnosis as members of the JSON document. */
final class DiagnosisJson {

    private DiagnosisJson() {}

    static void write(JsonGenerator json, Panel panel, PanelDiagnostics diagnostics, Diagnosis diagnosis) {
        json.writeObjectPropertyStart("diagnostics");
        json.writeNumberProperty("effective_treatment_paths", diagnostics.effectiveTreatmentPaths());
        json.writeBooleanProperty("treated_in_groups", diagnostics.isClusteredTreatment());
        json.writeArrayPropertyStart("homogeneity");
        for (RowHomogeneity test : diagnosis.homogeneity()) {
            json.writeStartObject();
            json.writeStringProperty("arm", panel.armNames().get(test.arm()));
            if (test.pValue().isPresent()) {
                json.writeNumberProperty("p_value", test.pValue().getAsDouble());
            } else {
                json.writeNullProperty("p_value");
            }
            json.writeNumberProperty("rotations", RowHomogeneity.ROTATIONS);
            json.writeNumberProperty("varying_units", test.varyingUnits());
            json.writeNumberProperty("tested_units", test.testedUnits());
            json.writeNumberProperty("drift", test.drift());
            json.writeNumberProperty("operator_norm", test.operatorNorm());
            json.writeStringProperty("shifted_period", panel.periodNames().get(test.shiftedPeriod()));
            json.writeNumberProperty("largest_shift", test.largestShift());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("incoherence");
        for (int arm = 0; arm < panel.arms(); arm++) {
            Incoherence incoherence = diagnosis.incoherence().get(arm).orElse(null);
            if (incoherence != null) {
                json.writeStartObject();
                json.writeStringProperty("arm", panel.armNames().get(arm));
                json.writeNumberProperty("rank", incoherence.rank());
                json.writeNumberProperty("units", incoherence.units());
                json.writeStringProperty("unit", panel.unitNames().get(incoherence.unit()));
                json.writeNumberProperty("unit_leverage", incoherence.unitLeverage());
                json.writeNumberProperty("periods", incoherence.periods());
                json.writeStringProperty("period", panel.periodNames().get(incoherence.period()));
                json.writeNumberProperty("period_leverage", incoherence.periodLeverage());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        json.writeObjectPropertyStart("residual_correlation");
        json.writeNumberProperty("pairs", diagnosis.residuals().pairs());
        if (diagnosis.residuals().value().isPresent()) {
            json.writeNumberProperty("value", diagnosis.residuals().value().getAsDouble());
        } else {
            json.writeNullProperty("value");
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
